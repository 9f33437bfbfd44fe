import type { Json } from '../../src/base/json.ts'
import { parseDocument } from '../../src/document/index.ts'
import type { FlowDocument } from '../../src/index.ts'
import { pinOf } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import type { Dice } from '../fuzz/generate-flow.ts'

/** JSON that may be changed in place. */
// biome-ignore lint/suspicious/noExplicitAny: what stands at a place is for the dice to find out
type Loose = any

/** The document with something broken in it as no edit command would leave it; `undefined` where it is no document then. */
export function breakDocument(dice: Dice, document: FlowDocument): FlowDocument | undefined {
  const broken = structuredClone(document) as Loose
  dice.pick(BREAKS)(dice, broken)
  const read = parseDocument(JSON.stringify(broken))
  return read.ok ? read.value : undefined
}

const BREAKS: readonly ((dice: Dice, document: Loose) => void)[] = [
  misspellText,
  misspellText,
  misspellText,
  misspellKey,
  misspellConnector,
  misspellConnector,
  (dice, { nodes, connectors }) => {
    if (nodes.some(({ id }: Loose) => id === 'begin')) return
    nodes.push({ id: 'begin', type: 'start@1', config: {} })
    connectors.push({
      id: 'begin:next',
      from: { node: 'begin', outcome: 'next' },
      to: dice.pick(nodes as Loose[]).id,
    })
  },
  (dice, { connectors }) => drop(dice, connectors),
  (dice, { nodes }) => drop(dice, nodes),
  (dice, { nodes }) => {
    const node = pick(dice, nodes)
    if (node !== undefined) node.type = dice.chance(0.9) ? pinOf(dice.pick(palette).runtime) : 'odd@1'
  },
  otherKind,
  otherKind,
  addAction,
  addAction,
  addAction,
  addAction,
  addAction,
  breakSource,
  breakSource,
  breakSource,
  breakSettings,
  breakSettings,
  breakSettings,
  breakSettings,
  breakSettings,
  breakSettings,
  leak,
  (dice, document) => {
    document.role = dice.pick(['main', 'subflow', 'exception'])
  },
]

function pick(dice: Dice, list: readonly Loose[]): Loose {
  return list.length === 0 ? undefined : dice.pick(list)
}

function drop(dice: Dice, list: Loose[]): void {
  if (list.length > 0) list.splice(dice.below(list.length), 1)
}

/** Two letters swapped, one left out, or one twice. */
function misspell(dice: Dice, text: string): string {
  if (text.length < 2) return `${text}x`
  const at = dice.below(text.length - 1)
  const [a, b] = [text[at]!, text[at + 1]!]
  const rest = text.slice(at + 2)
  return text.slice(0, at) + dice.pick([b + a, a, a + b + b]) + rest
}

/** Every place below a value, with what stands there. */
function places(value: Json, found: { parent: Loose; key: string | number }[] = []): typeof found {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, each] of Object.entries(value)) {
    found.push({ parent: value, key: Array.isArray(value) ? Number(key) : key })
    places(each as Json, found)
  }
  return found
}

function inside(dice: Dice, document: Loose): Loose {
  return dice.chance(0.75) ? (pick(dice, document.nodes) ?? {}) : document.settings
}

function misspellText(dice: Dice, document: Loose): void {
  const texts = places(inside(dice, document)).filter(
    ({ parent, key }) => typeof parent[key] === 'string' && key !== 'id',
  )
  const at = pick(dice, texts)
  if (at !== undefined) at.parent[at.key] = misspell(dice, at.parent[at.key])
}

function misspellKey(dice: Dice, { nodes }: Loose): void {
  const node = pick(dice, nodes)
  const at = pick(
    dice,
    places({ config: node?.config ?? {}, onLeave: node?.onLeave ?? {}, onEnter: node?.onEnter ?? [] }).filter(
      ({ key }) => typeof key === 'string' && key !== 'config' && key !== 'onLeave' && key !== 'onEnter',
    ),
  )
  if (at === undefined) return
  const value = at.parent[at.key]
  if (dice.chance(0.7)) delete at.parent[at.key]
  at.parent[misspell(dice, at.key)] = value
}

function misspellConnector(dice: Dice, { connectors, nodes }: Loose): void {
  const connector = pick(dice, connectors)
  if (connector === undefined) return
  dice.pick([
    () => {
      connector.from.node = misspell(dice, connector.from.node)
    },
    () => {
      connector.from.outcome = misspell(dice, connector.from.outcome)
    },
    () => {
      connector.from.outcome = dice.pick(['on:hangpu', 'on:erorr', 'on:', 'on:error'])
    },
    () => {
      if (connector.to !== undefined) connector.to = misspell(dice, connector.to)
    },
    () => {
      delete connector.to
    },
    () => {
      connector.to = pick(dice, nodes)?.id
    },
    () => {
      connector.from.node = pick(dice, nodes)?.id
    },
  ])()
}

/** A text as a number, a number as a text. */
function otherKind(dice: Dice, document: Loose): void {
  const found = places(pick(dice, document.nodes)?.config ?? {}).filter(
    ({ parent, key }) => typeof parent[key] !== 'object',
  )
  const at = pick(dice, found)
  if (at === undefined) return
  const value = at.parent[at.key]
  at.parent[at.key] = typeof value === 'string' ? dice.pick([5, true]) : String(value)
}

function addAction(dice: Dice, { nodes, settings }: Loose): void {
  const node = pick(dice, nodes)
  if (node === undefined) return
  const names = (settings.variables ?? []).map((each: Loose) => each.name as string)
  const name = names.length > 0 ? dice.pick(names as string[]) : 'total'
  const action = dice.chance(0.6)
    ? { set: dice.pick(['', name, misspell(dice, name), 'fresh']), to: source(dice, name) }
    : {
        log: dice.pick(['', 'calls', 'cals', 'none']),
        fields: { [dice.pick(['who', 'hwo', 'reason'])]: '"x"' },
      }
  if (dice.chance(0.4)) node.onEnter = [...(node.onEnter ?? []), action]
  else {
    const outcome = dice.pick(['next', 'nxet', 'valid', 'vlaid', 'on:error', 'on:hangpu', 'on:', 'gone'])
    node.onLeave = { ...node.onLeave, [outcome]: [...(node.onLeave?.[outcome] ?? []), action] }
  }
}

/** A secret that goes where anybody can read it. */
function leak(dice: Dice, { nodes, settings }: Loose): void {
  const node = pick(dice, nodes)
  if (node === undefined) return
  const declared = (settings.variables ?? []).filter(({ name }: Loose) => name !== 'pin' && name !== 'copy')
  settings.variables = [
    ...declared,
    { name: 'pin', type: 'text', sensitive: true },
    { name: 'copy', type: 'any' },
  ]
  node.onEnter = [...(node.onEnter ?? []), { set: 'copy', to: dice.pick(['pin', 'pin + "x"']) }]
}

function source(dice: Dice, name: string): Loose {
  const text = dice.pick([
    name,
    misspell(dice, name),
    `${misspell(dice, name)} + ${name}`,
    `${name} + 1`,
    `"x" + ${name}`,
    `size(${name}`,
    `siez(${name})`,
    `${name}.size()`,
    `trim(${name})`,
    `${name} = 1`,
    `${name} == 1 and true`,
    '"a\\d"',
    '7u',
    'b"x"',
    'session.lnaguage',
    'contact.nmae',
  ])
  return dice.chance(0.15) ? { language: 'liquid', source: text } : text
}

function breakSource(dice: Dice, { nodes, settings }: Loose): void {
  const names = (settings.variables ?? []).map((each: Loose) => each.name as string)
  const name = names.length > 0 ? dice.pick(names as string[]) : 'session.id'
  const filled = dice.pick([
    `Hi {{${misspell(dice, name)}}}`,
    `Hi {{${name}`,
    'Hi {{}}',
    `Hi {{ siez(${name}) }}`,
    `Hi {{ ${name} | upcse }}`,
    `Hi {{ ${misspell(dice, name)} | upcase }}`,
    '{% asign x = 1 %}{{ x }}',
    `{% if ${misspell(dice, name)} %}x{% endif %}`,
  ])
  const texts = places(pick(dice, nodes)?.config ?? {}).filter(
    ({ parent, key }) =>
      typeof parent[key] === 'string' &&
      ['prompt', 'text', 'value', 'condition', 'expression'].includes(String(key)),
  )
  const at = pick(dice, texts)
  if (at === undefined) return
  if (at.key === 'prompt' || at.key === 'text')
    at.parent[at.key] = dice.chance(0.4) ? { language: 'liquid', source: filled } : filled
  else at.parent[at.key] = source(dice, name)
}

function breakSettings(dice: Dice, document: Loose): void {
  const { settings } = document
  const lists = ['variables', 'contact', 'outcomes', 'logbooks'].filter(
    (list) => (settings[list]?.length ?? 0) > 0,
  )
  const list = lists.length === 0 ? undefined : settings[dice.pick(lists)]
  const entry = list === undefined ? undefined : dice.pick(list as Loose[])
  dice.pick([
    () => {
      if (list === undefined) return
      const copy = structuredClone(entry)
      if (copy.type !== undefined && dice.chance(0.5)) copy.type = dice.pick(['any', 'text', 'number'])
      list.push(copy)
    },
    () => {
      if (list !== undefined) drop(dice, list)
    },
    () => {
      if (entry === undefined) return
      if (entry.code !== undefined) entry.code = ''
      else entry.name = ''
    },
    () => {
      if (entry?.fields !== undefined) entry.fields = dice.pick([[], [''], ['who'], ['who', '']])
    },
    () => {
      if (entry?.type === undefined) return
      entry.default = dice.pick(['7', 7, 'x', true, [], null])
      if (settings.contact?.includes(entry)) delete entry.default
    },
    () => {
      if (entry?.type !== undefined) delete entry.default
    },
    () => {
      if (entry?.type !== undefined) entry.sensitive = true
    },
    () => {
      settings.outcomes = [
        ...(settings.outcomes ?? []),
        { code: dice.pick(['spare', '', 'ok']), kind: 'error' },
      ]
    },
    () => {
      settings.limits = { maxSteps: dice.pick([0, 1.5, 1e12]) }
    },
    () => {
      settings.stopWords = ['stop', '', ' ']
    },
    () => {
      settings.languages = {
        default: dice.pick(['', 'en']),
        others: dice.pick([[], [{ tag: '' }, { tag: '' }]]),
      }
    },
    () => {
      settings.duplicates = {
        prevent: true,
        identifier: dice.pick(['', 'contact.phnoe', 'session.di', 'trigger.form']),
      }
    },
    () => {
      settings.logbooks = [
        ...(settings.logbooks ?? []),
        { name: dice.pick(['calls', 'cals', '']), fields: dice.pick([[], ['who']]) },
      ]
    },
  ])()
}
