/*
 * What a room makes its host load, through however many files. Imports of types alone are gone by then, so this
 * is a second look at the same source, beside the import table in .dependency-cruiser.cjs.
 */

const table = require('../.dependency-cruiser.cjs')

const packages = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`

/** Schema libraries, reducers, machines, version ranges, parsers: too big for a widget, or not allowed by its CSP. */
const HEAVY = packages('zod', 'immer', 'xstate', 'semver', '@marcbachmann/cel-js', 're2js')

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'interpreter-loads-light',
      comment:
        'A browser widget loads the interpreter to run executables. What needs a schema or a parser belongs into ' +
        'prepare, which the root exports and src/interpreter/index.ts does not.',
      severity: 'error',
      from: { path: '^src/interpreter/index\\.ts$' },
      to: { path: HEAVY, reachable: true },
    },
    {
      name: 'palette-loads-light',
      comment:
        'Node types run in the browser widget: declare config with the kit and import no schema library.',
      severity: 'error',
      from: { path: '^src/palette/' },
      to: { path: HEAVY, reachable: true },
    },
    {
      name: 'no-cycles',
      comment: 'Files that load each other in a circle depend on who is first.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
  ],
  options: { ...table.options, tsPreCompilationDeps: false },
}
