import { isJsonObject, type Json } from '../base/json.ts'
import { isFault, notUsable, type Value } from './fault.ts'
import { presentKeys } from './functions/value-functions.ts'
import { type Link, type LinkContext, type Run, slotOf, weigh } from './link-context.ts'
import { spend } from './meter.ts'
import type { Tree } from './tree.ts'
import type { Environment, EvaluationFault } from './types.ts'

type MacroTree =
  | readonly ['all' | 'exists' | 'exists_one' | 'filter', Tree, number, Tree]
  | readonly ['map', Tree, number, Tree, Tree?]

/** Takes one entry and what its test gave; a value ends the loop with that value. */
type Step = (entry: Json, tested: Value, env: Environment) => Value | undefined

/**
 * A loop over a range. Each turn costs one operation, and one for each operator, call and name in its body.
 */
export function linkMacro(tree: MacroTree, cx: LinkContext, link: Link): Run {
  const [op, rangeTree, number, ...bodyTrees] = tree
  const bodies = bodyTrees as readonly Tree[]
  const range = link(rangeTree, cx)
  const slot = slotOf(cx, number)
  const cost = bodies.reduce<number>((sum, body) => sum + weigh(body), 1)
  const test = link(bodies[0]!, cx)
  const start = LOOPS[op](bodies.length === 2 ? link(bodies[1]!, cx) : undefined)
  const { meter } = cx
  cx.spends = true
  return (env) => {
    const entries = entriesOf(range(env))
    if (isFault(entries)) return entries
    const loop = start()
    let answer: Value | undefined
    for (let i = 0; i < entries.length && answer === undefined; i++) {
      const entry = entries[i] ?? null
      slot.value = entry
      answer = spend(meter, cost) ?? loop.step(entry, test(env), env)
    }
    // Values of a session are not kept alive between evaluations.
    slot.value = null
    return answer === undefined ? loop.end() : answer
  }
}

function entriesOf(range: Value): readonly Json[] | EvaluationFault {
  if (Array.isArray(range)) return range as readonly Json[]
  return isJsonObject(range) && !isFault(range) ? presentKeys(range) : notUsable(range)
}

type Start = () => { step: Step; end: () => Value }

/** `all` and `exists`: a decisive entry settles the result, even where another one is a fault. */
const quantifier = (decisive: boolean) => (): Start => () => {
  let broken: EvaluationFault | undefined
  return {
    step(_, tested) {
      if (tested === decisive) return decisive
      if (typeof tested !== 'boolean') broken ??= notUsable(tested)
      return undefined
    },
    end: () => broken ?? !decisive,
  }
}

/** The others: an entry whose test is a fault makes the whole a fault. */
const LOOPS: Readonly<Record<MacroTree[0], (value: Run | undefined) => Start>> = {
  all: quantifier(false),
  exists: quantifier(true),
  exists_one: () => () => {
    let found = 0
    return {
      step(_, tested) {
        if (typeof tested !== 'boolean') return notUsable(tested)
        if (tested) found++
        return undefined
      },
      end: () => found === 1,
    }
  },
  filter: () => () => {
    const kept: Json[] = []
    return {
      step(entry, tested) {
        if (typeof tested !== 'boolean') return notUsable(tested)
        if (tested) kept.push(entry)
        return undefined
      },
      end: () => kept,
    }
  },
  map: (value) => () => {
    const made: Json[] = []
    return {
      step(_, tested, env) {
        if (value !== undefined && typeof tested !== 'boolean') return notUsable(tested)
        const result = value === undefined ? tested : tested ? value(env) : undefined
        if (isFault(result)) return result
        if (result !== undefined) made.push(result)
        return undefined
      },
      end: () => made,
    }
  },
}
