import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { file } from '../cli/flows.ts'
import { cli } from '../cli/helpers.ts'

/*
 * A flow that a stranger drew. It stays where it is: the project neither ships it nor repeats its words.
 */

const FLOW = fileURLToPath(
  new URL('../../../shared/corpora/twilio-studio/order-lookup-ivr.json', import.meta.url),
)
const missing = !existsSync(FLOW)
const title = missing
  ? 'a call through order-lookup-ivr (skipped: ../shared/corpora is not here)'
  : 'a call through order-lookup-ivr'

const allowed = { allow_list: [{ status: 200, body: { matched: true } }] }
const call = async (mocks: object, ...events: unknown[]) => {
  const result = await cli([
    'run',
    FLOW,
    '--json',
    '--script',
    file(events),
    '--mock',
    file(mocks),
    '--trigger',
    '{"type": "call", "from": "+15550100"}',
  ])
  const path = result.lines
    .filter(({ type }) => type === 'step')
    .map(({ node, outcome }) => `${node}:${outcome}`)
  return {
    ...result,
    path,
    last: result.lines.at(-1),
    effects: result.lines.filter(({ type }) => type === 'effect').map(({ effect }) => effect),
  }
}

describe.skipIf(missing)(title, () => {
  it('is connected in the end', async () => {
    const mocks = {
      ...allowed,
      order_lookup: [{ status: 200, body: '+15550199' }],
      transfer: [{ body: { result: 'connected' } }],
    }
    const { code, err, path, last, effects, lines } = await call(mocks, { type: 'digits', digits: '4711' })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(path.slice(1)).toEqual([
      'allow_list:success',
      'allow_split:true',
      'order_no:valid',
      'order_lookup:success',
      'say_play_1:next',
      'forward_call:connected',
      'end_completed:completed',
    ])
    expect(last).toMatchObject({ status: 'ended', flowOutcome: 'completed' })
    expect(effects.map(({ type, body, to }) => ({ type, ...(body && { body }), ...(to && { to }) }))).toEqual(
      [
        { type: 'http.request', body: 'storeNumber=%2B15550100' },
        { type: 'message.send' },
        { type: 'http.request', body: 'orderNumber=4711' },
        { type: 'message.send' },
        { type: 'transfer', to: '+15550199' },
      ],
    )
    expect(lines.filter(({ type }) => type === 'said')).toHaveLength(2)
  })

  it('from a number that is not allowed hears so', async () => {
    const { last, path } = await call({ allow_list: [{ body: { matched: false } }] })
    expect(path).toContain('error:next')
    expect(last).toMatchObject({ status: 'ended', flowOutcome: 'completed' })
  })

  it.each([
    ['nothing is looked up', { allow_list: [{ status: 500 }] }, [], 'failed'],
    ['the answer says nothing', { allow_list: [{ body: {} }] }, [], 'incomplete'],
    ['nobody enters a number', allowed, [{ type: 'timeout' }], 'incomplete'],
    ['the order is not found', { ...allowed, order_lookup: [{ error: 'timeout' }] }, ['1'], 'failed'],
  ])('ends where %s', async (_, mocks, events, flowOutcome) => {
    const { code, last } = await call(mocks, ...events)
    expect(code).toBe(0)
    expect(last).toMatchObject({ status: 'ended', flowOutcome })
  })

  it('validates without errors', async () => {
    const { code, lines } = await cli(['validate', FLOW, '--json'])
    expect(code).toBe(0)
    expect(lines[0]).toEqual([])
  })
})
