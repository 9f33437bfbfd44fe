import { describe, expect, it } from 'vitest'
import type { Variable } from '../../src/document/index.ts'
import { ask, assign, type FlowSpec, node, say } from '../support/flow.ts'
import { around, codes, findings, goodFlow } from './find.ts'

const NAME: Variable = { name: 'name', type: 'text' }
const GREET = say('Hello {{name}}')
const PICK = node('branch', { rules: [{ outcome: 'a', condition: 'true' }] })

/** The places at which a flow with an unset variable `name` is warned about. */
function places(spec: Partial<FlowSpec>) {
  const found = findings(goodFlow({ variables: [NAME], ...spec })).filter(
    ({ code }) => code === 'variable.readBeforeSet',
  )
  return found.map(({ location }) => `${location.node}:${location.path!.join('.')}`)
}

describe('a variable that is read before any path sets it', () => {
  it('[VAL-10] is a warning that shows where it is read', () => {
    expect(findings(around(GREET, { variables: [NAME] }))).toEqual([
      {
        code: 'variable.readBeforeSet',
        severity: 'warning',
        location: { node: 'it', path: ['config', 'prompt'], range: { start: 8, end: 12 } },
        details: { name: 'name' },
      },
    ])
  })

  it('[VAL-10] is warned of once in a node', () => {
    expect(places({ nodes: { hello: say('{{name}} {{name}} {{vars.name}}') } })).toEqual([
      'hello:config.prompt',
    ])
  })

  it('[VAL-10] is warned of by its long name too', () => {
    expect(places({ nodes: { hello: say('{{vars.name}}') } })).toEqual(['hello:config.prompt'])
  })

  it('[VAL-10] is no warning when a node before has set it', () => {
    const nodes = { set: assign({ name: '"Ada"' }), hello: GREET }
    expect(
      codes(
        goodFlow({ variables: [NAME], nodes, connect: ['start -> set', 'set -> hello', 'hello -> done'] }),
      ),
    ).toEqual([])
  })

  it('[VAL-10] is a warning where only one of two paths sets it', () => {
    const nodes = { pick: PICK, set: assign({ name: '"Ada"' }), hello: GREET }
    const connect = ['start -> pick', 'pick:a -> set', 'pick:else -> hello', 'set -> hello', 'hello -> done']
    expect(places({ nodes, connect })).toEqual(['hello:config.prompt'])
  })

  it('[VAL-10] is no warning where both paths set it', () => {
    const nodes = {
      pick: PICK,
      set: assign({ name: '"Ada"' }),
      other: assign({ name: '"Eve"' }),
      hello: GREET,
    }
    const connect = [
      'start -> pick',
      'pick:a -> set',
      'pick:else -> other',
      'set -> hello',
      'other -> hello',
      'hello -> done',
    ]
    expect(places({ nodes, connect })).toEqual([])
  })

  it('[VAL-10] is a warning in the node that sets it: values are computed before they are stored', () => {
    expect(places({ nodes: { hello: assign({ name: 'name + "!"' }) } })).toEqual([
      'hello:config.assignments.0.value',
    ])
  })

  it('[VAL-10] is set on the outcomes on which the node sets it, and on no other', () => {
    const nodes = { ask: ask('?', { variable: 'name', timeout: '1s' }), hello: GREET }
    const greetAfter = (outcome: string) => ['start -> ask', `ask:${outcome} -> hello`, 'hello -> done']
    expect(places({ nodes, connect: [...greetAfter('valid'), 'ask:timeout -> done'] })).toEqual([])
    expect(places({ nodes, connect: [...greetAfter('timeout'), 'ask:valid -> done'] })).toEqual([
      'hello:config.prompt',
    ])
    expect(
      places({ nodes, connect: [...greetAfter('on:error'), 'ask:valid -> done', 'ask:timeout -> done'] }),
    ).toEqual(['hello:config.prompt'])
  })

  it('[VAL-10] is set by an action on the way in, before the config is read', () => {
    const set = [{ set: 'name', to: '"Ada"' }]
    expect(places({ nodes: { hello: { ...GREET, onEnter: set } } })).toEqual([])
  })

  it('[VAL-10] is not yet set where the action itself reads it', () => {
    const actions = [{ set: 'name', to: 'name + "!"' }]
    expect(places({ nodes: { hello: { ...say('Hi'), onEnter: actions } } })).toEqual(['hello:onEnter.0.to'])
  })

  it('[VAL-10] is set by an action on the way out, for that outcome alone', () => {
    const pick = { ...PICK, onLeave: { a: [{ set: 'name', to: '"Ada"' }] } }
    const connect = (to: string) => ['start -> pick', `pick:${to} -> hello`, 'hello -> done']
    expect(
      places({ nodes: { pick, hello: GREET }, connect: [...connect('a'), 'pick:else -> done'] }),
    ).toEqual([])
    expect(
      places({ nodes: { pick, hello: GREET }, connect: [...connect('else'), 'pick:a -> done'] }),
    ).toEqual(['hello:config.prompt'])
  })

  it('[VAL-10] is set by what a subflow brings back', () => {
    const call = node('call-subflow', { flow: 'other', outputs: [{ variable: 'name', from: 'n' }] })
    expect(
      places({
        nodes: { call, hello: GREET },
        connect: ['start -> call', 'call:done -> hello', 'hello -> done'],
      }),
    ).toEqual([])
  })

  it('[VAL-10] is still unset in the first round of a cycle', () => {
    const nodes = { hello: GREET, ask: ask('?', { variable: 'name' }), pick: PICK }
    const connect = [
      'start -> hello',
      'hello -> ask',
      'ask:valid -> pick',
      'pick:a -> hello',
      'pick:else -> done',
    ]
    expect(places({ nodes, connect })).toEqual(['hello:config.prompt'])
  })

  it('[VAL-10] stays set through a cycle', () => {
    const nodes = { hello: GREET, ask: ask('?', { variable: 'name' }), pick: PICK }
    const connect = [
      'start -> ask',
      'ask:valid -> hello',
      'hello -> pick',
      'pick:a -> ask',
      'pick:else -> done',
    ]
    expect(places({ nodes, connect })).toEqual([])
  })

  it.each<[string, Partial<Variable>]>([
    ['has a default', { default: '' }],
    ['is asked for at release', { askAtRelease: true }],
  ])('[VAL-10] is no warning when it %s', (_, extra) => {
    expect(places({ nodes: { hello: GREET }, variables: [{ ...NAME, ...extra }] })).toEqual([])
  })

  it('[VAL-10] is a warning when its default is null', () => {
    expect(places({ nodes: { hello: GREET }, variables: [{ ...NAME, default: null }] })).toEqual([
      'hello:config.prompt',
    ])
  })

  it('[VAL-10] is no warning in a subflow, whose caller may set it', () => {
    expect(places({ nodes: { hello: GREET }, role: 'subflow' })).toEqual([])
    expect(places({ nodes: { hello: GREET }, role: 'exception' })).toEqual(['hello:config.prompt'])
  })

  it('[VAL-10] is no warning in a node that cannot be reached', () => {
    const connect = ['start -> done', 'hello -> done']
    expect(places({ nodes: { hello: GREET }, connect })).toEqual([])
  })

  it.each([
    'default(name, "friend")',
    'has(vars.name)',
    'name == null',
    'name != null',
    'name == null ? "friend" : name',
    'name != null ? name : "friend"',
    'name != null && name.startsWith("A")',
    'name == null || name.startsWith("A")',
  ])('[VAL-10] is no warning where it is asked for, as in %s', (source) => {
    expect(places({ nodes: { hello: say(`Hello {{${source}}}`) } })).toEqual([])
  })

  it.each([
    'default("friend", name)',
    'name == "Ada"',
    'name == null ? name : ""',
    '(name == null) == (name == "")',
  ])('[VAL-10] is a warning where nobody has asked, as in %s', (source) => {
    expect(places({ nodes: { hello: say(`Hello {{${source}}}`) } })).toEqual(['hello:config.prompt'])
  })

  it('[VAL-10] is a warning beside a read that has asked', () => {
    const found = findings(
      goodFlow({ variables: [NAME], nodes: { hello: say('{{default(name, "")}} {{name}}') } }),
    )
    expect(found).toMatchObject([{ location: { range: { start: 24, end: 28 } } }])
  })

  it('[VAL-10] is told apart from each other one, also beyond 32 of them', () => {
    const variables = Array.from({ length: 70 }, (_, i): Variable => ({ name: `v${i}`, type: 'text' }))
    const set = assign(
      Object.fromEntries(variables.filter((_, i) => i % 7 !== 3).map(({ name }) => [name, '"x"'])),
    )
    const nodes = { set, hello: say(variables.map(({ name }) => `{{${name}}}`).join('')) }
    const found = findings(
      goodFlow({ variables, nodes, connect: ['start -> set', 'set -> hello', 'hello -> done'] }),
    )
    expect(found.map(({ details }) => details!.name)).toEqual(
      [3, 10, 17, 24, 31, 38, 45, 52, 59, 66].map((i) => `v${i}`),
    )
  })
})
