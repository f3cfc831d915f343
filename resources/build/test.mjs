// `npm test`: every check and every test; goes on after a failure; the last line is the count.
// npm test -- --only=types,unit   runs some groups only
import { performance } from 'node:perf_hooks';
import { steps } from './test-steps.mjs';

const groups = [...new Set(steps.map((step) => step.group))];
const wanted = groupsWanted(process.argv.slice(2));
const inContinuousIntegration = /^(1|true)$/i.test(process.env['CI'] ?? '');
const total = { passed: 0, failed: 0, skipped: [] };
const failedSteps = [];
const failedTests = [];

for (const step of steps.filter(({ group }) => wanted.includes(group))) {
  const began = performance.now();
  console.log(`\n── ${step.title}`);
  const { passed, failed, skipped, failures = [] } = await outcomeOf(step);
  total.passed += passed;
  total.failed += failed;
  total.skipped.push(...skipped);
  failedTests.push(...failures);
  if (failed > 0) failedSteps.push(`${step.title} (${failed})`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`── ${step.title}: ${countLine(passed, failed, skipped.length)} in ${seconds} s`);
}

console.log('');
// A skipped test proves nothing. Where everything can be installed, only Electron's binary may lack.
const unexcused = inContinuousIntegration
  ? total.skipped.filter(({ needsElectron }) => !needsElectron)
  : [];
const skipped = total.skipped.filter((test) => !unexcused.includes(test));
for (const { name } of skipped) console.log(`skipped: ${name}`);
for (const { name } of unexcused) console.log(`skipped, which counts as failed here: ${name}`);
for (const step of failedSteps) console.log(`failed: ${step}`);
// Said again here: who reads the end of a long log has to know what failed and how.
for (const { name, why } of failedTests) console.log(`failed: ${name}\n${shortened(why)}`);

const failures = total.failed + unexcused.length;
process.exitCode = failures > 0 || total.passed === 0 ? 1 : 0;
console.log(countLine(total.passed, failures, skipped.length));

async function outcomeOf(step) {
  try {
    return await step.run();
  } catch (error) {
    console.log(error);
    return { passed: 0, failed: 1, skipped: [] };
  }
}

function shortened(why) {
  const lines = why.split('\n').slice(0, 30);
  return lines.map((line) => `    ${line.slice(0, 300)}`).join('\n');
}

function countLine(passed, failed, skippedCount) {
  const line = `${passed} passed, ${failed} failed`;
  return skippedCount > 0 ? `${line}, ${skippedCount} skipped` : line;
}

function groupsWanted(args) {
  let chosen = groups;
  for (const argument of args) {
    const names = /^--only=(.+)$/.exec(argument)?.[1]?.split(',');
    const unknown = names?.find((name) => !groups.includes(name));
    if (!names || unknown !== undefined) {
      console.error(
        `Unknown: ${unknown ?? argument}. Use --only= with some of: ${groups.join(', ')}`,
      );
      console.error(
        `Unbekannt: ${unknown ?? argument}. Möglich ist --only= mit: ${groups.join(', ')}`,
      );
      process.exit(2);
    }
    chosen = names;
  }
  return chosen;
}
