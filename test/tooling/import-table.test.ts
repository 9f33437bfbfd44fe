import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type IConfiguration } from 'dependency-cruiser'
import { afterEach, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const load = createRequire(import.meta.url)
const IMPORT_TABLE = load('../../.dependency-cruiser.cjs') as IConfiguration
const LOADED_CODE = load('../../scripts/loaded-code.cjs') as IConfiguration

type Tree = Readonly<Record<string, string>>

let house = ''
afterEach(() => rmSync(house, { recursive: true, force: true }))

/** Writes a small source tree; the packages that it may import stand in for the real ones. */
function build(tree: Tree): string {
  house = mkdtempSync(join(tmpdir(), 'rooms-'))
  const files: Tree = {
    'package.json': JSON.stringify({ type: 'module', dependencies: { zod: '4', commander: '14' } }),
    'node_modules/zod/package.json': JSON.stringify({ name: 'zod', type: 'module', exports: './index.js' }),
    'node_modules/zod/index.js': 'export const z = 1',
    'node_modules/commander/package.json': JSON.stringify({
      name: 'commander',
      type: 'module',
      exports: './index.js',
    }),
    'node_modules/commander/index.js': 'export const c = 1',
    ...tree,
  }
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(house, file)), { recursive: true })
    writeFileSync(join(house, file), source)
  }
  return house
}

/** Names of the rules that a small source tree breaks; a package that it imports stands in for the real one. */
async function brokenRules(config: IConfiguration, tree: Tree): Promise<string[]> {
  const { forbidden = [], options = {} } = config
  const { output } = await cruise(['src'], {
    ...options,
    baseDir: build(tree),
    validate: true,
    ruleSet: { forbidden },
  })
  if (typeof output === 'string')
    throw new Error('dependency-cruiser answers with an object unless asked for text')
  return [...new Set(output.summary.violations.map(({ rule }) => rule.name))].sort()
}

const nothing = 'export const x = 1\n'
const imports = (...specifiers: string[]) =>
  specifiers
    .map((specifier, i) => `import * as m${i} from '${specifier}'\nexport const u${i} = m${i}\n`)
    .join('')

describe('the import table', () => {
  it('allows what looks upward, and the root to gather the rooms', async () => {
    expect(
      await brokenRules(IMPORT_TABLE, {
        'src/base/a.ts': nothing,
        'src/palette/a.ts': imports('../base/a.ts'),
        'src/interpreter/a.ts': imports('../base/a.ts'),
        'src/testing/a.ts': imports('../palette/a.ts', '../interpreter/a.ts'),
        'src/cli/a.ts': imports('../testing/a.ts', 'commander', 'node:fs'),
        'src/index.ts': imports('./palette/a.ts', './interpreter/a.ts', 'zod'),
      }),
    ).toEqual([])
  })

  it.each<[string, Tree, string[]]>([
    [
      'a room that imports a lower one',
      { 'src/base/a.ts': imports('../diagnostics/a.ts'), 'src/diagnostics/a.ts': nothing },
      ['base-imports-only-rooms-above'],
    ],
    [
      'a room that names a type of a lower one',
      {
        'src/nodes/a.ts': `import type { X } from '../validation/a.ts'\nexport type Y = X\n`,
        'src/validation/a.ts': 'export type X = string\n',
      },
      ['nodes-imports-only-rooms-above'],
    ],
    [
      'an interpreter that knows the palette',
      { 'src/interpreter/a.ts': imports('../palette/a.ts'), 'src/palette/a.ts': nothing },
      ['palette-is-passed-in'],
    ],
    [
      'an interpreter that knows editing',
      { 'src/interpreter/a.ts': imports('../editing/a.ts'), 'src/editing/a.ts': nothing },
      ['interpreter-knows-no-stranger'],
    ],
    [
      'a root that imports an adapter',
      { 'src/index.ts': imports('./adapters/sqlite/a.ts'), 'src/adapters/sqlite/a.ts': nothing },
      ['adapters-are-chosen-by-hosts'],
    ],
    [
      'an adapter that imports another',
      {
        'src/adapters/xstate/a.ts': imports('../sqlite/a.ts', './b.ts'),
        'src/adapters/xstate/b.ts': nothing,
        'src/adapters/sqlite/a.ts': nothing,
      },
      ['adapters-stand-alone'],
    ],
    [
      'a room that imports the root',
      { 'src/cli/a.ts': imports('../index.ts'), 'src/index.ts': nothing },
      ['rooms-do-not-import-the-root'],
    ],
    ['a builtin of Node in a pure room', { 'src/base/a.ts': imports('node:fs') }, ['runs-in-browsers']],
    ['a builtin of Node in the host', { 'src/runtime/a.ts': imports('node:fs') }, ['runs-in-browsers']],
    [
      'a builtin of Node in an adapter for browsers',
      { 'src/adapters/indexeddb/a.ts': imports('node:fs') },
      ['runs-in-browsers'],
    ],
    [
      'a terminal package in a pure room',
      { 'src/base/a.ts': imports('commander') },
      ['terminal-packages-in-the-cli'],
    ],
    [
      'a folder outside the table',
      { 'src/attic/a.ts': imports('../base/a.ts'), 'src/base/a.ts': nothing },
      ['every-room-has-a-place'],
    ],
    [
      'source that imports a test',
      { 'src/base/a.ts': imports('../../test/a.ts'), 'test/a.ts': nothing },
      ['source-stands-alone'],
    ],
    ['an import that leads nowhere', { 'src/base/a.ts': imports('./gone.ts') }, ['everything-resolves']],
  ])('refuses %s', async (_, tree, rules) => {
    expect(await brokenRules(IMPORT_TABLE, tree)).toEqual(rules)
  })
})

describe('the lint', () => {
  it('fails where a rule is broken', () => {
    const cwd = build({ 'src/base/a.ts': imports('../cli/a.ts'), 'src/cli/a.ts': nothing })
    const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const args = [program, '--config', join(ROOT, '.dependency-cruiser.cjs'), 'src']
    const { status, stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
    expect(stdout).toContain('base-imports-only-rooms-above')
    expect(status).toBe(1)
  })
})

describe('the code that a room loads', () => {
  it('may be a schema library for prepare, and its types for everyone', async () => {
    expect(
      await brokenRules(LOADED_CODE, {
        'src/interpreter/index.ts': `import type * as m from 'zod'\nexport type Z = typeof m\n`,
        'src/interpreter/prepare.ts': imports('./schema.ts'),
        'src/interpreter/schema.ts': imports('zod'),
      }),
    ).toEqual([])
  })

  it.each<[string, Tree, string[]]>([
    [
      'an interpreter that reaches zod through another room',
      {
        'src/interpreter/index.ts': imports('./a.ts'),
        'src/interpreter/a.ts': imports('../document/a.ts'),
        'src/document/a.ts': imports('zod'),
      },
      ['interpreter-loads-light'],
    ],
    [
      'a palette that reaches zod',
      { 'src/palette/a.ts': imports('../nodes/a.ts'), 'src/nodes/a.ts': imports('zod') },
      ['palette-loads-light'],
    ],
    [
      'files in a circle',
      { 'src/base/a.ts': imports('./b.ts'), 'src/base/b.ts': imports('./a.ts') },
      ['no-cycles'],
    ],
  ])('refuses %s', async (_, tree, rules) => {
    expect(await brokenRules(LOADED_CODE, tree)).toEqual(rules)
  })
})
