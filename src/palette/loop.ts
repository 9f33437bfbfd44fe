import type { Json } from '../base/json.ts'
import type { Expression } from '../expressions/types.ts'
import { defineNode, f, type NodeContext, NodeFault } from '../nodes/index.ts'
import { isGiven } from './is-given.ts'

/**
 * Goes round once for each entry of a list, or a number of times: by `each` for a round, and by `done` when there is
 * none left. The way back leads into the node again. List and number are computed anew for each round. More rounds than
 * `max` fail the node, before the first where they are known by then.
 *
 * @example { "list": "trigger.data.orders", "item": "order" }
 * @example { "times": "3", "index": "round" }
 */
export const loop = defineNode({
  runtime: {
    type: 'loop',
    major: 1,
    outcomes: () => ['each', 'done'],
    enter(context) {
      const { config, count } = context
      const entries = config.list === undefined ? undefined : entriesOf(context, config.list)
      const rounds = entries === undefined ? timesOf(context, config.times) : entries.length
      if (rounds > config.max)
        throw new NodeFault('loop.tooLong', `The loop would go round more than ${config.max} times`)
      if (count >= rounds) return { count: 0, then: 'done' }
      const item = entries?.[count] ?? null
      const set: { [variable: string]: Json } = {}
      if (config.item !== undefined) set[config.item] = item
      if (config.index !== undefined) set[config.index] = count
      return {
        set,
        output: entries === undefined ? { index: count } : { index: count, item },
        count: count + 1,
        then: 'each',
      }
    },
  },
  title: 'Loop',
  category: 'flow',
  icon: 'repeat',
  help: 'Goes round for each entry of a list, or so many times.',
  fields: {
    list: f.expression({ list: 'any' }, { label: 'For each of', optional: true }),
    times: f.expression('number', { label: 'So many times', optional: true }),
    item: f.variable({ label: 'Keep the entry in', optional: true }),
    index: f.variable({ label: 'Keep the number of the round in', help: 'From 0 on.', optional: true }),
    max: f.number({
      label: 'At most so many rounds',
      help: 'The node fails where there would be more.',
      min: 1,
      max: 1_000,
      integer: true,
      default: 100,
    }),
  },
  outputs: ({ list }) => (isGiven(list) ? { index: 'number', item: 'any' } : { index: 'number' }),
  outputsFollowVariables: true,
  valuesFollowExpressions: true,
  setsVariablesOn: () => ['each'],
  boundedOutcomes: () => ['each'],
  check({ list, times, item }, report) {
    if (!isGiven(list) && !isGiven(times)) report('config.missing', ['list'], { field: 'For each of' })
    const reportBoth = (name: string, field: string, beside: string) =>
      report('config.wrongType', [name], { field, expected: `empty where ${beside} is given`, got: 'both' })
    if (isGiven(list) && isGiven(times)) reportBoth('times', 'So many times', 'a list')
    if (!isGiven(list) && isGiven(item)) reportBoth('item', 'Keep the entry in', 'a number of times')
  },
})

function entriesOf(context: NodeContext<unknown>, list: Expression): readonly Json[] {
  const entries = context.evaluate(list)
  if (!Array.isArray(entries))
    throw new NodeFault('loop.noList', 'What the loop should go through is no list')
  return entries
}

function timesOf(context: NodeContext<unknown>, times: Expression | undefined): number {
  const rounds = times === undefined ? 0 : context.evaluate(times)
  if (typeof rounds !== 'number' || !Number.isInteger(rounds) || rounds < 0)
    throw new NodeFault('loop.noNumber', 'The number of rounds is not a whole number from 0 on')
  return rounds
}
