// Which room may import which. ARCHITECTURE.md prints this table; everything it does not allow is an error.
const PURE = [
  'policy',
  'scoring',
  'auction',
  'rounds',
  'negotiation',
  'planning',
  'coalition',
  'surveillance',
  'trail',
];
const ADAPTERS = ['pool', 'memory', 'redis', 'telemetry'];

/** room -> the rooms it may import besides itself */
const MAY_IMPORT = {
  base: [],
  schema: ['base'],
  policy: ['base', 'schema'],
  scoring: ['base', 'schema'],
  auction: ['base', 'schema'],
  surveillance: ['base', 'schema'],
  trail: ['base', 'schema'],
  planning: ['base', 'schema'],
  coalition: ['base', 'schema'],
  rounds: ['base', 'schema', 'policy', 'scoring', 'auction', 'surveillance', 'trail'],
  negotiation: ['base', 'schema', 'scoring', 'policy', 'rounds', 'planning', 'coalition'],
  engine: ['base', 'schema', ...PURE],
  config: ['base'],
  telemetry: ['base', 'schema', 'engine', 'rounds'],
  pool: ['base', 'schema', 'engine', 'rounds'],
  memory: ['base', 'schema', 'engine', 'trail'],
  redis: ['base', 'schema', 'engine', 'trail'],
  sim: ['base', 'schema'],
  http: ['base', 'schema', 'engine', 'telemetry'],
  cli: ['app', 'base', 'schema', 'config', 'engine', 'rounds', 'trail', 'sim'],
};

const roomRules = Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: `src/${room} may import only: ${allowed.join(', ') || 'nothing of src'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})(/|\\.ts$)` },
}));

const purePath = `^src/(base|schema|${PURE.join('|')})/`;

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'pure-rooms-touch-nothing',
      comment:
        'A pure room has no clock, socket, file, thread or environment: only hashing and byte checks of the platform.',
      severity: 'error',
      from: { path: purePath },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer)$' },
    },
    {
      name: 'workers-use-pure-rooms',
      comment: 'A worker is bytes in, bytes out: it may import pure rooms only.',
      severity: 'error',
      from: { path: '^workers/' },
      to: { path: '^src/', pathNot: purePath },
    },
    {
      name: 'only-config-reads-the-environment',
      comment: 'Nothing but the command line may import config: everybody else is given values.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(config|cli)/|^src/app\\.ts$' },
      to: { path: '^src/config/' },
    },
    {
      name: 'nothing-loose',
      comment: 'Only app.ts stands loose in src/.',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$', pathNot: '^src/app\\.ts$' },
      to: {},
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'No file may import itself by a detour.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'sources-never-import-tests-or-benchmarks',
      severity: 'error',
      comment: 'What is served does not depend on what checks it.',
      from: { path: '^(src|workers)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'ports-not-adapters',
      severity: 'error',
      comment: 'Doors and stories know ports; only app.ts knows adapters.',
      from: { path: '^src/(engine|http)/' },
      to: { path: `^src/(${ADAPTERS.filter((room) => room !== 'telemetry').join('|')})/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
