import { expect } from 'vitest'
import type { FlowDocument } from '../../src/document/index.ts'
import { applyCommand, type EditCommand, type MergeConflict, openDraft } from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { ask, assign, end, flow, node, say } from '../support/flow.ts'

const plain = flow({
  nodes: {
    ask: ask('Name?', { variable: 'name', timeout: '10s' }),
    menu: node('menu', {
      prompt: '?',
      options: [{ value: '1', label: 'One' }, { value: '2' }, { value: '3' }],
      timeout: '5s',
    }),
    hello: say('Hello {{name}}'),
    count: assign({ count: 'count + 1' }),
    done: end('ok'),
    lost: end('lost'),
  },
  connect: [
    'start -> ask',
    'ask:valid -> menu',
    'ask:timeout -> lost',
    'menu:1 -> hello',
    'menu:2 -> count',
    'menu:3 -> done',
    'menu:timeout -> lost',
    'hello -> done',
    'count -> done',
  ],
  variables: [
    { name: 'name', type: 'text', label: 'Name' },
    { name: 'count', type: 'number', default: 0 },
    { name: 'spare', type: 'text' },
  ],
  contact: [
    { name: 'tier', type: 'text', label: 'Tier' },
    { name: 'phone', type: 'text' },
  ],
  settings: {
    outcomes: [
      { code: 'ok', kind: 'completed', label: 'Fine' },
      { code: 'lost', kind: 'completed' },
      { code: 'extra', kind: 'completed' },
    ],
    logbooks: [
      { name: 'calls', fields: ['who'] },
      { name: 'errors', fields: ['what'] },
    ],
    stopWords: ['stop', 'end'],
    limits: { maxSteps: 100 },
    languages: { default: 'en', others: [{ tag: 'de' }, { tag: 'fr', required: true }] },
    duplicates: { prevent: true, identifier: 'contact.phone' },
    mediaFolder: 'media',
    meta: { owner: 'me', since: 1 },
  },
})

/** Something at every place that can be merged. */
export const base: FlowDocument = {
  ...plain,
  remark: 'A flow',
  meta: { team: 'x' },
  nodes: plain.nodes.map((each) =>
    each.id === 'ask'
      ? {
          ...each,
          label: 'Ask',
          position: { x: 0, y: 0 },
          onEnter: [{ set: 'count', to: '0' }],
          onLeave: { valid: [{ set: 'count', to: '1' }], timeout: [{ set: 'count', to: '2' }] },
          meta: { colour: 'red', size: 1 },
        }
      : each,
  ),
  connectors: plain.connectors.map((each) =>
    each.id === 'ask:valid' ? { ...each, label: 'yes', meta: { weight: 1, style: 'thin' } } : each,
  ),
  notes: [
    { id: 'first', node: 'hello', text: 'Look', position: { x: 1, y: 1 }, meta: { by: 'me', at: 1 } },
    { id: 'free', text: 'Free' },
  ],
}

/** The base with commands applied. */
export function edit(commands: readonly EditCommand[]): FlowDocument {
  const edited = applyCommand(openDraft(base, { nodes: palette }), { type: 'batch', commands })
  if (!edited.ok) throw new Error(edited.reason)
  return edited.draft.document
}

export const set = (
  id: string,
  path: readonly (string | number)[],
  value?: string | number | object,
): EditCommand =>
  ({ type: 'configure', node: id, path, ...(value === undefined ? {} : { value }) }) as EditCommand
export const setting = (
  path: readonly (string | number)[],
  value?: string | number | boolean | object,
): EditCommand => ({ type: 'changeSettings', path, ...(value === undefined ? {} : { value }) }) as EditCommand
export const connect = (from: string, outcome: string, to: string, id?: string): EditCommand => ({
  type: 'connect',
  from: { node: from, outcome },
  to,
  ...(id === undefined ? {} : { id }),
})
export const reconnect = (connector: string, to: string | null): EditCommand => ({
  type: 'reconnect',
  connector,
  to,
})
export const remove = (id: string): EditCommand => ({ type: 'remove', node: id })
export const meta = (value: object | undefined, of: object = {}): EditCommand =>
  ({ type: 'setMeta', ...of, ...(value === undefined ? {} : { meta: value }) }) as EditCommand
/** What no command does, or not alone. */
export const alter = (members: Partial<FlowDocument>) => ({
  type: 'replace' as const,
  document: { ...base, ...members },
})
export const alterNode = (id: string, members: object) =>
  alter({ nodes: base.nodes.map((each) => (each.id === id ? { ...each, ...members } : each)) })
export const alterConnector = (id: string, members: object) =>
  alter({ connectors: base.connectors.map((each) => (each.id === id ? { ...each, ...members } : each)) })

/** A conflict as lines: its kind and id, its message, and what there is to choose, with the commands that do it. */
export function linesOf(conflict: MergeConflict): string[] {
  const { id, path, kind, message, error, choices } = conflict
  expect(error !== undefined).toBe(kind === 'together')
  if (kind !== 'together') expect(id).toBe(path.join('/'))
  expect(JSON.parse(JSON.stringify(choices))).toStrictEqual(choices)
  const commandText = ({ type, ...rest }: EditCommand) =>
    type === 'replace' ? type : `${type} ${JSON.stringify(rest)}`
  const choiceText = (name: 'base' | 'a' | 'b') => {
    const value = conflict[name] === undefined ? 'nothing' : JSON.stringify(conflict[name])
    const commands = choices[name]
    if (commands === undefined) return conflict[name] === undefined ? [] : `${name} is ${value}`
    return `${name} ${value}${commands.map((each) => ` <- ${commandText(each)}`).join('')}`
  }
  return [`${kind} ${id}`, message, ...(['base', 'a', 'b'] as const).flatMap(choiceText)]
}
