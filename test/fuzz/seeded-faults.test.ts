import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import type { NodeRuntime, Reaction, WaitRequest } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { Violation } from './check-run.ts'
import { type AnyNodeType, runSeed } from './fuzz.ts'

/** Each fault is found within so many seeds. */
const BOUND = 600

/** A fault that a node type may have, and how the fuzz is to notice it. */
interface Fault {
  readonly name: string
  /** The laws of which one is to be broken. */
  readonly laws: readonly string[]
  /** The runtime with the fault; `undefined` where a node type cannot have it. */
  seed(runtime: NodeRuntime): NodeRuntime | undefined
}

const OWN_FAULT = 'a valid flow fails only by its own fault'

const FAULTS: readonly Fault[] = [
  {
    name: 'throws on entry',
    laws: [OWN_FAULT],
    seed: (runtime) => ({
      ...runtime,
      enter() {
        throw new Error('seeded')
      },
    }),
  },
  {
    name: 'throws on an event',
    laws: [OWN_FAULT],
    seed: (runtime) =>
      runtime.on === undefined
        ? undefined
        : {
            ...runtime,
            on() {
              throw new Error('seeded')
            },
          },
  },
  {
    name: 'leaves by an unknown outcome',
    laws: [OWN_FAULT],
    seed: (runtime) => ({ ...runtime, enter: () => 'nowhere' }),
  },
  {
    name: 'counts in secret',
    laws: ['starts the same twice', 'a snapshot round trip changes nothing'],
    seed(runtime) {
      let entries = 0
      return changed(runtime, (reaction) => ({
        ...reaction,
        effects: [...(reaction.effects ?? []), { type: 'count', entries: ++entries }],
      }))
    },
  },
  {
    name: 'changes its config',
    laws: [OWN_FAULT],
    seed: (runtime) => ({
      ...runtime,
      enter(context) {
        context.config.seeded = true
        return runtime.enter(context)
      },
    }),
  },
  {
    name: 'changes its state',
    laws: [OWN_FAULT, 'a snapshot round trip changes nothing'],
    seed: (runtime) =>
      runtime.on === undefined
        ? undefined
        : {
            ...changed(runtime, (reaction) =>
              isWait(reaction.then) ? { ...reaction, state: { asked: 0, ...own(reaction) } } : reaction,
            ),
            on(event, state: { asked: number }, context) {
              state.asked += 1
              return runtime.on!(event, state, context)
            },
          },
  },
  {
    name: 'waits with state that is no JSON',
    laws: ['a session is plain JSON', 'a snapshot round trip changes nothing', OWN_FAULT],
    seed: (runtime) =>
      runtime.on === undefined
        ? undefined
        : changed(runtime, (reaction) =>
            isWait(reaction.then)
              ? { ...reaction, state: { at: new Date(0), ...own(reaction) } as unknown as Json }
              : reaction,
          ),
  },
  {
    name: 'forgets what it waits for',
    laws: [OWN_FAULT],
    seed: (runtime) =>
      runtime.on === undefined
        ? undefined
        : changed(runtime, (reaction) =>
            isWait(reaction.then) ? { ...reaction, then: { kind: 'wait', for: [] } } : reaction,
          ),
  },
  {
    name: 'forgets to wait',
    laws: ['an awaited effect has its wait', OWN_FAULT],
    seed: (runtime) =>
      runtime.on === undefined
        ? undefined
        : changed(runtime, (reaction) =>
            isWait(reaction.then) ? { ...reaction, then: undefined as unknown as string } : reaction,
          ),
  },
]

/** The runtime, with whatever it returns on entry changed. */
function changed(runtime: NodeRuntime, change: (reaction: Reaction) => Reaction): NodeRuntime {
  return {
    ...runtime,
    enter(context) {
      const reaction = runtime.enter(context)
      return change(typeof reaction === 'string' ? { then: reaction } : reaction)
    },
  }
}

function isWait(then: Reaction['then']): then is WaitRequest {
  return typeof then === 'object' && then.kind === 'wait'
}

function own({ state }: Reaction): object {
  return (state ?? {}) as object
}

/** The law that the first of many seeds breaks with a node type in place of the built-in one. */
function firstViolation(faulty: AnyNodeType): Violation | undefined {
  const nodes = palette.map((type: AnyNodeType) =>
    type.runtime.type === faulty.runtime.type ? faulty : type,
  )
  for (let i = 0; i < BOUND; i++) {
    try {
      runSeed(`fault:${i}`, nodes)
    } catch (error) {
      if (error instanceof Violation) return error
      throw error
    }
  }
  return undefined
}

const CASES = FAULTS.flatMap(({ name, laws, seed }) =>
  palette.flatMap((type: AnyNodeType) => {
    const runtime = seed(type.runtime)
    return runtime === undefined
      ? []
      : [{ fault: name, laws, type: type.runtime.type, faulty: { ...type, runtime } }]
  }),
)

describe('a fault seeded into a node type', () => {
  it.each(CASES)('is found: $type $fault', ({ faulty, laws }) => {
    expect(laws).toContain(firstViolation(faulty)?.law)
  })

  it('is what the fuzz finds: without one the same seeds keep every law', () => {
    expect(firstViolation(palette[0])).toBeUndefined()
  })

  it('is tried for every node type of the palette', () => {
    expect(new Set(CASES.map(({ type }) => type))).toEqual(
      new Set(palette.map(({ runtime }) => runtime.type)),
    )
  })
})
