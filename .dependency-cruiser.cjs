/** Imports run one way: bytes <- wasm <- coredump <- memory, dwarf <- symbols <- session <- app <- panels; session <- cli; ui knows none of them. */
const layers = ['bytes', 'wasm', 'coredump', '(memory|dwarf)', 'symbols', 'session', 'app', 'panels'];

const upward = layers.slice(0, -1).map((layer, index) => ({
  name: `${layer.replace(/\W+/g, ' ').trim().replace(' ', '-or-')}-imports-upward`,
  severity: 'error',
  comment: `src/${layer} may only import what stands before it in: ${layers.join(', ')}`,
  from: { path: `^src/${layer}/` },
  to: { path: `^src/(${layers.slice(index + 1).join('|')}|cli|main)` },
}));

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'memory-and-dwarf-apart',
      severity: 'error',
      from: { path: '^src/(memory|dwarf)/' },
      to: { path: '^src/(memory|dwarf)/', pathNot: '^src/$1/' },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment:
        'The core knows neither React, nor the worker, nor the DOM, nor Node. Pure packages: pako (zlib), trace-mapping (source maps), gecko-profiler-demangle (WebAssembly without imports).',
      from: { path: '^src/(bytes|wasm|coredump|memory|dwarf|symbols)/' },
      to: {
        path: ['^src/ui/', 'node_modules', '^node:'],
        pathNot: 'node_modules/(pako|@jridgewell/trace-mapping|gecko-profiler-demangle)/',
        dependencyTypesNot: ['local'],
      },
    },
    {
      name: 'ui-knows-no-dumps',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/', pathNot: '^src/ui/' },
    },
    {
      name: 'core-without-ui',
      severity: 'error',
      from: { path: '^src/(bytes|wasm|coredump|memory|dwarf|symbols|session)/' },
      to: { path: '^src/(ui|app|panels)/' },
    },
    {
      name: 'cli-without-page',
      severity: 'error',
      comment: 'The command line says progress in the words of the page; those are pure.',
      from: { path: '^src/cli/' },
      to: { path: '^src/(ui|app|panels)/', pathNot: '^src/app/progress\\.ts$' },
    },
    {
      name: 'cli-stands-alone',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Packages say by `exports` what can be imported of them; the tool looks there only when told.
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
