// The steps of `npm test`, in the order in which they find out the most in the least time. Each one
// answers how many tests passed, failed and were skipped (with their names).
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parts, root, typeProjects } from './parts.mjs';
import { installRigPackages } from './rig-packages.mjs';
import { runToEnd } from './run-to-end.mjs';

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {{name: string, needsElectron: boolean}[]} skipped
 * @property {{name: string, why: string}[]} [failures] of steps that are many tests
 */

const MINUTE = 60_000;
const inModules = (...steps) => join(root, 'node_modules', ...steps);
const inBuild = (name) => join(root, 'resources', 'build', name);
const TSC = inModules('typescript-native', 'bin', 'tsc');
const LINGUI = inModules('@lingui', 'cli', 'dist', 'lingui.js');

/** A step that is one test: a program that must end with 0. */
const check = (group, title, script, args = []) => ({
  group,
  title,
  run: async () => oneTest(await runToEnd(process.execPath, [script, ...args], 5 * MINUTE)),
});

/** @type {{group: string, title: string, run: () => Promise<Outcome>}[]} */
export const steps = [
  { group: 'system', title: 'system packages of the tests', run: systemPackages },
  ...typeProjects.map((project) => check('types', `types: ${project}`, TSC, ['-p', project])),
  check('lint', 'lint: oxlint', inModules('oxlint', 'bin', 'oxlint'), [
    '--type-aware',
    '--deny-warnings',
  ]),
  check('lint', 'format: biome', inModules('@biomejs', 'biome', 'bin', 'biome'), ['check', '.']),
  check(
    'imports',
    'import rules',
    inModules('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    ['--config', '.dependency-cruiser.cjs', 'main', 'preload', 'renderer', 'tests'],
  ),
  check('unused', 'dead code and unused packages', inModules('knip', 'bin', 'knip.js'), [
    '--no-progress',
  ]),
  check('language', 'every message is translated', LINGUI, ['check', 'missing', '--verbose']),
  check('language', 'the catalogues hold every message', LINGUI, ['check', 'sync', '--verbose']),
  ...parts.map((part) => check('build', `build: ${part.name}`, inBuild('build.mjs'), [part.name])),
  { group: 'unit', title: 'unit and integration tests', run: vitest },
  browserTests('phone-browser'),
  // What listens and measures has the machine to itself; screens are judged two at a time.
  browserTests('journeys', ['--workers=2', '--grep-invert=@alone']),
  browserTests('journeys', ['--grep=@alone'], 'journeys, one at a time'),
  browserTests('rig'),
  browserTests('electron'),
];

function browserTests(project, options = [], title = project) {
  return {
    group: project,
    title: `browser tests: ${title}`,
    run: () => playwright(project, options),
  };
}

function systemPackages() {
  const { installed, missing, why } = installRigPackages();
  if (installed.length > 0) console.log(`installed: ${installed.join(', ')}`);
  if (missing.length > 0) console.log(`missing: ${missing.join(', ')} (${why})`);
  // Missing packages show in the tests that need them.
  return Promise.resolve({ passed: 0, failed: 0, skipped: [] });
}

const oneTest = ({ status }) => ({
  passed: status === 0 ? 1 : 0,
  failed: status === 0 ? 0 : 1,
  skipped: [],
});

async function vitest() {
  const report = join(tmpdir(), `anklang-vitest-${process.pid}.json`);
  const { status } = await runToEnd(
    process.execPath,
    [
      inModules('vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    12 * MINUTE,
  );
  const read = readReport(report);
  if (!read) return { passed: 0, failed: 1, skipped: [] };
  const outcome = { passed: 0, failed: 0, skipped: [], failures: [] };
  for (const file of read.testResults) {
    // A file that cannot be loaded has no tests, and none of its tests passed.
    if (file.status === 'failed' && !file.assertionResults.some(isFailed)) {
      outcome.failed += 1;
      outcome.failures.push({ name: file.name, why: file.message ?? '' });
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') outcome.passed += 1;
      else if (isFailed(test)) {
        outcome.failed += 1;
        outcome.failures.push({ name: test.fullName, why: test.failureMessages?.join('\n') ?? '' });
      } else outcome.skipped.push({ name: test.fullName, needsElectron: false });
    }
  }
  return judged(outcome, status);
}

const isFailed = (test) => test.status === 'failed';

async function playwright(project, options) {
  const report = join(tmpdir(), `anklang-playwright-${project}-${process.pid}.json`);
  const { status } = await runToEnd(
    process.execPath,
    [
      inModules('@playwright', 'test', 'cli.js'),
      'test',
      `--project=${project}`,
      ...options,
      '--reporter=list,json',
      '--pass-with-no-tests',
    ],
    20 * MINUTE,
    { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  const read = readReport(report);
  if (!read) return { passed: 0, failed: 1, skipped: [] };
  const outcome = { passed: 0, failed: 0, skipped: [], failures: [] };
  for (const spec of read.suites.flatMap((suite) => specsIn(suite))) {
    for (const test of spec.tests) {
      if (test.status === 'expected') outcome.passed += 1;
      else if (test.status === 'flaky') {
        outcome.passed += 1;
        process.stdout.write(`passed at another try: ${spec.title}\n`);
      } else if (test.status === 'skipped') {
        outcome.skipped.push({ name: spec.title, needsElectron: spec.tags.includes('electron') });
      } else {
        outcome.failed += 1;
        outcome.failures.push({
          name: `${spec.file}:${spec.line} ${spec.title}`,
          why: test.results
            .map((result) => stripVTControlCharacters(result.error?.message ?? ''))
            .join('\n'),
        });
      }
    }
  }
  outcome.failed += outcome.failed === 0 ? read.errors.length : 0;
  return judged(outcome, status);
}

const specsIn = (suite) => [
  ...suite.specs,
  ...(suite.suites ?? []).flatMap((inner) => specsIn(inner)),
];

/** A run that ended badly although no test failed has failed all the same. */
function judged(outcome, status) {
  return status !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  } finally {
    rmSync(file, { force: true });
  }
}
