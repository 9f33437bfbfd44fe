import type { FlowDocument } from '../../../src/index.ts'
import type { Delivery, EffectAnswer, EffectHandler, Store } from '../../../src/runtime/index.ts'
import type { Bureau } from './bureau.ts'
import { node, say, talk } from './flows.ts'

/** A flow that calls a web service, and says something after it. */
export function calling(config: object = {}, id = 'calling'): FlowDocument {
  const call = { method: 'GET', url: 'https://shop.example/stock', ...config }
  return talk(id, { trigger: 'manual' }, [
    node('call', 'http-request@1', call, ['success', 'httpError', 'timeout', 'failed']),
    say('told', 'After the call.'),
  ])
}

/** A flow that has a ticket opened by the host, and waits for it where outcomes are named. */
export function ordering(config: object = {}, id = 'ordering'): FlowDocument {
  const outcomes = 'outcomes' in config ? (config.outcomes as { name: string }[]) : []
  const outs = outcomes.length === 0 ? ['next'] : [...outcomes.map(({ name }) => name), 'failed']
  return talk(id, { trigger: 'manual' }, [
    node('order', 'custom-effect@1', { effect: 'crm.ticket', ...config }, outs),
    say('told', 'Ordered.'),
  ])
}

/** Starts a flow for Ada; its session. */
export async function begin(bureau: Bureau, flow: string, data: object = {}): Promise<string> {
  const started = await bureau.host.trigger({ flow, contact: 'ada-lovelace', channel: 'sms', ...data })
  if (!started.ok) throw new Error(`${started.code}: ${started.reason}`)
  await bureau.host.settled()
  return started.session
}

/** How nodes were left, in order: `<node>:<outcome>`. */
export async function left(bureau: Bureau, session: string): Promise<readonly string[]> {
  const history = await bureau.host.sessions.history(session)
  return history.flatMap(({ entries }) =>
    entries.flatMap((entry) =>
      entry.type === 'leave' || entry.type === 'end' ? [`${entry.node}:${entry.outcome}`] : [],
    ),
  )
}

type Reply = EffectAnswer | undefined | Error | ((delivery: Delivery) => Promise<EffectAnswer | undefined>)

/** A handler that answers by a script, the last reply for ever; and what it was asked. */
export function scripted(...replies: Reply[]) {
  const asked: { readonly key: string; readonly attempt: number; readonly effect: object }[] = []
  const handler: EffectHandler = async (effect, delivery) => {
    asked.push({ key: effect.key, attempt: delivery.attempt, effect })
    const reply = replies.length > 1 ? replies.shift() : replies[0]
    if (reply instanceof Error) throw reply
    return typeof reply === 'function' ? reply(delivery) : reply
  }
  return { handler, asked }
}

/** Lets everything run that needs no clock. */
export async function quiet(turns = 60): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** A store with a session port that a test can break. */
export function breakable(store: Store) {
  let failures = 0
  let refusing: (call: string) => boolean = () => false
  const { sessions } = store
  const broken = new Proxy(sessions, {
    get(target, name: string) {
      const method = target[name as keyof typeof target] as (...given: unknown[]) => Promise<unknown>
      return async (...given: unknown[]) => {
        if (refusing(name)) {
          failures++
          throw new Error('The disk is full')
        }
        return method.apply(target, given)
      }
    },
  })
  return {
    store: { ...store, sessions: broken },
    /** Calls that have failed. */
    get failures() {
      return failures
    },
    /** From now on the calls fail for which this is true. */
    fail(when: (call: string) => boolean) {
      refusing = when
    },
    heal() {
      refusing = () => false
    },
  }
}
