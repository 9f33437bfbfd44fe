import { expect, it } from 'vitest'
import type { JsonObject } from '../../src/base/index.ts'
import { createRegistry } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { fixtureTypes, nodesOf, readFixture } from '../palette/node-fixtures.ts'
import { textsOf } from './compiler.ts'

/*
 * What the compiler takes for the outcomes of a node is what the node type says when it runs: for every node of every
 * fixture, and for configs that fixtures leave out.
 */

const REGISTRY = createRegistry(palette)

/** Configs for rules that no fixture takes. */
const MORE: { readonly [type: string]: readonly JsonObject[] } = {
  menu: [
    { prompt: '?', options: [{ value: '1' }], timeout: '' },
    { prompt: '?', options: [{ value: '1' }], retries: 9, countFailures: true, timeout: '1s' },
    { prompt: '?', options: [{ value: '1' }], countFailures: true },
  ],
  'collect-input': [
    { prompt: '?', accept: 'text' },
    { prompt: '?', accept: 'date', retries: 2, countFailures: true },
    { prompt: '?', minLength: 2, timeout: '1s' },
    { prompt: '?', undelivered: true },
    { prompt: '?', countFailures: true },
  ],
  branch: [{ rules: [{ outcome: 'a', condition: 'true' }] }],
  evaluate: [{ expression: '1' }, { expression: '1', choices: [] }],
  'receive-message': [
    { byChannel: true, channels: ['a', 'b'] },
    { byChannel: true, channels: [] },
    { channels: ['a'] },
  ],
  'send-card': [{ title: 'x' }, { title: 'x', buttons: [{ value: 'a' }], expiry: '1h' }],
  'custom-effect': [{ effect: 'x' }, { effect: 'x', outcomes: [{ name: 'a' }], timeout: '1s' }],
  'call-subflow': [{ flow: 'x' }, { flow: 'x', outcomes: ['paid'] }],
  jump: [{}, { flow: 'x' }],
  'wait-for-event': [{ event: 'x' }, { event: 'x', timeout: '1s' }],
  'send-message': [
    { prompt: 'x', await: 'accepted' },
    { prompt: 'x', await: 'none' },
  ],
  'push-notification': [{ title: 'x', prompt: 'x', await: 'accepted' }],
}

const cases = [...REGISTRY].flatMap(({ runtime }) => {
  const flows = readFixture(runtime.type)?.flows ?? []
  const configs = flows.flatMap(({ flow }) => nodesOf(flow, runtime.type).map(({ config }) => config))
  return [...configs, ...(MORE[runtime.type] ?? [])].map((config) => ({ type: runtime.type, config }))
})

const source = `import type { OutcomesOf, RuleIn } from 'sluice/nodes'
import type { palette } from 'sluice/palette'
type Type<Name extends string> = Extract<(typeof palette)[number], { readonly runtime: { readonly type: Name } }>
type Outcomes<Name extends string, Config> = OutcomesOf<RuleIn<ReturnType<Type<Name>['runtime']['outcomes']>>, Config>[number]
${cases.map(({ type, config }, index) => `type Case${index} = Outcomes<'${type}', ${JSON.stringify(config)}>`).join('\n')}
`

it('knows a node of every type', () => {
  expect([...new Set(cases.map(({ type }) => type))].sort()).toEqual(fixtureTypes())
})

const found = textsOf(
  source,
  cases.map((_, index) => `Case${index}`),
)

it.each(cases.map((each, index) => ({ ...each, index })))('knows the outcomes of $type ($index)', (each) => {
  const outcomes = REGISTRY.get(`${each.type}@1`)!.runtime.outcomes(each.config)
  expect([...(found[each.index] ?? ['any text'])].sort()).toEqual([...new Set(outcomes)].sort())
})
