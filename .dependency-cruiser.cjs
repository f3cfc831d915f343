// Who may know whom. Each rule says why in its comment; all of them are errors.
const CONTRACT = '^preload/contract/';
const CORE = '^main/core/';
const SUBJECTS =
  'calls|recordings|wrap-ups|promises|kpi|agents|settings|account|customers|emotions|cues|contacts|sample|practice|desk|session|exchange|work|rights|data|api|connection|questions';

/** A package by name, wherever npm put it. */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one thing; types may point back.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'What nobody imports is dead.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(main|preload|renderer)/',
        // Declarations and what the page loads by address are nobody's import.
        pathNot: '\\.d\\.ts$|^renderer/public/',
      },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(url|worker|raw)$' },
    },
    {
      name: 'declared-packages',
      comment: 'Only packages that package.json names, and in the product only its dependencies.',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-optional'],
        // Electron brings itself; types are gone after the build.
        pathNot: packages('electron', '@types/[^/]+'),
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      comment: 'Tests know the product, never the other way round.',
      from: { path: '^(main|preload|renderer)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract knows zod and oRPC: no Node, no DOM, nothing of the house.',
      severity: 'error',
      from: { path: CONTRACT },
      to: { pathNot: [CONTRACT, packages('zod', '@orpc/contract')] },
    },
    {
      name: 'core-is-a-plain-node-program',
      comment: 'Core runs without Electron, without a host and without a window.',
      severity: 'error',
      from: { path: CORE },
      to: {
        path: [
          '^main/(start\\.ts|shell/|loopback/|host/)',
          '^preload/bridge',
          '^renderer/',
          packages('electron', 'react', 'react-dom', 'sip\\.js'),
        ],
      },
    },
    {
      name: 'hosts-only-start-core',
      comment: 'Shell, loopback host and bridge know neither the insides of core nor the page.',
      severity: 'error',
      from: { path: '^(main/(start\\.ts|shell/|loopback/|host/)|preload/bridge)' },
      to: { path: ['^main/core/', '^renderer/'] },
    },
    {
      name: 'page-is-a-web-page',
      comment: 'The page knows the contract; nothing of Node, of Electron or of the processes.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^main/', '^preload/bridge', packages('electron', 'ws', 'pino')] },
    },
    {
      name: 'page-has-no-node',
      severity: 'error',
      comment: 'Node modules do not exist in a window.',
      from: { path: '^(renderer|preload/contract)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-door-to-sip',
      comment: 'sip.js is known in one folder and on the practice line.',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/', pathNot: '^renderer/phone/(sip|practice)/' },
      to: { path: packages('sip\\.js') },
    },
    {
      name: 'one-door-to-the-database',
      comment: 'better-sqlite3 is opened in one folder.',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/', pathNot: '^main/core/database/' },
      to: { path: packages('better-sqlite3', 'better-sqlite3-multiple-ciphers') },
    },
    {
      name: 'one-door-to-the-hub',
      comment: 'pg is known to the hub only.',
      severity: 'error',
      from: { pathNot: '^(main/core/hub/|node_modules/|tests/)' },
      to: { path: packages('pg') },
    },
    {
      name: 'one-door-to-electron',
      comment: 'Electron is known to its entry, the shell and the bridge.',
      severity: 'error',
      from: {
        path: '^(main|preload|renderer)/',
        pathNot: '^(main/(start\\.ts|shell/)|preload/bridge\\.ts)',
      },
      to: { path: packages('electron') },
    },
    {
      name: 'migrations-are-frozen',
      comment: 'A migration imports nothing, so that nothing changes it later.',
      severity: 'error',
      from: { path: '^main/core/database/migrations/', pathNot: '/migrations/index\\.ts$' },
      to: {},
    },
    {
      name: 'subjects-meet-in-start',
      comment: "No subject imports another one's store; they are joined where core starts.",
      severity: 'error',
      from: { path: `^main/core/(${SUBJECTS})/` },
      to: { path: `^main/core/(${SUBJECTS})/.*store\\.ts$`, pathNot: '^main/core/$1/' },
    },
    {
      name: 'components-are-dumb',
      comment: 'Components get props and give callbacks; they know no client and no phone.',
      severity: 'error',
      from: { path: '^renderer/components/' },
      to: { path: '^renderer/(core-client|phone|desk-state|screens)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.d.ts', '.json'],
    },
  },
};
