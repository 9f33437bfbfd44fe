import type { Json, JsonObject } from '../base/json.ts'
import { isJsonObject } from '../base/json.ts'
import type { Expression } from '../expressions/types.ts'
import {
  call,
  defineNode,
  type Entry,
  f,
  isImplicitOutcome,
  type NodeContext,
  NodeFault,
  type OutcomeRule,
  type OutcomesBy,
  type SessionEvent,
  wait,
} from '../nodes/index.ts'
import { reportBadName, reportBadNames, valuesOf } from './named-values.ts'

/**
 * Runs another flow as a child and goes on when it has ended: by the child's flow outcome where the config lists
 * it, else by `done`. Variables of the child start with the inputs; outputs bring its variables back. The version
 * is the one pinned when the session started, or with `version: "official"` the one that is official by then.
 *
 * @example
 * { "flow": "billing", "outcomes": ["paid"], "inputs": { "amount": "total" },
 *   "outputs": [{ "variable": "receipt", "from": "receipt_number" }] }
 */
export const callSubflow = defineNode({
  runtime: {
    type: 'call-subflow',
    major: 1,
    outcomes: (config): OutcomesBy<CallOutcomes> => [...new Set([...listedOutcomes(config), 'done'])],
    enter(context) {
      const { flow, version } = context.config
      if (version === 'pinned') return { then: callOf(context) }
      return {
        effects: [{ type: 'flow.resolve', resolve: flow, awaited: true }],
        then: wait({ for: ['result'], timeoutMs: 60_000 }),
      }
    },
    on(event: SessionEvent, _state, context) {
      if (event.type === 'timer')
        throw new NodeFault('flow.notResolved', 'The official version was not named in time')
      if (event.type !== 'result') return undefined
      const hash = isJsonObject(event.body) ? event.body.hash : undefined
      if (typeof hash !== 'string')
        throw new NodeFault('flow.notResolved', event.error ?? 'There is no official version')
      return { then: callOf(context, hash) }
    },
    returned: (flowOutcome, { config }) =>
      (config.outcomes ?? []).includes(flowOutcome) ? flowOutcome : 'done',
  },
  title: 'Call subflow',
  category: 'flow',
  icon: 'nested',
  help: 'Runs another flow and comes back when it has ended.',
  fields: {
    flow: f.flowRef({ label: 'Flow' }),
    version: f.options(['pinned', 'official'], {
      label: 'Version',
      help: 'The one pinned when the session started, or the one that is official when it gets here.',
      default: 'pinned',
    }),
    inputs: f.record(f.expression('any'), {
      label: 'Variables of the subflow to start with',
      optional: true,
    }),
    outputs: f.list(
      f.object({
        variable: f.variable({ label: 'Variable' }),
        from: f.text({ label: 'Variable of the subflow', maxLength: 64 }),
      }),
      { label: 'Variables to bring back', optional: true },
    ),
    outcomes: f.list(f.text({ maxLength: 64, role: 'outcome' }), {
      label: 'Flow outcomes that are led apart',
      help: 'Any other leads to done.',
      optional: true,
    }),
  },
  // Whether the subflow waits is not for the caller to see; one that never does runs into the limit of steps.
  pauses: () => true,
  check({ inputs, outputs, outcomes }, report) {
    // Whether the subflow has the variables is for its release to see.
    reportBadNames(inputs, SUBFLOW_VARIABLE, 'inputs', report)
    if (Array.isArray(outputs)) {
      outputs.forEach((output: Json, index) => {
        const from = isJsonObject(output) ? output.from : undefined
        if (typeof from === 'string' && from !== '')
          reportBadName(from, SUBFLOW_VARIABLE, ['outputs', index, 'from'], report)
      })
    }
    if (!Array.isArray(outcomes)) return
    outcomes.forEach((outcome: Json, index) => {
      if (typeof outcome === 'string' && isImplicitOutcome(outcome)) {
        report('outcome.badName', ['outcomes', index], { outcome })
      }
    })
  },
})

const SUBFLOW_VARIABLE = 'Variable of the subflow'

interface CallConfig {
  readonly flow: string
  readonly inputs: readonly Entry<Expression>[] | undefined
  readonly outputs: readonly { readonly variable: string; readonly from: string }[] | undefined
}

function callOf(context: NodeContext<CallConfig>, hash?: string) {
  const { flow, inputs, outputs = [] } = context.config
  return call({
    flow,
    hash,
    inputs: valuesOf(context, inputs),
    outputs: Object.fromEntries(outputs.map((each) => [each.variable, each.from])),
  })
}

export interface CallOutcomes extends OutcomeRule {
  readonly outcomes: this['config'] extends { readonly outcomes: infer Listed extends readonly string[] }
    ? [...Listed, 'done']
    : ['done']
}

function listedOutcomes({ outcomes }: JsonObject): readonly string[] {
  return Array.isArray(outcomes)
    ? outcomes.filter((outcome: Json) => typeof outcome === 'string' && outcome !== '')
    : []
}
