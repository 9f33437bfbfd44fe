import type { Template } from '../expressions/types.ts'
import { defineNode, type Entry, f, type NodeContext, type SessionEvent, wait } from '../nodes/index.ts'
import { resultFailed, resultTimedOut } from './results.ts'

/**
 * Hands the contact over to a number, an agent or a queue and waits for what comes of it. The host answers with
 * a body of `{ "result": "connected" }`, `busy`, `noAnswer` or `failed`, which expressions read as
 * `nodes.<id>.result`. What whoever takes over should know goes along as `data`.
 *
 * @example { "kind": "number", "to": "{{contact.manager}}", "timeout": "30s" }
 */
export const transfer = defineNode({
  runtime: {
    type: 'transfer',
    major: 1,
    outcomes: () => ['connected', 'busy', 'noAnswer', 'failed'],
    defaults: { busy: 'noAnswer', noAnswer: 'failed' },
    enter(context) {
      const { config } = context
      return {
        effects: [
          {
            type: 'transfer',
            kind: config.kind,
            to: context.text(config.to),
            timeoutMs: config.timeout,
            ...dataOf(config.data, context),
            awaited: true,
          },
        ],
        then: wait({ for: ['result'], timeoutMs: config.timeout + TIMER_SLACK_MS }),
      }
    },
    on(event: SessionEvent) {
      const result = resultOf(event)
      return result === undefined ? undefined : { output: { result }, then: result }
    },
  },
  title: 'Transfer',
  category: 'voice',
  icon: 'phone-forward',
  help: 'Connects the contact with a number, an agent or a queue.',
  fields: {
    kind: f.options(['number', 'agent', 'queue'], { label: 'To a', default: 'number' }),
    to: f.template({ label: 'Number, agent or queue' }),
    timeout: f.duration({ label: 'Ring at most', default: '30s' }),
    data: f.record(f.template(), {
      label: 'Data',
      help: 'For whoever takes over: a reason, a priority, a ticket.',
      max: 50,
      optional: true,
    }),
  },
  outputs: () => ({ result: 'text' }),
  pauses: () => true,
})

/** The provider's own ringing time should pass first; the wait's timer is the net below it. */
const TIMER_SLACK_MS = 30_000

/** What came of it; `undefined` for an event that says nothing of that. */
function resultOf(event: SessionEvent): 'connected' | 'busy' | 'noAnswer' | 'failed' | undefined {
  if (event.type === 'timer') return 'noAnswer'
  if (event.type !== 'result') return undefined
  if (resultTimedOut(event)) return 'noAnswer'
  if (resultFailed(event)) return 'failed'
  const { result } = (event.body ?? {}) as { result?: unknown }
  return result === 'busy' || result === 'noAnswer' || result === 'failed' ? result : 'connected'
}

function dataOf(
  entries: readonly Entry<Template>[] | undefined,
  context: NodeContext<unknown>,
): { readonly data?: { readonly [name: string]: string } } {
  if (entries === undefined || entries.length === 0) return {}
  return { data: Object.fromEntries(entries.map(({ name, value }) => [name, context.text(value)])) }
}
