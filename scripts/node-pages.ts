import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Json, JsonObject } from '../src/base/json.ts'
import { isObjectType, typeWord, type ValueType } from '../src/expressions/index.ts'
import {
  type Field,
  type Fields,
  isOptional,
  type NodeType,
  pinOf,
  withDefaults,
} from '../src/nodes/index.ts'
import { palette } from '../src/palette/index.ts'
import {
  type CaseResult,
  compileFixture,
  type NodeFixture,
  nodesOf,
  playCase,
  readFixture,
} from '../test/palette/node-fixtures.ts'

/*
 * `tsx scripts/node-pages.ts`: makes docs/nodes/ from the palette and test/fixtures/nodes/. What a page says happens has
 * been played. test/palette/pages.test.ts fails while a page is not what this script would write.
 */

const NODE_TYPES = palette as readonly unknown[] as readonly NodeType[]

/** Every page, by its name in docs/nodes/. */
export function nodePages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', indexPage()],
    ...NODE_TYPES.map((type) => [`${type.runtime.type}.md`, nodePage(type)] as const),
  ])
}

const CATEGORY_TITLES = {
  flow: 'Flow',
  messaging: 'Messages',
  voice: 'Voice',
  data: 'Data',
  integration: 'Integration',
} as const

function indexPage(): string {
  const sections = Object.entries(CATEGORY_TITLES).map(([category, title]) => {
    const rows = NODE_TYPES.filter((type) => type.category === category).map((type) => [
      `[${type.title}](${type.runtime.type}.md)`,
      `\`${pinOf(type.runtime)}\``,
      type.help,
    ])
    return rows.length === 0 ? [] : [`## ${title}`, table(['node', 'type', ''], rows)]
  })
  return page([
    '# Node types',
    wrap(
      'The nodes that come with the package, as `palette` from `sluice/palette`. A host adds its own in the same way.',
    ),
    wrap(
      'A document names the type of a node with its major version, as in `menu@1`. What the node needs to know stands in its `config`. Expressions and templates are described in [expressions](../expressions.md).',
    ),
    ...sections.flat(),
    '## What all nodes share',
    [
      '- A node is left by one of its outcomes, and each outcome leads to one node.',
      '- `on:error` is an outcome of every node: where it is connected, an error in the node leads there; else the session',
      '  goes on in the exception flow, or fails.',
      '- `on:hangup`, `on:stop`, `on:cancel` and `on:<signal>` are outcomes of every node too: a signal that comes while the',
      '  node waits leads there where it is connected.',
      '- `onEnter` and `onLeave` set variables and write to logbooks on the way into and out of a node.',
      '- A field that is left blank (`""` or `null`) counts as left out.',
    ].join('\n'),
  ])
}

function nodePage(type: NodeType): string {
  const { runtime, fields } = type
  const fixture = readFixture(runtime.type)
  if (fixture === undefined) throw new Error(`test/fixtures/nodes/${runtime.type}.json is missing`)
  return page([
    `# ${type.title}`,
    `\`${pinOf(runtime)}\` · ${CATEGORY_TITLES[type.category]} · [all node types](README.md)`,
    `**${type.help}**`,
    ...fixture.about.split('\n\n').map(wrap),
    '## Config',
    table(['field', 'name', 'kind', 'needed', 'default', ''], fieldRows(fields, '')),
    '## Outcomes',
    fixture.outcomes.length === 0
      ? 'None: nothing follows this node.'
      : table(
          ['outcome', 'taken when'],
          fixture.outcomes.map(({ name, when }) => [
            name.startsWith('<') ? `*${name.slice(1, -1)}*` : `\`${name}\``,
            when,
          ]),
        ),
    ...defaultsNote(type),
    '## What expressions can read',
    outputsTable(type, exampleOf(type, fixture).config),
    '## Example',
    ...example(type, fixture),
  ])
}

function defaultsNote({ runtime: { defaults = {} } }: NodeType): string[] {
  const pairs = Object.entries(defaults)
  if (pairs.length === 0) return []
  const words = pairs.map(([outcome, instead]) => `\`${instead}\` for \`${outcome}\``)
  return [`Where an outcome leads nowhere when it is taken, another stands in: ${words.join(', ')}.`]
}

// Fields.

function fieldRows(fields: Fields, prefix: string): string[][] {
  return Object.entries(fields).flatMap(([name, field]) => [
    [
      `\`${prefix}${name}\``,
      field.label ?? '',
      kindOf(field),
      isOptional(field) ? '' : 'yes',
      field.default === undefined ? '' : `\`${JSON.stringify(field.default)}\``,
      field.help ?? '',
    ],
    ...fieldRows(membersOf(field), `${prefix}${name}${field.kind === 'list' ? '[]' : ''}.`),
  ])
}

function membersOf(field: Field): Fields {
  if (field.kind === 'object') return field.fields
  return field.kind === 'list' || field.kind === 'record' ? membersOf(field.of) : {}
}

function kindOf(field: Field): string {
  switch (field.kind) {
    case 'text':
      return `text${field.maxLength === undefined ? '' : ` of at most ${field.maxLength} characters`}`
    case 'number':
      return `${field.integer === true ? 'whole number' : 'number'}${bounds(field)}`
    case 'boolean':
      return 'true or false'
    case 'options':
      return field.options.map((option) => `\`${option}\``).join(', ')
    case 'duration':
      return 'duration, as `1m30s`'
    case 'template':
      return 'template'
    case 'expression':
      return field.type === 'any' ? 'expression' : `expression: ${typeWord(field.type)}`
    case 'prompt':
      return 'prompt'
    case 'variable':
      return 'variable'
    case 'pattern':
      return 'regular expression (RE2)'
    case 'flowRef':
      return 'id of a flow'
    case 'json':
      return 'JSON'
    case 'dataFields':
      return 'list of `name`, `type`, `required`, `sensitive`'
    case 'list':
      return `list${bounds(field)}${field.of.kind === 'object' ? '' : ` of: ${kindOf(field.of)}`}`
    case 'object':
      return 'object'
    case 'record':
      return `values by name${field.max === undefined ? '' : `, at most ${field.max}`}: ${kindOf(field.of)}`
  }
}

function bounds({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return `, ${min} to ${max}`
  if (min !== undefined) return `, at least ${min}`
  return max === undefined ? '' : `, at most ${max}`
}

// Outputs.

function outputsTable(type: NodeType, config: JsonObject): string {
  if (type.place === 'start') return 'The data that is declared here, as `trigger.data.<name>`.'
  const outputs = Object.entries(type.outputs?.(withDefaults(type.fields, config)) ?? {})
  if (outputs.length === 0) return 'Nothing of its own.'
  return table(
    ['name', 'kind'],
    outputs.map(([name, value]) => [`\`nodes.<id>.${name}\``, outputWord(value)]),
  )
}

function outputWord(value: ValueType): string {
  return typeof value === 'object' && isObjectType(value) && value.open === true
    ? 'object, with whatever came'
    : typeWord(value)
}

// The example.

function exampleOf({ runtime }: NodeType, fixture: NodeFixture): { readonly config: JsonObject } {
  return nodesOf(fixture.flows[0]!.flow, runtime.type)[0]!
}

function example(type: NodeType, fixture: NodeFixture): string[] {
  const flow = fixture.flows[0]!
  const given = flow.cases[0]!
  const result = playCase(compileFixture(flow), type.runtime.type, given)
  return [
    ['```json', formatJson(exampleOf(type, fixture).config), '```'].join('\n'),
    `In a conversation (${given.name}):`,
    [...known(given), ...conversation(result), outcomeLine(type, result)]
      .map((line) => `- ${line}`)
      .join('\n'),
    `More of them: [test/fixtures/nodes/${type.runtime.type}.json](../../test/fixtures/nodes/${type.runtime.type}.json).`,
  ]
}

function known({ contact, data }: { readonly contact?: JsonObject; readonly data?: JsonObject }): string[] {
  return [
    ...(contact === undefined ? [] : [`The contact is \`${JSON.stringify(contact)}\`.`]),
    ...(data === undefined ? [] : [`The trigger brings \`${JSON.stringify(data)}\`.`]),
  ]
}

function conversation({ lines }: CaseResult): string[] {
  return lines.map(({ by, text }) => {
    if (by === 'flow') return text.startsWith('> ') ? `Flow: “${text.slice(2)}”` : `Effect: ${text}`
    return text.startsWith('“') ? `Contact: ${text}` : `Event: ${text}`
  })
}

function outcomeLine({ place }: NodeType, { steps, play }: CaseResult): string {
  const taken = steps.map(({ outcome }) => `\`${outcome}\``).join(', ')
  if (place === 'end') return `The session has ended with ${taken}.`
  return `The node is left by ${taken}; the session ends with \`${play.outcome}\`.`
}

// Markdown.

/** One JSON value, broken over lines where it is too long for one. */
function formatJson(value: Json, indent = ''): string {
  const line = oneLine(value)
  if (line.length + indent.length <= 100 || typeof value !== 'object' || value === null) return line
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const members = Array.isArray(value)
    ? value.map((entry: Json) => inner + formatJson(entry, inner))
    : Object.entries(value).map(
        ([key, member]) => `${inner}${JSON.stringify(key)}: ${formatJson(member as Json, inner)}`,
      )
  return `${open}\n${members.join(',\n')}\n${indent}${close}`
}

function oneLine(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${oneLine(member as Json)}`,
  )
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Lines of at most 118 characters. */
function wrap(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > 118) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}

function page(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../docs/nodes/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of nodePages()) writeFileSync(new URL(name, folder), text)
}
