import { describe, expect, it } from 'vitest'
import { faultsOf, hoverAt, offeredAt } from './compiler.ts'

/** A flow with the given nodes beside a start and an end. */
const flow = (nodes: string, settings = "outcomes: [{ code: 'resolved', kind: 'completed' }]") => `
import { createBuilder } from 'sluice/builder'
import { palette } from 'sluice/palette'
const { buildFlow } = createBuilder({ nodes: palette })
export const document = buildFlow({
  id: 'support',
  settings: { ${settings} },
  nodes: {
    begin: { type: 'start', to: { next: 'finish' } },
    finish: { type: 'end', config: { outcome: 'resolved' } },
    ${nodes}
  },
})`

const MENU = `type: 'menu', config: { prompt: 'Which?', options: [{ value: '1' }, { value: '2' }] }`

/** What is wrong with a flow, as the compiler says it, with the place it says it at. */
const ERRORS: readonly (readonly [what: string, nodes: string, at: string, message: string])[] = [
  [
    'a node type that is not there',
    `ask: { type: 'colect-input', config: { prompt: '?' } }`,
    'type',
    `Type '"colect-input"' is not assignable to type '"start" | "end" | "record" | "send-message" | "receive-message" | "send-card" | "push-notification" | "menu" | "collect-input" | "branch" | "evaluate" | "business-hours" | "loop" | ... 13 more ... | "place-call"'. Did you mean '"collect-input"'?`,
  ],
  [
    'a target that is not there',
    `say: { type: 'send-message', config: { prompt: 'Hi' }, to: { next: 'finnish' } }`,
    'next',
    `Type '"finnish"' is not assignable to type '"begin" | "finish" | "say"'. Did you mean '"finish"'?`,
  ],
  [
    'an outcome that the type never has',
    `say: { type: 'send-message', config: { prompt: 'Hi' }, to: { done: 'finish' } }`,
    'done',
    `Type '"finish"' is not assignable to type '"send-message has no outcome done, only next"'.`,
  ],
  [
    'an outcome that no option of the menu has',
    `which: { ${MENU}, to: { '1': 'finish', '3': 'finish' } }`,
    `'3'`,
    `Type '"finish"' is not assignable to type '"menu has no outcome 3, only 1, 2, noMatch"'.`,
  ],
  [
    'a timeout of a node that waits without end',
    `which: { ${MENU}, to: { timeout: 'finish' } }`,
    'timeout',
    `Type '"finish"' is not assignable to type '"menu has no outcome timeout, only 1, 2, noMatch"'.`,
  ],
  [
    'an outcome of an end',
    `stop: { type: 'end', config: { outcome: 'resolved' }, to: { next: 'begin' } }`,
    'next',
    `Type '"begin"' is not assignable to type '"end has no outcomes"'.`,
  ],
  [
    'an action on an outcome that is not there',
    `say: { type: 'send-message', config: { prompt: 'Hi' }, onLeave: { sent: [] } }`,
    'sent',
    `Type 'never[]' is not assignable to type '"send-message has no outcome sent, only next"'.`,
  ],
  [
    'a misspelt field',
    `say: { type: 'send-message', config: { promt: 'Hi' } }`,
    'promt',
    `Object literal may only specify known properties, but 'promt' does not exist in type '{ readonly prompt: PromptSource; readonly await?: "none" | "accepted"; readonly timeout?: string; readonly channel?: string; }'. Did you mean to write 'prompt'?`,
  ],
  [
    'a field that is missing',
    `say: { type: 'send-message', config: { channel: 'sms' } }`,
    'config',
    `Property 'prompt' is missing in type '{ channel: string; }' but required in type '{ readonly prompt: PromptSource; readonly await?: "none" | "accepted"; readonly timeout?: string; readonly channel?: string; }'.`,
  ],
  [
    'a config that is missing',
    `say: { type: 'send-message' }`,
    'say',
    `Property 'config' is missing in type`,
  ],
  [
    'a field of the wrong kind',
    `which: { type: 'menu', config: { prompt: 'Which?', options: [{ value: 1 }] } }`,
    'value',
    `Type 'number' is not assignable to type 'string'.`,
  ],
  [
    'a word that is no choice',
    `go: { type: 'transfer', config: { kind: 'person', to: '42' } }`,
    'kind',
    `Type '"person"' is not assignable to type '"number" | "agent" | "queue"'.`,
  ],
  [
    'an end with an outcome that the flow does not declare',
    `stop: { type: 'end', config: { outcome: 'resolvd' } }`,
    'outcome',
    `Type '"resolvd"' is not assignable to type '"resolved"'.`,
  ],
]

const ACCEPTED: readonly (readonly [what: string, nodes: string])[] = [
  [
    'signals, and signals of a host',
    `which: { ${MENU}, to: { 'on:hangup': 'finish', 'on:error': 'finish', 'on:away': 'finish' } }`,
  ],
  ['numbers as keys', `which: { ${MENU}, to: { 1: 'finish', 2: 'begin' } }`],
  [
    'ways with a label, an id or no target',
    `which: { ${MENU}, to: { 1: { to: 'finish', label: 'Yes', id: 'c1' }, 2: {} } }`,
  ],
  [
    'what no node type is said of',
    `odd: { unchecked: 'mneu@7', config: { anything: [null] }, to: { wrong: 'finish' } }`,
  ],
  [
    'outcomes of a list that is not written down',
    `pick: { type: 'evaluate', config: { expression: 'n', choices: names.map((value) => ({ value })) }, to: { anything: 'finish' } }`,
  ],
  [
    'targets that are not sure',
    `say: { type: 'send-message', config: { prompt: 'Hi' }, to: { next: names.length > 0 ? 'finish' : 'begin' } }`,
  ],
]

describe('the compiler', () => {
  const found = faultsOf(ERRORS.map(([, nodes]) => flow(nodes)))

  it.each(ERRORS.map((error, index) => [...error, index] as const))(
    'names %s',
    (_, _nodes, at, message, index) => {
      const faults = found[index]!
      expect(faults.map((each) => each.at)).toEqual([at])
      expect(faults[0]!.message.slice(0, message.length)).toBe(message)
      expect(faults[0]!.message.length).toBeLessThan(1_000)
    },
  )

  it('names what is wrong with several nodes apart', () => {
    const [faults] = faultsOf([
      flow(`a: { type: 'send-mesage' }, b: { ${MENU}, to: { '3': 'c' } }, c: { type: 'end' }`),
    ])
    expect(faults!.map(({ at }) => at)).toEqual(['type', "'3'", 'c'])
  })

  it('asks for flow outcomes where none are declared', () => {
    expect(faultsOf([flow('', '')])[0]).toEqual([
      {
        at: 'outcome',
        message: `Type '"resolved"' is not assignable to type '"settings.outcomes declares no flow outcome"'.`,
      },
    ])
  })

  const takes = faultsOf(ACCEPTED.map(([, nodes]) => `${flow(nodes)}\ndeclare const names: string[]`))

  it.each(ACCEPTED.map(([what], index) => [what, index] as const))('takes %s', (_, index) => {
    expect(takes[index]).toEqual([])
  })

  it('knows the outcomes of node types of a host', () => {
    const source = flow(
      `stars: { type: 'acme-rating', config: { question: '?' }, to: { happy: 'finish', glad: 'finish' } }`,
    )
      .replace('nodes: palette', 'nodes: [...palette, rating]')
      .replace(
        'const { buildFlow',
        `import { defineNode, f } from 'sluice/nodes'
const rating = defineNode({
  runtime: { type: 'acme-rating', major: 1, outcomes: () => ['happy', 'sad'], enter: () => 'happy' },
  title: 'Rating', category: 'messaging', icon: 'star', help: 'Asks.', fields: { question: f.prompt() },
})
const { buildFlow`,
      )
    expect(faultsOf([source])[0]!.map(({ message }) => message)).toEqual([
      `Type '"finish"' is not assignable to type '"acme-rating has no outcome glad, only happy, sad"'.`,
    ])
  })

  it('takes anything of node types that nothing is known of', () => {
    const source = flow(`odd: { type: 'acme-odd', config: { a: 1 }, to: { whatever: 'finish' } }`)
      .replace('nodes: palette', 'nodes: palette as readonly NodeType[]')
      .replace('const { buildFlow', `import type { NodeType } from 'sluice/nodes'\nconst { buildFlow`)
    expect(faultsOf([source])).toEqual([[]])
  })

  it('calls later majors by their pin', () => {
    const source = (type: string) =>
      flow(`say: { type: '${type}', to: { next: 'finish' } }`)
        .replace('nodes: palette', 'nodes: [...palette, second]')
        .replace(
          'const { buildFlow',
          `import { defineNode } from 'sluice/nodes'
const second = defineNode({
  runtime: { type: 'acme-say', major: 2, outcomes: () => ['next'], enter: () => 'next' },
  title: 'Say', category: 'messaging', icon: 'star', help: 'Says.', fields: {},
})
const { buildFlow`,
        )
    const [pinned, bare] = faultsOf([source('acme-say@2'), source('acme-say')])
    expect(pinned).toEqual([])
    expect(bare).toHaveLength(1)
  })
})

describe('an editor', () => {
  it.each([
    ['buildFlow', flow('').replace('= buildFlow', '= build|Flow')],
    ['createBuilder', flow('').replace('= createBuilder', '= create|Builder')],
    ['the document', flow('').replace('const document', 'const docu|ment')],
  ])('shows no screenful of types for %s', (_, source) => {
    expect(hoverAt(source).length).toBeLessThan(1_500)
  })

  it('offers node types, fields, outcomes and targets', () => {
    expect(offeredAt(flow(`a: { type: '|' }`))).toEqual(
      expect.arrayContaining(['menu', 'start', 'collect-input']),
    )
    expect(offeredAt(flow(`a: { type: 'menu', config: { | } }`))).toEqual(
      expect.arrayContaining(['prompt', 'options', 'timeout']),
    )
    expect(offeredAt(flow(`a: { ${MENU}, to: { | } }`))).toEqual(
      expect.arrayContaining([`"1"`, `"2"`, 'noMatch', `"on:hangup"`]),
    )
    expect(offeredAt(flow(`a: { ${MENU}, to: { noMatch: '|' } }`))).toEqual(
      expect.arrayContaining(['begin', 'finish', 'a']),
    )
  })
})
