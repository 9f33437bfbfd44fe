import type { Json, JsonObject } from '../../base/json.ts'
import type { Program } from '../../interpreter/program.ts'
import { partsOf } from './demand.ts'
import type { Demands } from './gather-demands.ts'
import type { Script } from './script.ts'
import { buildValue, FILLERS, unique } from './values.ts'

/** How a session may begin. */
export type Start = Pick<Script, 'trigger' | 'now'>

const MAX_STARTS = 400
const HOUR_MS = 3_600_000

/** Triggers worth starting with, the plainest first: what conditions look for, one demand at a time. */
export function startsOf(program: Program, demands: Demands, now: number): readonly Start[] {
  const known = knownValues(demands)
  const read = [...demands.reads]
    .map(partsOf)
    .filter(({ path }) => fromOutside(path))
    .map(({ path }) => path)
  const required = program.executable.required.map((name) => ['trigger', 'data', name])
  const fill = (filler: Json): Members =>
    [...read, ...required].map((path) => [path, known.get(path.join('.')) ?? filler])
  const triggers: Script['trigger'][] = []
  for (const type of triggerTypes(program, known)) {
    for (const filler of FILLERS) triggers.push(triggerOf(type, fill(filler)))
    if (required.length === 0) triggers.push({ type })
  }
  const [type = 'manual'] = triggerTypes(program, known)
  for (const demand of demands.all) {
    const members: Members = [...demand].map(([place, value]) => [partsOf(place).path, value] as const)
    const outside = members.filter(([path]) => fromOutside(path))
    if (outside.length > 0)
      for (const filler of FILLERS) triggers.push(triggerOf(type, [...fill(filler), ...outside]))
  }
  const starts = unique(triggers)
    .slice(0, MAX_STARTS)
    .map((trigger) => ({ trigger, now }))
  const [first] = starts
  return [...starts, ...instants(program, demands, now).map((instant) => ({ ...first!, now: instant }))]
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

/** Where a flow looks at the time: every sixth hour of a week, and noon of each date that it names. */
function instants({ programs }: Program, { readsTime }: Demands, now: number): readonly number[] {
  const configs = [...programs.values()].flatMap(({ executable }) =>
    executable.nodes.map(({ config }) => config),
  )
  if (!readsTime && !configs.some((config) => config.timeZone !== undefined)) return []
  const text = JSON.stringify(configs)
  const year = new Date(now).getUTCFullYear()
  const dates = [...text.matchAll(/"(?:(\d{4})-)?(\d{2})-(\d{2})"/g)].map((match) =>
    Date.UTC(Number(match[1] ?? year), Number(match[2]) - 1, Number(match[3]), 12),
  )
  return [
    ...Array.from({ length: 28 }, (_, index) => now + (index + 1) * 6 * HOUR_MS),
    ...dates.slice(0, 100),
  ]
}
