/*
 * The import table: each room of src/ imports only rooms above it. Types count as well; who names a type knows the room.
 * What a room makes the host load is held apart, by scripts/loaded-code.cjs. `npm run lint` checks both.
 */

/** From the top of the house to the bottom. */
const ROOMS = [
  'base',
  'diagnostics',
  'expressions',
  'document',
  'notes',
  'nodes',
  'palette',
  'builder',
  'editing',
  'validation',
  'drawing',
  'editor',
  'releases',
  'sharing',
  'interchange',
  'interpreter',
  'runtime',
  'testing',
  'adapters',
  'cli',
]

/** Hosts pass a registry of node types; only these may know the built-in one. */
const KNOW_THE_PALETTE = ['palette', 'testing', 'adapters', 'cli']

/** A session receives a program and a release receives diagnostics, so that each can change without the others. */
const STRANGERS = ['editing', 'releases', 'interpreter']

/** Rooms that may use what only Node has. The host is none of them: with the store for browsers it runs in one. */
const ON_NODE = ['adapters/http', 'adapters/quickjs', 'cli']

const inRooms = (rooms) => `^src/(${rooms.join('|')})/`
const others = (known) => ROOMS.filter((room) => !known.includes(room))

const importTable = ROOMS.slice(0, -1).map((room, i) => ({
  name: `${room}-imports-only-rooms-above`,
  comment: `The rooms stand in this order: ${ROOMS.join(', ')}. Move what is shared up, or pass it in.`,
  severity: 'error',
  from: { path: inRooms([room]) },
  to: { path: inRooms(ROOMS.slice(i + 1)) },
}))

const strangers = STRANGERS.map((room) => ({
  name: `${room}-knows-no-stranger`,
  comment: `${STRANGERS.join(', ')} know nothing of each other.`,
  severity: 'error',
  from: { path: inRooms([room]) },
  to: { path: inRooms(STRANGERS.filter((other) => other !== room)) },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...importTable,
    ...strangers,
    {
      name: 'palette-is-passed-in',
      comment: 'Take a registry of node types as an argument instead.',
      severity: 'error',
      from: { path: inRooms(others(KNOW_THE_PALETTE)) },
      to: { path: inRooms(['palette']) },
    },
    {
      name: 'adapters-are-chosen-by-hosts',
      comment:
        'Each adapter brings a third party along, so nothing of ours imports one. The command line is a host.',
      severity: 'error',
      from: { path: '^src/', pathNot: inRooms(['adapters', 'cli']) },
      to: { path: inRooms(['adapters']) },
    },
    {
      name: 'adapters-stand-alone',
      comment:
        'Adapters do not import each other: a host that takes one must not need the third party of another.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/[^/]+/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'rooms-do-not-import-the-root',
      comment: 'The root gathers the rooms. Import from the room itself.',
      severity: 'error',
      from: { path: inRooms(ROOMS) },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'source-stands-alone',
      comment: 'What is published does not import tests, examples, benchmarks or scripts.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|examples|bench|scripts)/' },
    },
    {
      name: 'every-room-has-a-place',
      comment: 'A new folder of src/ needs a place in the table at the head of this file.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: inRooms(ROOMS) },
      to: {},
    },
    {
      name: 'runs-in-browsers',
      comment: `Only ${ON_NODE.join(', ')} may use what Node alone has; everything else runs in browsers too.`,
      severity: 'error',
      from: { path: '^src/', pathNot: inRooms(ON_NODE) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'terminal-packages-in-the-cli',
      comment: 'Nothing but the command line draws prompts or reads arguments.',
      severity: 'error',
      from: { path: '^src/', pathNot: inRooms(['cli']) },
      to: { path: '(^|node_modules/)(commander|@clack/[^/]+)(/|$)' },
    },
    {
      name: 'everything-resolves',
      comment: 'An import leads nowhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages',
      comment: 'Published code imports only what the package depends on.',
      severity: 'error',
      from: { path: '^src/', pathNot: inRooms(['adapters']) },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
