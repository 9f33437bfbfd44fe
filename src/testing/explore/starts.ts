import type { Json, JsonObject } from '../../base/json.ts'
import type { Program } from '../../interpreter/program.ts'
import { partsOf } from './demand.ts'
import type { Demands } from './gather-demands.ts'
import { instantsOf } from './instants.ts'
import type { Script } from './script.ts'
import { buildValue, FILLERS, unique } from './values.ts'

/** How a session may begin. */
export type Start = Pick<Script, 'trigger' | 'now'>

const MAX_STARTS = 400
/** Triggers that are tried at every instant, where a flow looks at the time. */
const MAX_AT_EACH_INSTANT = 12

/** Triggers worth starting with, the plainest first: what conditions look for, one demand at a time. */
export function startsOf(program: Program, demands: Demands, now: number): readonly Start[] {
  const known = knownValues(demands)
  const read = [...demands.reads]
    .map(partsOf)
    .filter(({ path }) => fromOutside(path))
    .map(({ path }) => path)
  const required = program.executable.required.map((name) => ['trigger', 'data', name])
  const plain = (filler: Json): Members => [...read, ...required].map((path) => [path, filler])
  const fill = (filler: Json): Members =>
    plain(filler).map(([path]) => [path, known.get(path.join('.')) ?? filler])
  const [type = 'manual'] = triggerTypes(program, known)
  const plainest = triggerTypes(program, known).flatMap((each) => [
    ...FILLERS.map((filler) => triggerOf(each, fill(filler))),
    ...(required.length === 0 ? [{ type: each }] : []),
  ])
  const asked = demands.all.flatMap((demand) => {
    const members: Members = [...demand].map(([place, value]) => [partsOf(place).path, value] as const)
    const outside = members.filter(([path]) => fromOutside(path))
    if (outside.length === 0) return []
    return [
      ...FILLERS.map((filler) => triggerOf(type, [...fill(filler), ...outside])),
      // What others look for may be just what it must not be.
      triggerOf(type, [...plain('x'), ...outside]),
    ]
  })
  const instants = instantsOf(program, demands, now)
  const atEach = unique([plainest[0]!, ...asked]).slice(0, MAX_AT_EACH_INSTANT)
  return [
    ...unique([...plainest, ...asked])
      .slice(0, MAX_STARTS)
      .map((trigger) => ({ trigger, now })),
    ...instants.flatMap((instant) => atEach.map((trigger) => ({ trigger, now: instant }))),
  ]
}

type Members = readonly (readonly [readonly string[], Json])[]

function fromOutside([root, member]: readonly string[]): boolean {
  return (root === 'trigger' || root === 'contact') && member !== undefined
}

/** For each place: some value that a condition looks for, which tells of its type as well. */
function knownValues({ all }: Demands): ReadonlyMap<string, Json> {
  const known = new Map<string, Json>()
  for (const demand of all) {
    for (const [place, value] of demand) {
      const name = partsOf(place).path.join('.')
      if (value !== null && !known.has(name)) known.set(name, value)
    }
  }
  return known
}

/** The kind that the start node names; where it leaves it open, those that conditions ask for and the common ones. */
function triggerTypes({ executable }: Program, known: ReadonlyMap<string, Json>): readonly string[] {
  const declared = executable.nodes[executable.start]!.config.trigger
  if (typeof declared === 'string' && declared !== '') return [declared]
  const asked = known.get('trigger.type')
  return [...new Set([...(typeof asked === 'string' ? [asked] : []), 'manual', 'message', 'call'])]
}

function triggerOf(type: string, members: Members): Script['trigger'] {
  const built = (buildValue(members) ?? {}) as { trigger?: JsonObject; contact?: JsonObject }
  return {
    type,
    ...built.trigger,
    ...(built.contact === undefined ? {} : { contact: built.contact }),
  } as Script['trigger']
}
