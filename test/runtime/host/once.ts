import type { FlowDocument } from '../../../src/index.ts'
import type { Started } from '../../../src/runtime/index.ts'
import { ADA, type Bureau } from './bureau.ts'
import { ask, node, talk } from './flows.ts'

export const MANUAL = { trigger: 'manual', data: [{ name: 'order', type: 'text' }] }
export const BY_ORDER = { duplicates: { prevent: true, identifier: 'trigger.data.order' } }

/** Waits for an answer, and is in the flow once for each order. */
export const once = (prompt = 'a?', start: object = MANUAL): FlowDocument =>
  talk('once', start, [ask('a', prompt)], BY_ORDER)
/** Waits where `wait` is among the data, and ends at once where it is not. */
export const quick = (): FlowDocument => {
  const data = [...MANUAL.data, { name: 'wait', type: 'boolean', optional: true }]
  const choice = node('choice', 'branch@1', {
    rules: [{ outcome: 'stay', condition: 'has(trigger.data.wait)' }],
    default: 'go',
  })
  const flow = talk('once', { ...MANUAL, data }, [choice, ask('a', 'a?')], BY_ORDER)
  const connectors = flow.connectors.flatMap((each) =>
    each.from.node === 'choice'
      ? [
          { ...each, id: 'stay', from: { node: 'choice', outcome: 'stay' } },
          { ...each, id: 'go', from: { node: 'choice', outcome: 'go' }, to: 'end' },
        ]
      : [each],
  )
  return { ...flow, connectors }
}

export const trigger = (bureau: Bureau, order: string | undefined, more: object = {}): Promise<Started> =>
  bureau.host.trigger({
    flow: 'once',
    contact: { address: ADA },
    channel: 'sms',
    ...more,
    data: { ...(order === undefined ? {} : { order }), ...(more as { data?: object }).data },
  })

export const end = (bureau: Bureau, session: string) =>
  bureau.host.deliver(session, { type: 'text', text: 'x' })
