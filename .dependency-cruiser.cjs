// Which room may import which. ARCHITECTURE.md prints this table; everything it does not allow is an error.
const PURE = ['policy', 'scoring', 'auction', 'openrtb', 'trail', 'access', 'rounds', 'verify'];
const ADAPTERS = ['pool', 'memory', 'redis', 'files'];

/** room -> the rooms it may import besides itself */
const MAY_IMPORT = {
  base: [],
  schema: ['base'],
  policy: ['base', 'schema'],
  scoring: ['base', 'schema'],
  auction: ['base', 'schema'],
  openrtb: ['base', 'schema'],
  trail: ['base', 'schema'],
  access: ['base', 'schema'],
  rounds: ['base', 'schema', 'policy', 'scoring', 'auction', 'openrtb', 'trail'],
  engine: ['base', 'schema', 'policy', 'scoring', 'auction', 'trail', 'rounds'],
  config: ['base', 'schema', 'trail'],
  telemetry: ['base', 'schema', 'rounds', 'engine'],
  pool: ['base', 'schema', 'rounds', 'engine'],
  memory: ['base', 'schema', 'trail', 'rounds', 'engine'],
  redis: ['base', 'schema', 'trail', 'engine'],
  files: ['base', 'schema', 'access', 'engine'],
  sim: ['base', 'schema'],
  http: ['base', 'schema', 'access', 'engine'],
  verify: ['trail'],
  cli: ['base', 'schema', 'config', 'trail', 'access', 'rounds', 'engine', 'files', 'sim', 'verify', 'app'],
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
      name: 'verify-shares-only-the-hashes',
      comment:
        'What checks the trail has to stand on its own: it shares the two hash functions with what writes it, and nothing else.',
      severity: 'error',
      from: { path: '^src/verify/' },
      to: { path: '^src/', pathNot: '^src/(verify/|trail/merkle\\.ts$)' },
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
      comment: 'Only the command line and app.ts may import config: everybody else is given values.',
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
      to: { path: `^src/(${ADAPTERS.join('|')})/` },
    },
    {
      name: 'every-room-is-in-the-table',
      severity: 'error',
      comment: 'A new folder of src/ needs a line in MAY_IMPORT and in ARCHITECTURE.md.',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(MAY_IMPORT).join('|')})/` },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
