import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../src/document/index.ts'
import { applyCommand, type EditCommand, type MergeConflict, openDraft } from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { ask, assign, end, flow, node, say } from '../support/flow.ts'
import { checkMerge } from './merge-laws.ts'

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
const base: FlowDocument = {
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
function edit(commands: readonly EditCommand[]): FlowDocument {
  const edited = applyCommand(openDraft(base, { nodes: palette }), { type: 'batch', commands })
  if (!edited.ok) throw new Error(edited.reason)
  return edited.draft.document
}

const set = (id: string, path: readonly (string | number)[], value?: string | number | object): EditCommand =>
  ({ type: 'configure', node: id, path, ...(value === undefined ? {} : { value }) }) as EditCommand
const setting = (
  path: readonly (string | number)[],
  value?: string | number | boolean | object,
): EditCommand => ({ type: 'changeSettings', path, ...(value === undefined ? {} : { value }) }) as EditCommand
const connect = (from: string, outcome: string, to: string, id?: string): EditCommand => ({
  type: 'connect',
  from: { node: from, outcome },
  to,
  ...(id === undefined ? {} : { id }),
})
const reconnect = (connector: string, to: string | null): EditCommand => ({
  type: 'reconnect',
  connector,
  to,
})
const remove = (id: string): EditCommand => ({ type: 'remove', node: id })
const meta = (value: object | undefined, of: object = {}): EditCommand =>
  ({ type: 'setMeta', ...of, ...(value === undefined ? {} : { meta: value }) }) as EditCommand
/** What no command does, or not alone. */
const alter = (members: Partial<FlowDocument>) => ({
  type: 'replace' as const,
  document: { ...base, ...members },
})
const alterNode = (id: string, members: object) =>
  alter({ nodes: base.nodes.map((each) => (each.id === id ? { ...each, ...members } : each)) })
const alterConnector = (id: string, members: object) =>
  alter({ connectors: base.connectors.map((each) => (each.id === id ? { ...each, ...members } : each)) })

/** A conflict as lines: its kind and id, its message, and what there is to choose, with the commands that do it. */
function linesOf(conflict: MergeConflict): string[] {
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

type Case = [name: string, a: EditCommand[], b: EditCommand[], conflicts: string[]]

const NODES: Case[] = [
  [
    'a field',
    [set('hello', ['prompt'], 'Hi')],
    [set('hello', ['prompt'], 'Good day')],
    [
      'changed nodes/hello/config/prompt',
      'Both sides have changed node hello config.prompt, and not in the same way.',
      'base "Hello {{name}}" <- configure {"node":"hello","path":["prompt"],"value":"Hello {{name}}"}',
      'a "Hi" <- configure {"node":"hello","path":["prompt"],"value":"Hi"}',
      'b "Good day" <- configure {"node":"hello","path":["prompt"],"value":"Good day"}',
    ],
  ],
  [
    'a field that one has removed',
    [set('ask', ['timeout'])],
    [set('ask', ['timeout'], '20s')],
    [
      'removedAndChanged nodes/ask/config/timeout',
      'One side has removed node ask config.timeout, the other has changed it.',
      'base "10s" <- configure {"node":"ask","path":["timeout"],"value":"10s"}',
      'a nothing <- configure {"node":"ask","path":["timeout"]}',
      'b "20s" <- configure {"node":"ask","path":["timeout"],"value":"20s"}',
    ],
  ],
  [
    'a field that both have added',
    [set('ask', ['noMatchLimit'], 2)],
    [set('ask', ['noMatchLimit'], 3)],
    [
      'addedTwice nodes/ask/config/noMatchLimit',
      'Both sides have added node ask config.noMatchLimit, and not the same.',
      'base nothing <- configure {"node":"ask","path":["noMatchLimit"]}',
      'a 2 <- configure {"node":"ask","path":["noMatchLimit"],"value":2}',
      'b 3 <- configure {"node":"ask","path":["noMatchLimit"],"value":3}',
    ],
  ],
  [
    'an object that both have added',
    [set('hello', ['more'], { x: 1, y: 1 })],
    [set('hello', ['more'], { x: 2, z: 1 })],
    [
      'addedTwice nodes/hello/config/more',
      'Both sides have added node hello config.more, and not the same.',
      'base nothing <- configure {"node":"hello","path":["more"]}',
      'a {"x":1,"y":1} <- configure {"node":"hello","path":["more"],"value":{"x":1,"y":1}}',
      'b {"x":2,"z":1} <- configure {"node":"hello","path":["more"],"value":{"x":2,"z":1}}',
    ],
  ],
  [
    'objects that go together',
    [set('hello', ['more'], { x: 1, y: 1 })],
    [set('hello', ['more'], { x: 1, z: 1 })],
    [],
  ],
  [
    'a member of an entry',
    [set('menu', ['options', 0, 'label'], 'A')],
    [set('menu', ['options', 0, 'label'], 'B')],
    [
      'changed nodes/menu/config/options/1/label',
      'Both sides have changed node menu config.options.1.label, and not in the same way.',
      'base "One" <- configure {"node":"menu","path":["options",0,"label"],"value":"One"}',
      'a "A" <- configure {"node":"menu","path":["options",0,"label"],"value":"A"}',
      'b "B" <- configure {"node":"menu","path":["options",0,"label"],"value":"B"}',
    ],
  ],
  [
    'a member of an entry behind one that is gone',
    [set('menu', ['options', 1, 'label'], 'A')],
    [set('menu', ['options'], [{ value: '2', label: 'B' }, { value: '3' }])],
    [
      'addedTwice nodes/menu/config/options/2/label',
      'Both sides have added node menu config.options.2.label, and not the same.',
      'base nothing <- configure {"node":"menu","path":["options",0,"label"]}',
      'a "A" <- configure {"node":"menu","path":["options",0,"label"],"value":"A"}',
      'b "B" <- configure {"node":"menu","path":["options",0,"label"],"value":"B"}',
    ],
  ],
  [
    'an entry that one has removed',
    [set('menu', ['options'], [{ value: '2' }, { value: '3' }])],
    [set('menu', ['options', 0, 'label'], 'B')],
    [
      'removedAndChanged nodes/menu/config/options',
      'One side has removed node menu config.options, the other has changed it.',
      'base [{"value":"1","label":"One"},{"value":"2"},{"value":"3"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"1","label":"One"},{"value":"2"},{"value":"3"}]}',
      'a [{"value":"2"},{"value":"3"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"2"},{"value":"3"}]}',
      'b [{"value":"1","label":"B"},{"value":"2"},{"value":"3"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"1","label":"B"},{"value":"2"},{"value":"3"}]}',
    ],
  ],
  [
    'an entry that both have added',
    [set('menu', ['options', 3], { value: '4', label: 'A' })],
    [set('menu', ['options', 3], { value: '4', label: 'B' })],
    [
      'addedTwice nodes/menu/config/options',
      'Both sides have added node menu config.options, and not the same.',
      'base [{"value":"1","label":"One"},{"value":"2"},{"value":"3"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"1","label":"One"},{"value":"2"},{"value":"3"}]}',
      'a [{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"4","label":"A"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"4","label":"A"}]}',
      'b [{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"4","label":"B"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"4","label":"B"}]}',
    ],
  ],
  [
    'entries at one place',
    [set('menu', ['options', 3], { value: '4' })],
    [set('menu', ['options', 3], { value: '5' })],
    [
      'order nodes/menu/config/options',
      'Both sides have put entries at the same place of node menu config.options; their order is open.',
      'base is [{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"}]',
      'a [{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"}]}',
      'b [{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"5"},{"value":"4"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"5"},{"value":"4"}]}',
    ],
  ],
  [
    'entries at the top',
    [
      set(
        'menu',
        ['options'],
        [{ value: '9' }, { value: '1', label: 'One' }, { value: '2' }, { value: '3' }],
      ),
    ],
    [
      set(
        'menu',
        ['options'],
        [{ value: '8' }, { value: '7' }, { value: '1', label: 'One' }, { value: '2' }, { value: '3' }],
      ),
    ],
    [
      'order nodes/menu/config/options',
      'Both sides have put entries at the same place of node menu config.options; their order is open.',
      'base is [{"value":"8"},{"value":"7"},{"value":"9"},{"value":"1","label":"One"},{"value":"2"},{"value":"3"}]',
      'a [{"value":"9"},{"value":"8"},{"value":"7"},{"value":"1","label":"One"},{"value":"2"},{"value":"3"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"9"},{"value":"8"},{"value":"7"},{"value":"1","label":"One"},{"value":"2"},{"value":"3"}]}',
      'b [{"value":"8"},{"value":"7"},{"value":"9"},{"value":"1","label":"One"},{"value":"2"},{"value":"3"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"8"},{"value":"7"},{"value":"9"},{"value":"1","label":"One"},{"value":"2"},{"value":"3"}]}',
    ],
  ],
  [
    'entries at different places',
    [
      set(
        'menu',
        ['options'],
        [{ value: '9' }, { value: '1', label: 'One' }, { value: '2' }, { value: '3' }],
      ),
    ],
    [set('menu', ['options', 3], { value: '8' })],
    [],
  ],
  [
    'an order of its own from each',
    [set('menu', ['options'], [{ value: '2' }, { value: '1', label: 'One' }, { value: '3' }])],
    [set('menu', ['options'], [{ value: '3' }, { value: '1', label: 'One' }, { value: '2' }])],
    [
      'changed nodes/menu/config/options',
      'Both sides have changed node menu config.options, and not in the same way.',
      'base [{"value":"1","label":"One"},{"value":"2"},{"value":"3"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"1","label":"One"},{"value":"2"},{"value":"3"}]}',
      'a [{"value":"2"},{"value":"1","label":"One"},{"value":"3"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"2"},{"value":"1","label":"One"},{"value":"3"}]}',
      'b [{"value":"3"},{"value":"1","label":"One"},{"value":"2"}] <- configure {"node":"menu","path":["options"],"value":[{"value":"3"},{"value":"1","label":"One"},{"value":"2"}]}',
    ],
  ],
  [
    'an order and a member',
    [set('menu', ['options'], [{ value: '2' }, { value: '1', label: 'One' }, { value: '3' }])],
    [set('menu', ['options', 1, 'label'], 'B')],
    [],
  ],
  [
    'an order and an entry more',
    [set('menu', ['options'], [{ value: '2' }, { value: '1', label: 'One' }, { value: '3' }])],
    [set('menu', ['options', 3], { value: '4' })],
    [],
  ],
  [
    'entries at one place, and a member',
    [set('menu', ['options'], [{ value: '1', label: 'A' }, { value: '2' }, { value: '3' }, { value: '4' }])],
    [set('menu', ['options'], [{ value: '1', label: 'B' }, { value: '2' }, { value: '3' }, { value: '5' }])],
    [
      'changed nodes/menu/config/options',
      'Both sides have changed node menu config.options, and not in the same way.',
      'base [{"label":"One","value":"1"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"}] <- configure {"node":"menu","path":["options"],"value":[{"label":"One","value":"1"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"}]}',
      'a [{"label":"A","value":"1"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"}] <- configure {"node":"menu","path":["options"],"value":[{"label":"A","value":"1"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"}]}',
      'b [{"label":"B","value":"1"},{"value":"2"},{"value":"3"},{"value":"5"},{"value":"4"}] <- configure {"node":"menu","path":["options"],"value":[{"label":"B","value":"1"},{"value":"2"},{"value":"3"},{"value":"5"},{"value":"4"}]}',
    ],
  ],
  [
    'a list without names',
    [set('hello', ['more'], ['a', 'b'])],
    [set('hello', ['more'], ['a', 'c'])],
    [
      'addedTwice nodes/hello/config/more',
      'Both sides have added node hello config.more, and not the same.',
      'base nothing <- configure {"node":"hello","path":["more"]}',
      'a ["a","b"] <- configure {"node":"hello","path":["more"],"value":["a","b"]}',
      'b ["a","c"] <- configure {"node":"hello","path":["more"],"value":["a","c"]}',
    ],
  ],
  [
    'a label',
    [{ type: 'label', node: 'ask', label: 'A' }],
    [{ type: 'label', node: 'ask', label: 'B' }],
    [
      'changed nodes/ask/label',
      'Both sides have changed node ask label, and not in the same way.',
      'base "Ask"',
      'a "A" <- label {"node":"ask","label":"A"}',
      'b "B" <- label {"node":"ask","label":"B"}',
    ],
  ],
  [
    'a label that one has removed',
    [{ type: 'label', node: 'ask' }],
    [{ type: 'label', node: 'ask', label: 'B' }],
    [
      'removedAndChanged nodes/ask/label',
      'One side has removed node ask label, the other has changed it.',
      'base "Ask" <- label {"node":"ask","label":"Ask"}',
      'a nothing <- label {"node":"ask"}',
      'b "B"',
    ],
  ],
  [
    'a label that both have given',
    [{ type: 'label', node: 'menu', label: 'A' }],
    [{ type: 'label', node: 'menu', label: 'B' }],
    [
      'addedTwice nodes/menu/label',
      'Both sides have added node menu label, and not the same.',
      'base nothing <- label {"node":"menu"}',
      'a "A"',
      'b "B" <- label {"node":"menu","label":"B"}',
    ],
  ],
  [
    'a place',
    [{ type: 'move', nodes: { ask: { x: 1, y: 1 } } }],
    [{ type: 'move', nodes: { ask: { x: 2, y: 2 } } }],
    [
      'changed nodes/ask/position',
      'Both sides have changed node ask position, and not in the same way.',
      'base {"x":0,"y":0}',
      'a {"x":1,"y":1} <- move {"nodes":{"ask":{"x":1,"y":1}}}',
      'b {"x":2,"y":2} <- move {"nodes":{"ask":{"x":2,"y":2}}}',
    ],
  ],
  [
    'a place that both have given',
    [{ type: 'move', nodes: { menu: { x: 1, y: 1 } } }],
    [{ type: 'move', nodes: { menu: { x: 2, y: 2 } } }],
    [
      'addedTwice nodes/menu/position',
      'Both sides have added node menu position, and not the same.',
      'base nothing <- move {"nodes":{"menu":null}}',
      'a {"x":1,"y":1}',
      'b {"x":2,"y":2} <- move {"nodes":{"menu":{"x":2,"y":2}}}',
    ],
  ],
  [
    'a place that one has taken away',
    [{ type: 'move', nodes: { ask: null } }],
    [{ type: 'move', nodes: { ask: { x: 2, y: 2 } } }],
    [
      'removedAndChanged nodes/ask/position',
      'One side has removed node ask position, the other has changed it.',
      'base {"x":0,"y":0} <- move {"nodes":{"ask":{"x":0,"y":0}}}',
      'a nothing <- move {"nodes":{"ask":null}}',
      'b {"x":2,"y":2}',
    ],
  ],
  [
    'actions on the way in',
    [{ type: 'setActions', node: 'ask', onEnter: [] }],
    [{ type: 'setActions', node: 'ask', onEnter: [{ set: 'count', to: '7' }] }],
    [
      'removedAndChanged nodes/ask/onEnter',
      'One side has removed node ask onEnter, the other has changed it.',
      'base [{"set":"count","to":"0"}] <- setActions {"node":"ask","onEnter":[{"set":"count","to":"0"}],"onLeave":{"valid":[{"set":"count","to":"1"}],"timeout":[{"set":"count","to":"2"}]}}',
      'a nothing <- setActions {"node":"ask","onEnter":[],"onLeave":{"valid":[{"set":"count","to":"1"}],"timeout":[{"set":"count","to":"2"}]}}',
      'b [{"set":"count","to":"7"}]',
    ],
  ],
  [
    'actions on the way in that both have added',
    [{ type: 'setActions', node: 'menu', onEnter: [{ set: 'count', to: '6' }] }],
    [{ type: 'setActions', node: 'menu', onEnter: [{ set: 'count', to: '7' }] }],
    [
      'addedTwice nodes/menu/onEnter',
      'Both sides have added node menu onEnter, and not the same.',
      'base nothing <- setActions {"node":"menu","onEnter":[],"onLeave":{}}',
      'a [{"set":"count","to":"6"}]',
      'b [{"set":"count","to":"7"}] <- setActions {"node":"menu","onEnter":[{"set":"count","to":"7"}],"onLeave":{}}',
    ],
  ],
  [
    'actions on one way out',
    [{ type: 'setActions', node: 'ask', onLeave: { valid: [{ set: 'count', to: '5' }], timeout: [] } }],
    [{ type: 'setActions', node: 'ask', onLeave: { valid: [{ set: 'count', to: '6' }] } }],
    [
      'changed nodes/ask/onLeave',
      'Both sides have changed node ask onLeave, and not in the same way.',
      'base {"timeout":[{"set":"count","to":"2"}],"valid":[{"set":"count","to":"1"}]} <- setActions {"node":"ask","onEnter":[{"set":"count","to":"0"}],"onLeave":{"timeout":[{"set":"count","to":"2"}],"valid":[{"set":"count","to":"1"}]}}',
      'a {"timeout":[],"valid":[{"set":"count","to":"5"}]} <- setActions {"node":"ask","onEnter":[{"set":"count","to":"0"}],"onLeave":{"timeout":[],"valid":[{"set":"count","to":"5"}]}}',
      'b {"valid":[{"set":"count","to":"6"}]} <- setActions {"node":"ask","onEnter":[{"set":"count","to":"0"}],"onLeave":{"valid":[{"set":"count","to":"6"}]}}',
    ],
  ],
  [
    'actions on other ways out',
    [{ type: 'setActions', node: 'ask', onLeave: { valid: [{ set: 'count', to: '5' }] } }],
    [{ type: 'setActions', node: 'ask', onLeave: { timeout: [{ set: 'count', to: '6' }] } }],
    [
      'changed nodes/ask/onLeave',
      'Both sides have changed node ask onLeave, and not in the same way.',
      'base {"timeout":[{"set":"count","to":"2"}],"valid":[{"set":"count","to":"1"}]} <- setActions {"node":"ask","onEnter":[{"set":"count","to":"0"}],"onLeave":{"timeout":[{"set":"count","to":"2"}],"valid":[{"set":"count","to":"1"}]}}',
      'a {"valid":[{"set":"count","to":"5"}]} <- setActions {"node":"ask","onEnter":[{"set":"count","to":"0"}],"onLeave":{"valid":[{"set":"count","to":"5"}]}}',
      'b {"timeout":[{"set":"count","to":"6"}]} <- setActions {"node":"ask","onEnter":[{"set":"count","to":"0"}],"onLeave":{"timeout":[{"set":"count","to":"6"}]}}',
    ],
  ],
  [
    'actions on the way out that both have added',
    [{ type: 'setActions', node: 'menu', onLeave: { 1: [{ set: 'count', to: '5' }] } }],
    [
      {
        type: 'setActions',
        node: 'menu',
        onLeave: { 1: [{ set: 'count', to: '6' }], 2: [{ set: 'count', to: '6' }] },
      },
    ],
    [
      'addedTwice nodes/menu/onLeave',
      'Both sides have added node menu onLeave, and not the same.',
      'base nothing <- setActions {"node":"menu","onEnter":[],"onLeave":{}}',
      'a {"1":[{"set":"count","to":"5"}]}',
      'b {"1":[{"set":"count","to":"6"}],"2":[{"set":"count","to":"6"}]} <- setActions {"node":"menu","onEnter":[],"onLeave":{"1":[{"set":"count","to":"6"}],"2":[{"set":"count","to":"6"}]}}',
    ],
  ],
  [
    'data of the host',
    [meta({ colour: 'blue', size: 1 }, { node: 'ask' })],
    [meta({ colour: 'green', size: 2 }, { node: 'ask' })],
    [
      'changed nodes/ask/meta',
      'Both sides have changed node ask meta, and not in the same way.',
      'base {"colour":"red","size":2}',
      'a {"colour":"blue","size":2} <- setMeta {"node":"ask","meta":{"colour":"blue","size":2}}',
      'b {"colour":"green","size":2} <- setMeta {"node":"ask","meta":{"colour":"green","size":2}}',
    ],
  ],
  [
    'data of the host at two members',
    [meta({ colour: 'blue', size: 3 }, { node: 'ask' })],
    [meta({ colour: 'green', size: 2, more: true }, { node: 'ask' })],
    [
      'changed nodes/ask/meta',
      'Both sides have changed node ask meta, and not in the same way.',
      'base {"colour":"red","more":true,"size":1}',
      'a {"colour":"blue","more":true,"size":3} <- setMeta {"node":"ask","meta":{"colour":"blue","more":true,"size":3}}',
      'b {"colour":"green","more":true,"size":2} <- setMeta {"node":"ask","meta":{"colour":"green","more":true,"size":2}}',
    ],
  ],
  [
    'data of the host that one has removed',
    [meta(undefined, { node: 'ask' })],
    [meta({ colour: 'green', size: 1 }, { node: 'ask' })],
    [
      'removedAndChanged nodes/ask/meta',
      'One side has removed node ask meta, the other has changed it.',
      'base {"colour":"red","size":1} <- setMeta {"node":"ask","meta":{"colour":"red","size":1}}',
      'a nothing <- setMeta {"node":"ask"}',
      'b {"colour":"green","size":1}',
    ],
  ],
  [
    'data of the host that both have added',
    [meta({ x: 1 }, { node: 'menu' })],
    [meta({ x: 2 }, { node: 'menu' })],
    [
      'addedTwice nodes/menu/meta',
      'Both sides have added node menu meta, and not the same.',
      'base nothing <- setMeta {"node":"menu"}',
      'a {"x":1}',
      'b {"x":2} <- setMeta {"node":"menu","meta":{"x":2}}',
    ],
  ],
  [
    'several members of one node',
    [set('ask', ['prompt'], 'A'), { type: 'label', node: 'ask', label: 'A' }],
    [set('ask', ['prompt'], 'B'), { type: 'label', node: 'ask', label: 'B' }],
    [
      'changed nodes/ask/config/prompt',
      'Both sides have changed node ask config.prompt, and not in the same way.',
      'base "Name?" <- configure {"node":"ask","path":["prompt"],"value":"Name?"}',
      'a "A" <- configure {"node":"ask","path":["prompt"],"value":"A"}',
      'b "B" <- configure {"node":"ask","path":["prompt"],"value":"B"}',
      'changed nodes/ask/label',
      'Both sides have changed node ask label, and not in the same way.',
      'base "Ask"',
      'a "A" <- label {"node":"ask","label":"A"}',
      'b "B" <- label {"node":"ask","label":"B"}',
    ],
  ],
  [
    'a node that one has removed and the other changed',
    [remove('hello')],
    [set('hello', ['prompt'], 'Hi')],
    [
      'removedAndChanged nodes/hello',
      'One side has removed node hello, the other has changed it.',
      'base {"id":"hello","type":"send-message@1","config":{"prompt":"Hello {{name}}"}} <- configure {"node":"hello","config":{"prompt":"Hello {{name}}"}} <- setActions {"node":"hello","onEnter":[],"onLeave":{}}',
      'a nothing <- remove {"node":"hello"}',
      'b {"id":"hello","type":"send-message@1","config":{"prompt":"Hi"}}',
    ],
  ],
  [
    'a node that one has removed and the other labelled',
    [{ type: 'label', node: 'hello', label: 'Hi' }],
    [remove('hello')],
    [
      'removedAndChanged nodes/hello',
      'One side has removed node hello, the other has changed it.',
      'base {"id":"hello","type":"send-message@1","config":{"prompt":"Hello {{name}}"}} <- label {"node":"hello"}',
      'a {"id":"hello","type":"send-message@1","config":{"prompt":"Hello {{name}}"},"label":"Hi"}',
      'b nothing <- remove {"node":"hello"}',
    ],
  ],
  [
    'a node that one has removed and the other leads to',
    [remove('hello')],
    [reconnect('count:next', 'hello')],
    [
      'removedAndUsed nodes/hello',
      'One side has removed node hello, which the other has come to use.',
      'base {"id":"hello","type":"send-message@1","config":{"prompt":"Hello {{name}}"}}',
      'a nothing <- remove {"node":"hello"}',
      'b {"id":"hello","type":"send-message@1","config":{"prompt":"Hello {{name}}"}}',
    ],
  ],
  [
    'a node that one has removed and the other leads away from',
    [remove('hello')],
    [reconnect('hello:next', 'lost')],
    [
      'removedAndUsed nodes/hello',
      'One side has removed node hello, which the other has come to use.',
      'base {"id":"hello","type":"send-message@1","config":{"prompt":"Hello {{name}}"}}',
      'a nothing <- remove {"node":"hello"}',
      'b {"id":"hello","type":"send-message@1","config":{"prompt":"Hello {{name}}"}}',
    ],
  ],
  [
    'a node that one has removed and the other puts a note on',
    [remove('count')],
    [{ type: 'addNote', note: { id: 'n', node: 'count', text: 'Look' } }],
    [
      'removedAndUsed nodes/count',
      'One side has removed node count, which the other has come to use.',
      'base {"id":"count","type":"set-variables@1","config":{"assignments":[{"variable":"count","value":"count + 1"}]}}',
      'a nothing <- remove {"node":"count"}',
      'b {"id":"count","type":"set-variables@1","config":{"assignments":[{"variable":"count","value":"count + 1"}]}}',
    ],
  ],
  [
    'a node that one has removed and the other reads',
    [remove('ask'), connect('start', 'next', 'menu')],
    [set('hello', ['prompt'], '{{nodes.ask.value}}')],
    [
      'removedAndUsed nodes/ask',
      'One side has removed node ask, which the other has come to use.',
      'base {"id":"ask","type":"collect-input@1","config":{"prompt":"Name?","variable":"name","timeout":"10s"},"label":"Ask","position":{"x":0,"y":0},"onEnter":[{"set":"count","to":"0"}],"onLeave":{"valid":[{"set":"count","to":"1"}],"timeout":[{"set":"count","to":"2"}]},"meta":{"colour":"red","size":1}}',
      'a nothing <- remove {"node":"ask"}',
      'b {"id":"ask","type":"collect-input@1","config":{"prompt":"Name?","variable":"name","timeout":"10s"},"label":"Ask","position":{"x":0,"y":0},"onEnter":[{"set":"count","to":"0"}],"onLeave":{"valid":[{"set":"count","to":"1"}],"timeout":[{"set":"count","to":"2"}]},"meta":{"colour":"red","size":1}}',
    ],
  ],
  ['a node that both have removed', [remove('hello')], [remove('hello')], []],
  ['nodes that each has removed from the way of the other', [remove('hello')], [remove('count')], []],
  [
    'a node of another type',
    [alterNode('hello', { type: 'delay@1', config: { duration: '1s' } })],
    [set('hello', ['prompt'], 'Hi')],
    [
      'changed nodes/hello',
      'Both sides have changed node hello, and not in the same way.',
      'base {"id":"hello","type":"send-message@1","config":{"prompt":"Hello {{name}}"}}',
      'a {"id":"hello","type":"delay@1","config":{"duration":"1s"}} <- changeType {"node":"hello","to":"delay@1"} <- configure {"node":"hello","config":{"duration":"1s"}} <- setActions {"node":"hello","onEnter":[],"onLeave":{}}',
      'b {"id":"hello","type":"send-message@1","config":{"prompt":"Hi"}} <- configure {"node":"hello","config":{"prompt":"Hi"}} <- setActions {"node":"hello","onEnter":[],"onLeave":{}}',
    ],
  ],
  [
    'a node of two other types',
    [
      alterNode('hello', {
        type: 'delay@1',
        config: { duration: '1s' },
        label: 'Wait',
        position: { x: 1, y: 1 },
        meta: { x: 1 },
      }),
    ],
    [
      alterNode('hello', {
        type: 'set-variables@1',
        config: { assignments: [{ variable: 'count', value: '1' }] },
        label: 'Set',
        position: { x: 2, y: 2 },
        onEnter: [{ set: 'count', to: '1' }],
        onLeave: { next: [{ set: 'count', to: '2' }] },
        meta: { x: 2 },
      }),
    ],
    [
      'changed nodes/hello',
      'Both sides have changed node hello, and not in the same way.',
      'base {"id":"hello","type":"send-message@1","config":{"prompt":"Hello {{name}}"}} <- label {"node":"hello"} <- move {"nodes":{"hello":null}} <- setMeta {"node":"hello"}',
      'a {"id":"hello","type":"delay@1","config":{"duration":"1s"},"label":"Wait","position":{"x":1,"y":1},"meta":{"x":1}} <- changeType {"node":"hello","to":"delay@1"} <- configure {"node":"hello","config":{"duration":"1s"}} <- label {"node":"hello","label":"Wait"} <- setActions {"node":"hello","onEnter":[],"onLeave":{}}',
      'b {"id":"hello","type":"set-variables@1","config":{"assignments":[{"variable":"count","value":"1"}]},"onEnter":[{"set":"count","to":"1"}],"onLeave":{"next":[{"set":"count","to":"2"}]},"label":"Set","position":{"x":2,"y":2},"meta":{"x":2}} <- changeType {"node":"hello","to":"set-variables@1"} <- configure {"node":"hello","config":{"assignments":[{"variable":"count","value":"1"}]}} <- move {"nodes":{"hello":{"x":2,"y":2}}} <- setActions {"node":"hello","onEnter":[{"set":"count","to":"1"}],"onLeave":{"next":[{"set":"count","to":"2"}]}} <- setMeta {"node":"hello","meta":{"x":2}}',
    ],
  ],
  [
    'a node of another type with a label that clashes',
    [alterNode('hello', { type: 'delay@1', config: { duration: '1s' }, label: 'Wait' })],
    [{ type: 'label', node: 'hello', label: 'Say' }],
    [
      'addedTwice nodes/hello/label',
      'Both sides have added node hello label, and not the same.',
      'base nothing <- label {"node":"hello"}',
      'a "Wait" <- label {"node":"hello","label":"Wait"}',
      'b "Say"',
    ],
  ],
  [
    'a node of another type with a label',
    [alterNode('hello', { type: 'delay@1', config: { duration: '1s' } })],
    [{ type: 'label', node: 'hello', label: 'Say' }],
    [],
  ],
]

const CONNECTORS: Case[] = [
  [
    'where it leads',
    [reconnect('hello:next', 'lost')],
    [reconnect('hello:next', 'count')],
    [
      'changed connectors/hello:next/to',
      'Both sides have changed connector hello:next to, and not in the same way.',
      'base "done"',
      'a "lost" <- reconnect {"connector":"hello:next","to":"lost"}',
      'b "count" <- reconnect {"connector":"hello:next","to":"count"}',
    ],
  ],
  [
    'where it leads, once nowhere',
    [reconnect('hello:next', null)],
    [reconnect('hello:next', 'count')],
    [
      'removedAndChanged connectors/hello:next/to',
      'One side has removed connector hello:next to, the other has changed it.',
      'base "done" <- reconnect {"connector":"hello:next","to":"done"}',
      'a nothing <- reconnect {"connector":"hello:next","to":null}',
      'b "count"',
    ],
  ],
  [
    'its label',
    [{ type: 'label', connector: 'ask:valid', label: 'A' }],
    [{ type: 'label', connector: 'ask:valid', label: 'B' }],
    [
      'changed connectors/ask:valid/label',
      'Both sides have changed connector ask:valid label, and not in the same way.',
      'base "yes"',
      'a "A" <- label {"connector":"ask:valid","label":"A"}',
      'b "B" <- label {"connector":"ask:valid","label":"B"}',
    ],
  ],
  [
    'a label that one has removed',
    [{ type: 'label', connector: 'ask:valid' }],
    [{ type: 'label', connector: 'ask:valid', label: 'B' }],
    [
      'removedAndChanged connectors/ask:valid/label',
      'One side has removed connector ask:valid label, the other has changed it.',
      'base "yes" <- label {"connector":"ask:valid","label":"yes"}',
      'a nothing <- label {"connector":"ask:valid"}',
      'b "B"',
    ],
  ],
  [
    'a label that both have given',
    [{ type: 'label', connector: 'hello:next', label: 'A' }],
    [{ type: 'label', connector: 'hello:next', label: 'B' }],
    [
      'addedTwice connectors/hello:next/label',
      'Both sides have added connector hello:next label, and not the same.',
      'base nothing <- label {"connector":"hello:next"}',
      'a "A"',
      'b "B" <- label {"connector":"hello:next","label":"B"}',
    ],
  ],
  [
    'its data of the host',
    [meta({ weight: 2, style: 'bold' }, { connector: 'ask:valid' })],
    [meta({ weight: 3, style: 'thin' }, { connector: 'ask:valid' })],
    [
      'changed connectors/ask:valid/meta',
      'Both sides have changed connector ask:valid meta, and not in the same way.',
      'base {"style":"bold","weight":1}',
      'a {"style":"bold","weight":2} <- setMeta {"connector":"ask:valid","meta":{"style":"bold","weight":2}}',
      'b {"style":"bold","weight":3} <- setMeta {"connector":"ask:valid","meta":{"style":"bold","weight":3}}',
    ],
  ],
  [
    'data of the host that one has removed',
    [meta(undefined, { connector: 'ask:valid' })],
    [meta({ weight: 3, style: 'thin' }, { connector: 'ask:valid' })],
    [
      'removedAndChanged connectors/ask:valid/meta',
      'One side has removed connector ask:valid meta, the other has changed it.',
      'base {"weight":1,"style":"thin"} <- setMeta {"connector":"ask:valid","meta":{"weight":1,"style":"thin"}}',
      'a nothing <- setMeta {"connector":"ask:valid"}',
      'b {"weight":3,"style":"thin"}',
    ],
  ],
  [
    'the outcome that it leaves',
    [{ type: 'reconnect', connector: 'hello:next', from: { node: 'hello', outcome: 'on:error' } }],
    [{ type: 'reconnect', connector: 'hello:next', from: { node: 'count', outcome: 'on:error' } }],
    [
      'changed connectors/hello:next/from',
      'Both sides have changed connector hello:next from, and not in the same way.',
      'base {"node":"hello","outcome":"next"}',
      'a {"node":"hello","outcome":"on:error"} <- reconnect {"connector":"hello:next","from":{"node":"hello","outcome":"on:error"}}',
      'b {"node":"count","outcome":"on:error"} <- reconnect {"connector":"hello:next","from":{"node":"count","outcome":"on:error"}}',
    ],
  ],
  [
    'the outcome that it leaves, and where it leads',
    [
      {
        type: 'reconnect',
        connector: 'hello:next',
        from: { node: 'hello', outcome: 'on:error' },
        to: 'count',
      },
    ],
    [
      {
        type: 'reconnect',
        connector: 'hello:next',
        from: { node: 'count', outcome: 'on:error' },
        to: 'lost',
      },
    ],
    [
      'changed connectors/hello:next/from',
      'Both sides have changed connector hello:next from, and not in the same way.',
      'base {"node":"hello","outcome":"next"}',
      'a {"node":"hello","outcome":"on:error"} <- reconnect {"connector":"hello:next","from":{"node":"hello","outcome":"on:error"}}',
      'b {"node":"count","outcome":"on:error"} <- reconnect {"connector":"hello:next","from":{"node":"count","outcome":"on:error"}}',
      'changed connectors/hello:next/to',
      'Both sides have changed connector hello:next to, and not in the same way.',
      'base "done"',
      'a "count" <- reconnect {"connector":"hello:next","to":"count"}',
      'b "lost" <- reconnect {"connector":"hello:next","to":"lost"}',
    ],
  ],
  [
    'an outcome that both have connected',
    [connect('hello', 'on:error', 'done')],
    [connect('hello', 'on:error', 'lost')],
    [
      'addedTwice connectors/hello:on:error/to',
      'Both sides have added connector hello:on:error to, and not the same.',
      'base nothing <- reconnect {"connector":"hello:on:error","to":null}',
      'a "done"',
      'b "lost" <- reconnect {"connector":"hello:on:error","to":"lost"}',
    ],
  ],
  [
    'an outcome that both have connected under other ids',
    [connect('hello', 'on:error', 'done', 'x')],
    [connect('hello', 'on:error', 'lost', 'y')],
    [
      'addedTwice connectors/x/to',
      'Both sides have added connector x to, and not the same.',
      'base nothing <- reconnect {"connector":"x","to":null}',
      'a "done"',
      'b "lost" <- reconnect {"connector":"x","to":"lost"}',
    ],
  ],
  [
    'an outcome that both have connected alike under other ids',
    [connect('hello', 'on:error', 'done', 'y')],
    [connect('hello', 'on:error', 'done', 'x')],
    [],
  ],
  [
    'an outcome that one has connected anew',
    [{ type: 'disconnect', connector: 'hello:next' }, connect('hello', 'next', 'lost', 'x')],
    [reconnect('hello:next', 'count')],
    [
      'changed connectors/x/to',
      'Both sides have changed connector x to, and not in the same way.',
      'base "done"',
      'a "lost" <- reconnect {"connector":"x","to":"lost"}',
      'b "count" <- reconnect {"connector":"x","to":"count"}',
    ],
  ],
  [
    'an outcome that both have connected anew',
    [{ type: 'disconnect', connector: 'hello:next' }, connect('hello', 'next', 'lost', 'x')],
    [{ type: 'disconnect', connector: 'hello:next' }, connect('hello', 'next', 'count', 'y')],
    [
      'changed connectors/x/to',
      'Both sides have changed connector x to, and not in the same way.',
      'base "done"',
      'a "lost" <- reconnect {"connector":"x","to":"lost"}',
      'b "count" <- reconnect {"connector":"x","to":"count"}',
    ],
  ],
  [
    'an outcome that both have connected without an end',
    [connect('hello', 'on:error', 'done')],
    [{ type: 'connect', from: { node: 'hello', outcome: 'on:error' } }],
    [],
  ],
  [
    'an outcome that one connects and the other moves a connector to',
    [{ type: 'reconnect', connector: 'hello:next', from: { node: 'hello', outcome: 'on:error' } }],
    [connect('hello', 'on:error', 'lost')],
    [
      'sameOutcome connectors/hello:next',
      'Both sides lead the outcome that connector hello:next leaves somewhere, and only one can.',
      'base nothing <- disconnect {"connector":"hello:next"}',
      'a {"id":"hello:next","from":{"node":"hello","outcome":"on:error"},"to":"done"}',
      'b {"id":"hello:next","from":{"node":"hello","outcome":"on:error"},"to":"lost"} <- reconnect {"connector":"hello:next","to":"lost"}',
    ],
  ],
  [
    'an outcome that both move connectors to',
    [{ type: 'reconnect', connector: 'hello:next', from: { node: 'hello', outcome: 'on:error' } }],
    [{ type: 'reconnect', connector: 'count:next', from: { node: 'hello', outcome: 'on:error' } }],
    [
      'sameOutcome connectors/count:next',
      'Both sides lead the outcome that connector count:next leaves somewhere, and only one can.',
      'base nothing <- disconnect {"connector":"count:next"}',
      'a {"id":"count:next","from":{"node":"hello","outcome":"on:error"},"to":"done"}',
      'b {"id":"count:next","from":{"node":"hello","outcome":"on:error"},"to":"done"}',
    ],
  ],
  [
    'an outcome that both move connectors to, one with a label that clashes',
    [
      { type: 'reconnect', connector: 'hello:next', from: { node: 'hello', outcome: 'on:error' } },
      { type: 'label', connector: 'hello:next', label: 'A' },
    ],
    [
      { type: 'reconnect', connector: 'count:next', from: { node: 'hello', outcome: 'on:error' } },
      { type: 'label', connector: 'hello:next', label: 'B' },
    ],
    [
      'sameOutcome connectors/hello:next',
      'Both sides lead the outcome that connector hello:next leaves somewhere, and only one can.',
      'base nothing <- disconnect {"connector":"hello:next"}',
      'a {"id":"hello:next","from":{"node":"hello","outcome":"on:error"},"to":"done","label":"A"}',
      'b {"id":"hello:next","from":{"node":"hello","outcome":"on:error"},"to":"done"} <- label {"connector":"hello:next"}',
    ],
  ],
  [
    'one that one has removed',
    [{ type: 'disconnect', connector: 'hello:next' }],
    [reconnect('hello:next', 'count')],
    [
      'removedAndChanged connectors/hello:next',
      'One side has removed connector hello:next, the other has changed it.',
      'base {"id":"hello:next","from":{"node":"hello","outcome":"next"},"to":"done"} <- reconnect {"connector":"hello:next","to":"done"}',
      'a nothing <- disconnect {"connector":"hello:next"}',
      'b {"id":"hello:next","from":{"node":"hello","outcome":"next"},"to":"count"}',
    ],
  ],
  [
    'one that one has removed with its data',
    [{ type: 'disconnect', connector: 'ask:valid' }],
    [{ type: 'label', connector: 'ask:valid', label: 'B' }],
    [
      'removedAndChanged connectors/ask:valid',
      'One side has removed connector ask:valid, the other has changed it.',
      'base {"id":"ask:valid","from":{"node":"ask","outcome":"valid"},"to":"menu","label":"yes","meta":{"weight":1,"style":"thin"}} <- label {"connector":"ask:valid","label":"yes"}',
      'a nothing <- disconnect {"connector":"ask:valid"}',
      'b {"id":"ask:valid","from":{"node":"ask","outcome":"valid"},"to":"menu","label":"B","meta":{"weight":1,"style":"thin"}}',
    ],
  ],
  ['one that went with its node and was led elsewhere', [remove('hello')], [reconnect('menu:1', 'done')], []],
  [
    'one that leads from a node that both have removed',
    [reconnect('menu:1', 'done'), remove('hello')],
    [reconnect('menu:1', 'lost'), remove('hello')],
    [
      'changed connectors/menu:1/to',
      'Both sides have changed connector menu:1 to, and not in the same way.',
      'base is "hello"',
      'a "done"',
      'b "lost" <- reconnect {"connector":"menu:1","to":"lost"}',
    ],
  ],
  [
    'one led away from a node that is gone',
    [reconnect('menu:1', 'done'), remove('hello')],
    [reconnect('menu:1', 'count')],
    [
      'changed connectors/menu:1/to',
      'Both sides have changed connector menu:1 to, and not in the same way.',
      'base is "hello"',
      'a "done" <- reconnect {"connector":"menu:1","to":"done"}',
      'b "count"',
    ],
  ],
  [
    'one led away from a node that is gone, once nowhere',
    [reconnect('menu:1', null), remove('hello')],
    [reconnect('menu:1', 'count')],
    [
      'removedAndChanged connectors/menu:1/to',
      'One side has removed connector menu:1 to, the other has changed it.',
      'base is "hello"',
      'a nothing <- reconnect {"connector":"menu:1","to":null}',
      'b "count"',
    ],
  ],
  [
    'one moved away from a node that both have removed',
    [
      { type: 'reconnect', connector: 'hello:next', from: { node: 'count', outcome: 'on:error' } },
      remove('hello'),
    ],
    [
      { type: 'reconnect', connector: 'hello:next', from: { node: 'ask', outcome: 'on:error' } },
      remove('hello'),
    ],
    [
      'changed connectors/hello:next/from',
      'Both sides have changed connector hello:next from, and not in the same way.',
      'base is {"node":"hello","outcome":"next"}',
      'a {"node":"count","outcome":"on:error"} <- reconnect {"connector":"hello:next","from":{"node":"count","outcome":"on:error"}}',
      'b {"node":"ask","outcome":"on:error"}',
    ],
  ],
  [
    'two of one id',
    [connect('hello', 'on:error', 'lost', 'x')],
    [connect('count', 'on:error', 'lost', 'x')],
    [],
  ],
  [
    'two of one id where the name of the outcome is taken',
    [connect('hello', 'on:error', 'lost', 'x')],
    [connect('count', 'on:error', 'lost', 'x'), connect('ask', 'on:error', 'lost', 'hello:on:error')],
    [],
  ],
  [
    'all its members',
    [alterConnector('hello:next', { to: 'count', label: 'A', meta: { x: 1 } })],
    [
      { type: 'disconnect', connector: 'hello:next' },
      { ...connect('hello', 'next', 'lost', 'z'), label: 'B' } as EditCommand,
    ],
    [
      'addedTwice connectors/z/label',
      'Both sides have added connector z label, and not the same.',
      'base nothing <- label {"connector":"z"}',
      'a "A"',
      'b "B" <- label {"connector":"z","label":"B"}',
      'changed connectors/z/to',
      'Both sides have changed connector z to, and not in the same way.',
      'base "done"',
      'a "count" <- reconnect {"connector":"z","to":"count"}',
      'b "lost" <- reconnect {"connector":"z","to":"lost"}',
    ],
  ],
]

const NOTES: Case[] = [
  [
    'its text',
    [{ type: 'changeNote', note: 'first', text: 'A' }],
    [{ type: 'changeNote', note: 'first', text: 'B' }],
    [
      'changed notes/first/text',
      'Both sides have changed note first text, and not in the same way.',
      'base "Look"',
      'a "A" <- changeNote {"note":"first","text":"A"}',
      'b "B" <- changeNote {"note":"first","text":"B"}',
    ],
  ],
  [
    'its node',
    [{ type: 'changeNote', note: 'first', node: 'ask' }],
    [{ type: 'changeNote', note: 'first', node: 'menu' }],
    [
      'changed notes/first/node',
      'Both sides have changed note first node, and not in the same way.',
      'base "hello"',
      'a "ask" <- changeNote {"note":"first","node":"ask"}',
      'b "menu" <- changeNote {"note":"first","node":"menu"}',
    ],
  ],
  [
    'its node, once none',
    [{ type: 'changeNote', note: 'first', node: null }],
    [{ type: 'changeNote', note: 'first', node: 'menu' }],
    [
      'removedAndChanged notes/first/node',
      'One side has removed note first node, the other has changed it.',
      'base "hello" <- changeNote {"note":"first","node":"hello"}',
      'a nothing <- changeNote {"note":"first","node":null}',
      'b "menu"',
    ],
  ],
  [
    'a node that both have given it',
    [{ type: 'changeNote', note: 'free', node: 'ask' }],
    [{ type: 'changeNote', note: 'free', node: 'menu' }],
    [
      'addedTwice notes/free/node',
      'Both sides have added note free node, and not the same.',
      'base nothing <- changeNote {"note":"free","node":null}',
      'a "ask"',
      'b "menu" <- changeNote {"note":"free","node":"menu"}',
    ],
  ],
  [
    'its place',
    [{ type: 'move', notes: { first: { x: 3, y: 3 } } }],
    [{ type: 'move', notes: { first: { x: 4, y: 4 } } }],
    [
      'changed notes/first/position',
      'Both sides have changed note first position, and not in the same way.',
      'base {"x":1,"y":1}',
      'a {"x":3,"y":3} <- move {"notes":{"first":{"x":3,"y":3}}}',
      'b {"x":4,"y":4} <- move {"notes":{"first":{"x":4,"y":4}}}',
    ],
  ],
  [
    'a place that both have given it',
    [{ type: 'move', notes: { free: { x: 3, y: 3 } } }],
    [{ type: 'move', notes: { free: { x: 4, y: 4 } } }],
    [
      'addedTwice notes/free/position',
      'Both sides have added note free position, and not the same.',
      'base nothing <- move {"notes":{"free":null}}',
      'a {"x":3,"y":3}',
      'b {"x":4,"y":4} <- move {"notes":{"free":{"x":4,"y":4}}}',
    ],
  ],
  [
    'a place that one has taken away',
    [{ type: 'move', notes: { first: null } }],
    [{ type: 'move', notes: { first: { x: 4, y: 4 } } }],
    [
      'removedAndChanged notes/first/position',
      'One side has removed note first position, the other has changed it.',
      'base {"x":1,"y":1} <- move {"notes":{"first":{"x":1,"y":1}}}',
      'a nothing <- move {"notes":{"first":null}}',
      'b {"x":4,"y":4}',
    ],
  ],
  [
    'its data of the host',
    [meta({ by: 'a', at: 1 }, { note: 'first' })],
    [meta({ by: 'b', at: 2 }, { note: 'first' })],
    [
      'changed notes/first/meta',
      'Both sides have changed note first meta, and not in the same way.',
      'base {"at":2,"by":"me"}',
      'a {"at":2,"by":"a"} <- setMeta {"note":"first","meta":{"at":2,"by":"a"}}',
      'b {"at":2,"by":"b"} <- setMeta {"note":"first","meta":{"at":2,"by":"b"}}',
    ],
  ],
  [
    'data of the host that one has removed',
    [meta(undefined, { note: 'first' })],
    [meta({ by: 'b', at: 1 }, { note: 'first' })],
    [
      'removedAndChanged notes/first/meta',
      'One side has removed note first meta, the other has changed it.',
      'base {"by":"me","at":1} <- setMeta {"note":"first","meta":{"by":"me","at":1}}',
      'a nothing <- setMeta {"note":"first"}',
      'b {"by":"b","at":1}',
    ],
  ],
  [
    'data of the host that both have added',
    [meta({ x: 1 }, { note: 'free' })],
    [meta({ x: 2 }, { note: 'free' })],
    [
      'addedTwice notes/free/meta',
      'Both sides have added note free meta, and not the same.',
      'base nothing <- setMeta {"note":"free"}',
      'a {"x":1}',
      'b {"x":2} <- setMeta {"note":"free","meta":{"x":2}}',
    ],
  ],
  [
    'one that one has removed',
    [{ type: 'remove', notes: ['first'] }],
    [{ type: 'changeNote', note: 'first', text: 'B' }],
    [
      'removedAndChanged notes/first',
      'One side has removed note first, the other has changed it.',
      'base {"id":"first","node":"hello","text":"Look","position":{"x":1,"y":1},"meta":{"by":"me","at":1}} <- changeNote {"note":"first","text":"Look"}',
      'a nothing <- remove {"notes":["first"]}',
      'b {"id":"first","node":"hello","text":"B","position":{"x":1,"y":1},"meta":{"by":"me","at":1}}',
    ],
  ],
  [
    'one that one has removed, and the other has moved and attached',
    [{ type: 'remove', notes: ['free'] }],
    [
      { type: 'changeNote', note: 'free', text: 'B', node: 'ask' },
      { type: 'move', notes: { free: { x: 4, y: 4 } } },
      meta({ x: 2 }, { note: 'free' }),
    ],
    [
      'removedAndChanged notes/free',
      'One side has removed note free, the other has changed it.',
      'base {"id":"free","text":"Free"} <- changeNote {"note":"free","text":"Free","node":null} <- move {"notes":{"free":null}} <- setMeta {"note":"free"}',
      'a nothing <- remove {"notes":["free"]}',
      'b {"id":"free","text":"B","node":"ask","position":{"x":4,"y":4},"meta":{"x":2}}',
    ],
  ],
  [
    'one that went with its node and was changed',
    [remove('hello')],
    [{ type: 'changeNote', note: 'first', node: 'ask', text: 'B' }],
    [],
  ],
  [
    'one that both have taken from a node that is gone',
    [{ type: 'changeNote', note: 'first', node: 'ask' }, remove('hello')],
    [{ type: 'changeNote', note: 'first', node: 'menu' }],
    [
      'changed notes/first/node',
      'Both sides have changed note first node, and not in the same way.',
      'base is "hello"',
      'a "ask" <- changeNote {"note":"first","node":"ask"}',
      'b "menu" <- changeNote {"note":"first","node":"menu"}',
    ],
  ],
  [
    'different members',
    [{ type: 'changeNote', note: 'first', text: 'A' }],
    [
      { type: 'move', notes: { first: { x: 4, y: 4 } } },
      { type: 'changeNote', note: 'first', node: 'ask' },
    ],
    [],
  ],
  [
    'one that hangs at a node that is not there',
    [alter({ notes: [{ ...base.notes[0]!, node: 'nowhere' }] })],
    [{ type: 'changeNote', note: 'first', text: 'B', node: 'ask' }],
    [
      'changed notes/first/node',
      'Both sides have changed note first node, and not in the same way.',
      'base "hello"',
      'a "nowhere" <- replace',
      'b "ask" <- changeNote {"note":"first","node":"ask"}',
    ],
  ],
  [
    'one that one has removed, and that one hangs at a node that is not there',
    [{ type: 'remove', notes: ['first'] }],
    [alter({ notes: [{ ...base.notes[0]!, node: 'nowhere' }] })],
    [
      'removedAndChanged notes/first',
      'One side has removed note first, the other has changed it.',
      'base {"id":"first","node":"hello","text":"Look","position":{"x":1,"y":1},"meta":{"by":"me","at":1}} <- changeNote {"note":"first","node":"hello"}',
      'a nothing <- remove {"notes":["first"]}',
      'b {"id":"first","node":"nowhere","text":"Look","position":{"x":1,"y":1},"meta":{"by":"me","at":1}}',
    ],
  ],
  [
    'one that both have added alike',
    [{ type: 'addNote', note: { id: 'n', text: 'A' } }],
    [{ type: 'addNote', note: { id: 'n', text: 'A' } }],
    [],
  ],
]

const SETTINGS: Case[] = [
  [
    'a member of a variable',
    [{ type: 'changeVariable', name: 'name', changes: { label: 'A' } }],
    [{ type: 'changeVariable', name: 'name', changes: { label: 'B' } }],
    [
      'changed settings/variables/name/label',
      'Both sides have changed settings variables.name.label, and not in the same way.',
      'base "Name" <- changeVariable {"name":"name","changes":{"label":"Name"}}',
      'a "A" <- changeVariable {"name":"name","changes":{"label":"A"}}',
      'b "B" <- changeVariable {"name":"name","changes":{"label":"B"}}',
    ],
  ],
  [
    'a member of a variable that one has removed',
    [{ type: 'changeVariable', name: 'name', changes: { label: null } }],
    [{ type: 'changeVariable', name: 'name', changes: { label: 'B' } }],
    [
      'removedAndChanged settings/variables/name/label',
      'One side has removed settings variables.name.label, the other has changed it.',
      'base "Name" <- changeVariable {"name":"name","changes":{"label":"Name"}}',
      'a nothing <- changeVariable {"name":"name","changes":{"label":null}}',
      'b "B" <- changeVariable {"name":"name","changes":{"label":"B"}}',
    ],
  ],
  [
    'the default of a variable',
    [{ type: 'changeVariable', name: 'count', changes: { default: { x: 1 } } }],
    [{ type: 'changeVariable', name: 'count', changes: { default: { x: 2 } } }],
    [
      'changed settings/variables/count/default',
      'Both sides have changed settings variables.count.default, and not in the same way.',
      'base 0 <- changeVariable {"name":"count","changes":{"default":0}}',
      'a {"x":1} <- changeVariable {"name":"count","changes":{"default":{"x":1}}}',
      'b {"x":2} <- changeVariable {"name":"count","changes":{"default":{"x":2}}}',
    ],
  ],
  [
    'a default that both have given',
    [{ type: 'changeVariable', name: 'spare', changes: { default: 'x' } }],
    [{ type: 'changeVariable', name: 'spare', changes: { default: 'y' } }],
    [
      'addedTwice settings/variables/spare/default',
      'Both sides have added settings variables.spare.default, and not the same.',
      'base nothing <- changeVariable {"name":"spare","changes":{"default":null}}',
      'a "x" <- changeVariable {"name":"spare","changes":{"default":"x"}}',
      'b "y" <- changeVariable {"name":"spare","changes":{"default":"y"}}',
    ],
  ],
  [
    'lists by name inside a default',
    [{ type: 'changeVariable', name: 'count', changes: { default: [{ name: 'x', to: 1 }] } }],
    [{ type: 'changeVariable', name: 'count', changes: { default: [{ name: 'y', to: 1 }] } }],
    [
      'changed settings/variables/count/default',
      'Both sides have changed settings variables.count.default, and not in the same way.',
      'base 0 <- changeVariable {"name":"count","changes":{"default":0}}',
      'a [{"name":"x","to":1}] <- changeVariable {"name":"count","changes":{"default":[{"name":"x","to":1}]}}',
      'b [{"name":"y","to":1}] <- changeVariable {"name":"count","changes":{"default":[{"name":"y","to":1}]}}',
    ],
  ],
  [
    'a variable that one has removed',
    [{ type: 'removeVariable', name: 'spare' }],
    [{ type: 'changeVariable', name: 'spare', changes: { label: 'B', default: 'x' } }],
    [
      'removedAndChanged settings/variables/spare',
      'One side has removed settings variables.spare, the other has changed it.',
      'base {"name":"spare","type":"text"} <- changeVariable {"name":"spare","changes":{"default":null,"label":null}}',
      'a nothing <- removeVariable {"name":"spare"}',
      'b {"name":"spare","type":"text","label":"B","default":"x"} <- changeVariable {"name":"spare","changes":{}}',
    ],
  ],
  [
    'a variable that one has removed and the other uses',
    [{ type: 'removeVariable', name: 'spare' }],
    [set('hello', ['prompt'], 'Hello {{spare}}')],
    [
      'removedAndUsed settings/variables/spare',
      'One side has removed settings variables.spare, which the other has come to use.',
      'base {"name":"spare","type":"text"} <- changeVariable {"name":"spare","changes":{}}',
      'a nothing <- removeVariable {"name":"spare"}',
      'b {"name":"spare","type":"text"} <- changeVariable {"name":"spare","changes":{}}',
    ],
  ],
  [
    'a variable that both have added',
    [{ type: 'addVariable', variable: { name: 'fresh', type: 'text' } }],
    [{ type: 'addVariable', variable: { name: 'fresh', type: 'number', default: 1 } }],
    [
      'addedTwice settings/variables/fresh',
      'Both sides have added settings variables.fresh, and not the same.',
      'base nothing <- removeVariable {"name":"fresh"}',
      'a {"name":"fresh","type":"text"} <- changeVariable {"name":"fresh","changes":{"default":null,"type":"text"}}',
      'b {"name":"fresh","type":"number","default":1} <- changeVariable {"name":"fresh","changes":{}}',
    ],
  ],
  [
    'a member of a flow outcome',
    [{ type: 'changeFlowOutcome', code: 'ok', changes: { label: 'A' } }],
    [{ type: 'changeFlowOutcome', code: 'ok', changes: { label: 'B' } }],
    [
      'changed settings/outcomes/ok/label',
      'Both sides have changed settings outcomes.ok.label, and not in the same way.',
      'base "Fine" <- changeFlowOutcome {"code":"ok","changes":{"label":"Fine"}}',
      'a "A" <- changeFlowOutcome {"code":"ok","changes":{"label":"A"}}',
      'b "B" <- changeFlowOutcome {"code":"ok","changes":{"label":"B"}}',
    ],
  ],
  [
    'a member of a flow outcome that one has removed',
    [{ type: 'changeFlowOutcome', code: 'ok', changes: { label: null } }],
    [{ type: 'changeFlowOutcome', code: 'ok', changes: { label: 'B' } }],
    [
      'removedAndChanged settings/outcomes/ok/label',
      'One side has removed settings outcomes.ok.label, the other has changed it.',
      'base "Fine" <- changeFlowOutcome {"code":"ok","changes":{"label":"Fine"}}',
      'a nothing <- changeFlowOutcome {"code":"ok","changes":{"label":null}}',
      'b "B" <- changeFlowOutcome {"code":"ok","changes":{"label":"B"}}',
    ],
  ],
  [
    'a flow outcome that one has removed',
    [{ type: 'removeFlowOutcome', code: 'extra' }],
    [{ type: 'changeFlowOutcome', code: 'extra', changes: { kind: 'error', label: 'B' } }],
    [
      'removedAndChanged settings/outcomes/extra',
      'One side has removed settings outcomes.extra, the other has changed it.',
      'base {"code":"extra","kind":"completed"} <- changeFlowOutcome {"code":"extra","changes":{"kind":"completed","label":null}}',
      'a nothing <- removeFlowOutcome {"code":"extra"}',
      'b {"code":"extra","kind":"error","label":"B"} <- changeFlowOutcome {"code":"extra","changes":{}}',
    ],
  ],
  [
    'a flow outcome that one has removed and the other uses',
    [{ type: 'removeFlowOutcome', code: 'extra' }],
    [set('done', ['outcome'], 'extra')],
    [
      'removedAndUsed settings/outcomes/extra',
      'One side has removed settings outcomes.extra, which the other has come to use.',
      'base {"code":"extra","kind":"completed"} <- changeFlowOutcome {"code":"extra","changes":{}}',
      'a nothing <- removeFlowOutcome {"code":"extra"}',
      'b {"code":"extra","kind":"completed"} <- changeFlowOutcome {"code":"extra","changes":{}}',
    ],
  ],
  [
    'a flow outcome that both have added',
    [{ type: 'addFlowOutcome', outcome: { code: 'fresh', kind: 'error' } }],
    [{ type: 'addFlowOutcome', outcome: { code: 'fresh', kind: 'completed', label: 'B' } }],
    [
      'addedTwice settings/outcomes/fresh',
      'Both sides have added settings outcomes.fresh, and not the same.',
      'base nothing <- removeFlowOutcome {"code":"fresh"}',
      'a {"code":"fresh","kind":"error"} <- changeFlowOutcome {"code":"fresh","changes":{"kind":"error","label":null}}',
      'b {"code":"fresh","kind":"completed","label":"B"} <- changeFlowOutcome {"code":"fresh","changes":{}}',
    ],
  ],
  [
    'the order of variables',
    [alter({ settings: { ...base.settings, variables: [...base.settings.variables!].reverse() } })],
    [
      alter({
        settings: { ...base.settings, variables: [1, 0, 2].map((at) => base.settings.variables![at]!) },
      }),
    ],
    [
      'changed settings/variables',
      'Both sides have changed settings variables, and not in the same way.',
      'base [{"name":"name","type":"text","label":"Name"},{"name":"count","type":"number","default":0},{"name":"spare","type":"text"}] <- changeSettings {"path":["variables"],"value":[{"name":"name","type":"text","label":"Name"},{"name":"count","type":"number","default":0},{"name":"spare","type":"text"}]}',
      'a [{"name":"spare","type":"text"},{"name":"count","type":"number","default":0},{"name":"name","type":"text","label":"Name"}] <- changeSettings {"path":["variables"],"value":[{"name":"spare","type":"text"},{"name":"count","type":"number","default":0},{"name":"name","type":"text","label":"Name"}]}',
      'b [{"name":"count","type":"number","default":0},{"name":"name","type":"text","label":"Name"},{"name":"spare","type":"text"}] <- changeSettings {"path":["variables"],"value":[{"name":"count","type":"number","default":0},{"name":"name","type":"text","label":"Name"},{"name":"spare","type":"text"}]}',
    ],
  ],
  [
    'fields of a logbook',
    [setting(['logbooks', 0, 'fields'], ['who', 'a'])],
    [setting(['logbooks', 0, 'fields'], ['who', 'b'])],
    [],
  ],
  [
    'fields of a logbook in other orders',
    [setting(['logbooks', 0, 'fields'], ['x', 'who', 'a'])],
    [setting(['logbooks', 0, 'fields'], ['a', 'who', 'x'])],
    [],
  ],
  [
    'a logbook that one has removed',
    [setting(['logbooks', 0])],
    [setting(['logbooks', 0, 'fields'], ['who', 'b'])],
    [
      'removedAndChanged settings/logbooks',
      'One side has removed settings logbooks, the other has changed it.',
      'base [{"name":"calls","fields":["who"]},{"name":"errors","fields":["what"]}] <- changeSettings {"path":["logbooks"],"value":[{"name":"calls","fields":["who"]},{"name":"errors","fields":["what"]}]}',
      'a [{"name":"errors","fields":["what"]}] <- changeSettings {"path":["logbooks"],"value":[{"name":"errors","fields":["what"]}]}',
      'b [{"name":"calls","fields":["who","b"]},{"name":"errors","fields":["what"]}] <- changeSettings {"path":["logbooks"],"value":[{"name":"calls","fields":["who","b"]},{"name":"errors","fields":["what"]}]}',
    ],
  ],
  [
    'a logbook that one has removed and the other writes to',
    [setting(['logbooks', 0])],
    [{ type: 'setActions', node: 'menu', onEnter: [{ log: 'calls', fields: { who: 'name' } }] }],
    [
      'removedAndUsed settings/logbooks/calls',
      'One side has removed settings logbooks.calls, which the other has come to use.',
      'base {"name":"calls","fields":["who"]} <- changeSettings {"path":["logbooks",0],"value":{"name":"calls","fields":["who"]}}',
      'a nothing <- changeSettings {"path":["logbooks"],"value":[{"name":"errors","fields":["what"]}]}',
      'b {"name":"calls","fields":["who"]} <- changeSettings {"path":["logbooks",0],"value":{"name":"calls","fields":["who"]}}',
    ],
  ],
  [
    'all logbooks that one has removed',
    [setting(['logbooks'])],
    [{ type: 'setActions', node: 'menu', onEnter: [{ log: 'errors', fields: { what: 'name' } }] }],
    [
      'removedAndUsed settings/logbooks/errors',
      'One side has removed settings logbooks.errors, which the other has come to use.',
      'base {"name":"errors","fields":["what"]} <- changeSettings {"path":["logbooks",0],"value":{"name":"errors","fields":["what"]}}',
      'a nothing <- changeSettings {"path":["logbooks"],"value":[]}',
      'b {"name":"errors","fields":["what"]} <- changeSettings {"path":["logbooks",0],"value":{"name":"errors","fields":["what"]}}',
    ],
  ],
  [
    'a logbook that both have added',
    [setting(['logbooks', 2], { name: 'new', fields: ['x'] })],
    [setting(['logbooks', 2], { name: 'new', fields: ['y'] })],
    [
      'addedTwice settings/logbooks',
      'Both sides have added settings logbooks, and not the same.',
      'base [{"name":"calls","fields":["who"]},{"name":"errors","fields":["what"]}] <- changeSettings {"path":["logbooks"],"value":[{"name":"calls","fields":["who"]},{"name":"errors","fields":["what"]}]}',
      'a [{"name":"calls","fields":["who"]},{"name":"errors","fields":["what"]},{"name":"new","fields":["x"]}] <- changeSettings {"path":["logbooks"],"value":[{"name":"calls","fields":["who"]},{"name":"errors","fields":["what"]},{"name":"new","fields":["x"]}]}',
      'b [{"name":"calls","fields":["who"]},{"name":"errors","fields":["what"]},{"name":"new","fields":["y"]}] <- changeSettings {"path":["logbooks"],"value":[{"name":"calls","fields":["who"]},{"name":"errors","fields":["what"]},{"name":"new","fields":["y"]}]}',
    ],
  ],
  [
    'a member of a contact field',
    [setting(['contact', 0, 'label'], 'A')],
    [setting(['contact', 0, 'label'], 'B')],
    [
      'changed settings/contact/tier/label',
      'Both sides have changed settings contact.tier.label, and not in the same way.',
      'base "Tier" <- changeSettings {"path":["contact",0,"label"],"value":"Tier"}',
      'a "A" <- changeSettings {"path":["contact",0,"label"],"value":"A"}',
      'b "B" <- changeSettings {"path":["contact",0,"label"],"value":"B"}',
    ],
  ],
  [
    'a member of a contact field that one has removed',
    [setting(['contact', 0, 'label'])],
    [setting(['contact', 0, 'label'], 'B')],
    [
      'removedAndChanged settings/contact/tier/label',
      'One side has removed settings contact.tier.label, the other has changed it.',
      'base "Tier" <- changeSettings {"path":["contact",0,"label"],"value":"Tier"}',
      'a nothing <- changeSettings {"path":["contact",0,"label"]}',
      'b "B" <- changeSettings {"path":["contact",0,"label"],"value":"B"}',
    ],
  ],
  [
    'a contact field that one has removed',
    [setting(['contact', 0])],
    [setting(['contact', 0, 'label'], 'B')],
    [
      'removedAndChanged settings/contact',
      'One side has removed settings contact, the other has changed it.',
      'base [{"name":"tier","type":"text","label":"Tier"},{"name":"phone","type":"text"}] <- changeSettings {"path":["contact"],"value":[{"name":"tier","type":"text","label":"Tier"},{"name":"phone","type":"text"}]}',
      'a [{"name":"phone","type":"text"}] <- changeSettings {"path":["contact"],"value":[{"name":"phone","type":"text"}]}',
      'b [{"name":"tier","type":"text","label":"B"},{"name":"phone","type":"text"}] <- changeSettings {"path":["contact"],"value":[{"name":"tier","type":"text","label":"B"},{"name":"phone","type":"text"}]}',
    ],
  ],
  [
    'a contact field that one has removed and the other reads',
    [setting(['contact', 0])],
    [set('hello', ['prompt'], 'Hello {{contact.tier}}')],
    [
      'removedAndUsed settings/contact/tier',
      'One side has removed settings contact.tier, which the other has come to use.',
      'base {"name":"tier","type":"text","label":"Tier"} <- changeSettings {"path":["contact",0],"value":{"name":"tier","type":"text","label":"Tier"}}',
      'a nothing <- changeSettings {"path":["contact"],"value":[{"name":"phone","type":"text"}]}',
      'b {"name":"tier","type":"text","label":"Tier"} <- changeSettings {"path":["contact",0],"value":{"name":"tier","type":"text","label":"Tier"}}',
    ],
  ],
  [
    'a contact field that one has removed and the other tells sessions apart by',
    [setting(['contact', 0])],
    [setting(['duplicates', 'identifier'], 'contact.tier')],
    [
      'removedAndUsed settings/contact/tier',
      'One side has removed settings contact.tier, which the other has come to use.',
      'base {"name":"tier","type":"text","label":"Tier"} <- changeSettings {"path":["contact",0],"value":{"name":"tier","type":"text","label":"Tier"}}',
      'a nothing <- changeSettings {"path":["contact"],"value":[{"name":"phone","type":"text"}]}',
      'b {"name":"tier","type":"text","label":"Tier"} <- changeSettings {"path":["contact",0],"value":{"name":"tier","type":"text","label":"Tier"}}',
    ],
  ],
  [
    'limits',
    [setting(['limits', 'maxSteps'], 1)],
    [setting(['limits', 'maxSteps'], 2)],
    [
      'changed settings/limits/maxSteps',
      'Both sides have changed settings limits.maxSteps, and not in the same way.',
      'base 100 <- changeSettings {"path":["limits","maxSteps"],"value":100}',
      'a 1 <- changeSettings {"path":["limits","maxSteps"],"value":1}',
      'b 2 <- changeSettings {"path":["limits","maxSteps"],"value":2}',
    ],
  ],
  [
    'a limit that one has removed',
    [setting(['limits', 'maxSteps'])],
    [setting(['limits', 'maxSteps'], 2)],
    [
      'removedAndChanged settings/limits/maxSteps',
      'One side has removed settings limits.maxSteps, the other has changed it.',
      'base 100 <- changeSettings {"path":["limits","maxSteps"],"value":100}',
      'a nothing <- changeSettings {"path":["limits","maxSteps"]}',
      'b 2 <- changeSettings {"path":["limits","maxSteps"],"value":2}',
    ],
  ],
  [
    'all limits that one has removed',
    [setting(['limits'])],
    [setting(['limits', 'maxSteps'], 2)],
    [
      'removedAndChanged settings/limits',
      'One side has removed settings limits, the other has changed it.',
      'base {"maxSteps":100} <- changeSettings {"path":["limits"],"value":{"maxSteps":100}}',
      'a nothing <- changeSettings {"path":["limits"]}',
      'b {"maxSteps":2} <- changeSettings {"path":["limits"],"value":{"maxSteps":2}}',
    ],
  ],
  [
    'the language',
    [setting(['languages', 'default'], 'es')],
    [setting(['languages', 'default'], 'it')],
    [
      'changed settings/languages/default',
      'Both sides have changed settings languages.default, and not in the same way.',
      'base "en" <- changeSettings {"path":["languages","default"],"value":"en"}',
      'a "es" <- changeSettings {"path":["languages","default"],"value":"es"}',
      'b "it" <- changeSettings {"path":["languages","default"],"value":"it"}',
    ],
  ],
  [
    'a language that one has removed',
    [setting(['languages', 'others', 1])],
    [setting(['languages', 'others', 1, 'required'], false)],
    [
      'removedAndChanged settings/languages/others',
      'One side has removed settings languages.others, the other has changed it.',
      'base [{"tag":"de"},{"tag":"fr","required":true}] <- changeSettings {"path":["languages","others"],"value":[{"tag":"de"},{"tag":"fr","required":true}]}',
      'a [{"tag":"de"}] <- changeSettings {"path":["languages","others"],"value":[{"tag":"de"}]}',
      'b [{"tag":"de"},{"tag":"fr","required":false}] <- changeSettings {"path":["languages","others"],"value":[{"tag":"de"},{"tag":"fr","required":false}]}',
    ],
  ],
  [
    'a member of a language',
    [setting(['languages', 'others', 1, 'required'])],
    [setting(['languages', 'others', 1, 'required'], false)],
    [
      'removedAndChanged settings/languages/others/fr/required',
      'One side has removed settings languages.others.fr.required, the other has changed it.',
      'base true <- changeSettings {"path":["languages","others",1,"required"],"value":true}',
      'a nothing <- changeSettings {"path":["languages","others",1,"required"]}',
      'b false <- changeSettings {"path":["languages","others",1,"required"],"value":false}',
    ],
  ],
  [
    'stop words',
    [setting(['stopWords'], ['stop', 'halt', 'end'])],
    [setting(['stopWords'], ['stop', 'ende', 'end'])],
    [],
  ],
  [
    'stop words in other orders',
    [setting(['stopWords'], ['end', 'stop', 'x'])],
    [setting(['stopWords'], ['end', 'x', 'stop'])],
    [],
  ],
  [
    'stop words that one has removed',
    [setting(['stopWords'])],
    [setting(['stopWords'], ['stop', 'end', 'more'])],
    [
      'removedAndChanged settings/stopWords',
      'One side has removed settings stopWords, the other has changed it.',
      'base ["stop","end"] <- changeSettings {"path":["stopWords"],"value":["stop","end"]}',
      'a nothing <- changeSettings {"path":["stopWords"]}',
      'b ["stop","end","more"] <- changeSettings {"path":["stopWords"],"value":["stop","end","more"]}',
    ],
  ],
  [
    'stop words that stand there twice',
    [setting(['stopWords'], ['stop', 'stop'])],
    [setting(['stopWords'], ['end'])],
    [
      'changed settings/stopWords',
      'Both sides have changed settings stopWords, and not in the same way.',
      'base ["stop","end"] <- changeSettings {"path":["stopWords"],"value":["stop","end"]}',
      'a ["stop","stop"] <- changeSettings {"path":["stopWords"],"value":["stop","stop"]}',
      'b ["end"] <- changeSettings {"path":["stopWords"],"value":["end"]}',
    ],
  ],
  [
    'the rule against duplicates',
    [setting(['duplicates', 'identifier'], 'name')],
    [setting(['duplicates', 'identifier'], 'count')],
    [
      'changed settings/duplicates/identifier',
      'Both sides have changed settings duplicates.identifier, and not in the same way.',
      'base "contact.phone" <- changeSettings {"path":["duplicates","identifier"],"value":"contact.phone"}',
      'a "name" <- changeSettings {"path":["duplicates","identifier"],"value":"name"}',
      'b "count" <- changeSettings {"path":["duplicates","identifier"],"value":"count"}',
    ],
  ],
  [
    'the rule against duplicates that one has removed',
    [setting(['duplicates'])],
    [setting(['duplicates', 'prevent'], false)],
    [
      'removedAndChanged settings/duplicates',
      'One side has removed settings duplicates, the other has changed it.',
      'base {"prevent":true,"identifier":"contact.phone"} <- changeSettings {"path":["duplicates"],"value":{"prevent":true,"identifier":"contact.phone"}}',
      'a nothing <- changeSettings {"path":["duplicates"]}',
      'b {"prevent":false,"identifier":"contact.phone"} <- changeSettings {"path":["duplicates"],"value":{"prevent":false,"identifier":"contact.phone"}}',
    ],
  ],
  [
    'the media folder',
    [setting(['mediaFolder'], 'a')],
    [setting(['mediaFolder'], 'b')],
    [
      'changed settings/mediaFolder',
      'Both sides have changed settings mediaFolder, and not in the same way.',
      'base "media" <- changeSettings {"path":["mediaFolder"],"value":"media"}',
      'a "a" <- changeSettings {"path":["mediaFolder"],"value":"a"}',
      'b "b" <- changeSettings {"path":["mediaFolder"],"value":"b"}',
    ],
  ],
  [
    'the media folder that one has removed',
    [setting(['mediaFolder'])],
    [setting(['mediaFolder'], 'b')],
    [
      'removedAndChanged settings/mediaFolder',
      'One side has removed settings mediaFolder, the other has changed it.',
      'base "media" <- changeSettings {"path":["mediaFolder"],"value":"media"}',
      'a nothing <- changeSettings {"path":["mediaFolder"]}',
      'b "b" <- changeSettings {"path":["mediaFolder"],"value":"b"}',
    ],
  ],
  [
    'data of the host',
    [setting(['meta', 'owner'], 'a')],
    [setting(['meta', 'owner'], 'b')],
    [
      'changed settings/meta/owner',
      'Both sides have changed settings meta.owner, and not in the same way.',
      'base "me" <- changeSettings {"path":["meta","owner"],"value":"me"}',
      'a "a" <- changeSettings {"path":["meta","owner"],"value":"a"}',
      'b "b" <- changeSettings {"path":["meta","owner"],"value":"b"}',
    ],
  ],
  [
    'data of the host that one has removed',
    [setting(['meta'])],
    [setting(['meta', 'owner'], 'b')],
    [
      'removedAndChanged settings/meta',
      'One side has removed settings meta, the other has changed it.',
      'base {"owner":"me","since":1} <- changeSettings {"path":["meta"],"value":{"owner":"me","since":1}}',
      'a nothing <- changeSettings {"path":["meta"]}',
      'b {"owner":"b","since":1} <- changeSettings {"path":["meta"],"value":{"owner":"b","since":1}}',
    ],
  ],
]

const FLOW: Case[] = [
  [
    'the name',
    [{ type: 'describe', name: 'A' }],
    [{ type: 'describe', name: 'B' }],
    [
      'changed name',
      'Both sides have changed flow name, and not in the same way.',
      'base "main" <- describe {"name":"main"}',
      'a "A" <- describe {"name":"A"}',
      'b "B" <- describe {"name":"B"}',
    ],
  ],
  [
    'the remark',
    [{ type: 'describe', remark: 'A' }],
    [{ type: 'describe', remark: 'B' }],
    [
      'changed remark',
      'Both sides have changed flow remark, and not in the same way.',
      'base "A flow" <- describe {"remark":"A flow"}',
      'a "A" <- describe {"remark":"A"}',
      'b "B" <- describe {"remark":"B"}',
    ],
  ],
  [
    'a remark that one has removed',
    [{ type: 'describe', remark: null }],
    [{ type: 'describe', remark: 'B' }],
    [
      'removedAndChanged remark',
      'One side has removed flow remark, the other has changed it.',
      'base "A flow" <- describe {"remark":"A flow"}',
      'a nothing <- describe {"remark":null}',
      'b "B" <- describe {"remark":"B"}',
    ],
  ],
  [
    'the medium',
    [{ type: 'describe', medium: 'voice' }],
    [{ type: 'describe', medium: 'messaging' }],
    [
      'changed medium',
      'Both sides have changed flow medium, and not in the same way.',
      'base "any" <- describe {"medium":"any"}',
      'a "voice" <- describe {"medium":"voice"}',
      'b "messaging" <- describe {"medium":"messaging"}',
    ],
  ],
  [
    'the role',
    [{ type: 'describe', role: 'subflow' }],
    [{ type: 'describe', role: 'exception' }],
    [
      'changed role',
      'Both sides have changed flow role, and not in the same way.',
      'base "main" <- describe {"role":"main"}',
      'a "subflow" <- describe {"role":"subflow"}',
      'b "exception" <- describe {"role":"exception"}',
    ],
  ],
  [
    'whom it faces, by one',
    [{ type: 'describe', audience: 'internal' }],
    [{ type: 'describe', remark: 'B' }],
    [],
  ],
  [
    'data of the host',
    [meta({ team: 'a' })],
    [meta({ team: 'b', more: 1 })],
    [
      'changed meta',
      'Both sides have changed flow meta, and not in the same way.',
      'base {"more":1,"team":"x"} <- setMeta {"meta":{"more":1,"team":"x"}}',
      'a {"more":1,"team":"a"} <- setMeta {"meta":{"more":1,"team":"a"}}',
      'b {"more":1,"team":"b"} <- setMeta {"meta":{"more":1,"team":"b"}}',
    ],
  ],
  [
    'data of the host that one has removed',
    [meta(undefined)],
    [meta({ team: 'b' })],
    [
      'removedAndChanged meta',
      'One side has removed flow meta, the other has changed it.',
      'base {"team":"x"} <- setMeta {"meta":{"team":"x"}}',
      'a nothing <- setMeta {}',
      'b {"team":"b"} <- setMeta {"meta":{"team":"b"}}',
    ],
  ],
]

describe.each([
  ['nodes', NODES],
  ['connectors', CONNECTORS],
  ['notes', NOTES],
  ['settings', SETTINGS],
  ['the flow', FLOW],
])('conflicts of %s, with what settles each', (_, cases) => {
  it.each(cases)('%s', (_name, a, b, conflicts) => {
    expect(checkMerge(base, edit(a), edit(b)).conflicts.flatMap(linesOf)).toEqual(conflicts)
  })
})
