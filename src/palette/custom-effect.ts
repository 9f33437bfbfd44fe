import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import {
  defineNode,
  f,
  type IsGiven,
  isImplicitOutcome,
  type ListedOutcomes,
  type OutcomeRule,
  type OutcomesBy,
  type SessionEvent,
  type When,
  wait,
} from '../nodes/index.ts'
import { isGiven } from './is-given.ts'
import { resultFailed, resultTimedOut } from './results.ts'

/**
 * Asks the host for work of its own, without a node type of its own: an effect of any type with any fields. Where
 * outcomes are named the node waits, and the host answers with a body of `{ "outcome": "<name>" }`; expressions read the
 * body as `nodes.<id>.body`.
 *
 * @example
 * { "effect": "crm.ticket", "fields": { "subject": "trigger.text" }, "outcomes": [{ "name": "opened" }], "timeout": "1m" }
 */
export const customEffect = defineNode({
  runtime: {
    type: 'custom-effect',
    major: 1,
    outcomes: (config): OutcomesBy<EffectOutcomes> => {
      const names = outcomeNames(config)
      if (names.length === 0) return ['next']
      return [...new Set([...names, 'failed', ...(isGiven(config.timeout) ? ['timeout'] : [])])]
    },
    defaults: { timeout: 'failed' },
    enter(context) {
      const { effect, fields = [], outcomes = [], timeout } = context.config
      const values: { [name: string]: Json } = {}
      for (const { name, value } of fields) values[name] = context.evaluate(value)
      // Fields stand apart from what the engine says of an effect, so that no name of theirs is taken.
      if (outcomes.length === 0) return { effects: [{ type: effect, fields: values }], then: 'next' }
      return {
        effects: [{ type: effect, fields: values, awaited: true }],
        then: wait({ for: ['result'], timeoutMs: timeout }),
      }
    },
    on(event: SessionEvent, _state, { config }) {
      const late = config.timeout === undefined ? 'failed' : 'timeout'
      if (event.type === 'timer') return late
      if (event.type !== 'result') return undefined
      const { body = null } = event
      if (resultTimedOut(event)) return late
      if (resultFailed(event)) return { output: { body }, then: 'failed' }
      const named = isJsonObject(body) ? body.outcome : undefined
      const known = (config.outcomes ?? []).find(({ name }) => name === named)
      return { output: { body }, then: known?.name ?? 'failed' }
    },
  },
  title: 'Custom effect',
  category: 'integration',
  icon: 'puzzle',
  help: 'Asks the host for work of its own, and goes on by what comes of it.',
  fields: {
    effect: f.text({
      label: 'Effect',
      help: 'The type under which the host knows the work.',
      maxLength: 128,
      pattern: '^[A-Za-z][A-Za-z0-9_.-]*$',
    }),
    fields: f.record(f.expression('any'), { label: 'Fields', max: 50, optional: true }),
    outcomes: f.list(f.object({ name: f.text({ label: 'Outcome', maxLength: 64, role: 'outcome' }) }), {
      label: 'Outcomes',
      help: 'What the work can come to. Without any the node does not wait.',
      max: 50,
      optional: true,
    }),
    timeout: f.duration({ label: 'Wait at most', help: 'Waits without end unless given.', optional: true }),
  },
  outputs: () => ({ body: 'any' }),
  pauses: (config) => outcomeNames(config).length > 0,
  check(config, report) {
    if (BUILT_IN.has(config.effect as string)) {
      report('config.wrongType', ['effect'], {
        field: 'Effect',
        expected: 'a type of the host’s own, for which there is no other node',
        got: config.effect!,
      })
    }
    entriesOf(config).forEach((entry, index) => {
      const outcome = nameIn(entry)
      if (isImplicitOutcome(outcome)) report('outcome.badName', ['outcomes', index, 'name'], { outcome })
    })
  },
})

/** Types of effects that other nodes ask for: a host takes one of these for theirs, and looks for their members in it. */
const BUILT_IN: ReadonlySet<string> = new Set([
  'call.place',
  'card.send',
  'card.withdraw',
  'contact.update',
  'event.emit',
  'flow.resolve',
  'http.request',
  'log.write',
  'message.send',
  'push.send',
  'script.run',
  'transfer',
  'voice.record',
])

export interface EffectOutcomes extends OutcomeRule {
  readonly outcomes: ListedOutcomes<this['config'], 'outcomes', 'name'> extends infer Listed extends
    readonly string[]
    ? Listed extends readonly []
      ? ['next']
      : [...Listed, 'failed', ...When<IsGiven<this['config'], 'timeout'>, ['timeout']>]
    : never
}

function outcomeNames(config: JsonObject): readonly string[] {
  return entriesOf(config)
    .map(nameIn)
    .filter((name) => name !== '')
}

function entriesOf({ outcomes }: JsonObject): readonly Json[] {
  return Array.isArray(outcomes) ? outcomes : []
}

/** The name of an outcome; empty while it has none. */
function nameIn(entry: Json): string {
  const name = (entry as JsonObject | null)?.name
  return typeof name === 'string' ? name : ''
}
