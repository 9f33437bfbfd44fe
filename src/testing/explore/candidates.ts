import { isUnsafeKey, type Json, type JsonObject } from '../../base/json.ts'
import type { Program, ProgramNode } from '../../interpreter/program.ts'
import type { WaitFor } from '../../nodes/node-runtime.ts'
import type { Demands } from './gather-demands.ts'
import { type Members, type NodeDemands, nodeDemands, textsIn } from './node-demands.ts'
import type { ScriptedEvent } from './script.ts'
import { buildValue, unique } from './values.ts'

/** Inputs that nodes of most kinds do something with, whatever the flow asks for. */
const INPUTS = ['1', '0', 'yes', 'x', '12345', '2026-01-01', '-1', '', 'not this', 'x'.repeat(300)]
const FAILURES: readonly ScriptedEvent[] = [
  { type: 'result', status: 500 },
  { type: 'result', status: 404, body: {} },
  { type: 'result', error: 'timeout' },
  { type: 'result', error: 'failed' },
]
/** What hosts answer that have recorded, or have nothing to say. */
const BODIES: readonly Json[] = [
  {},
  { url: 'https://media.example.com/1.wav', durationMs: 1_000 },
  'x',
  1,
  true,
  null,
  [],
  '{}',
]

/** Events worth trying at a node that waits, the likeliest first. Depends on the flow alone, not on the session. */
export function candidatesAt(
  node: ProgramNode,
  flow: Program,
  waitFor: readonly WaitFor[],
  demands: Demands,
): readonly ScriptedEvent[] {
  const { config } = flow.executable.nodes[node.index]!
  const own = nodeDemands(node, flow, demands)
  const inputs = unique([
    ...own.wanted.flatMap(scalars),
    ...textsIn(config),
    ...node.outcomes,
    ...lengths(config),
    ...bounds(config),
    ...INPUTS,
  ])
  const events = waitFor.flatMap((kind): readonly ScriptedEvent[] => {
    switch (kind) {
      case 'text':
        return inputs.map((text) => ({ type: 'text', text }))
      case 'digits':
        return inputs.filter((text) => /^[\d*#]+$/.test(text)).map((digits) => ({ type: 'digits', digits }))
      case 'button':
        return unique(node.outcomes).map((value) => ({ type: 'button', value }))
      case 'result':
        return results(node, own)
      default:
        return customEvents(kind.slice('event:'.length), own)
    }
  })
  return waitFor.includes('text') ? [...onChannels(config, own), ...events] : events
}

const MAX_TEXTS_A_CHANNEL = 8
const MAX_BESIDE = 12

/** Messages on each channel that the config names: any one, and those that conditions ask for. */
function onChannels({ channels }: JsonObject, { wanted }: NodeDemands): readonly ScriptedEvent[] {
  const texts = unique(['x', ...wanted.flatMap(scalars)]).slice(0, MAX_TEXTS_A_CHANNEL)
  return texts.flatMap((text) =>
    textsIn(channels).map((channel) => ({ type: 'text', text, channel }) as const),
  )
}

function results(node: ProgramNode, { wanted, fills }: NodeDemands): readonly ScriptedEvent[] {
  const bodies: (Json | undefined)[] = []
  const others: ScriptedEvent[] = []
  for (const members of wanted) {
    const status = members.find(([path]) => path.join('.') === 'status')?.[1]
    const body = bodyOf([...fills[0]!, ...members])
    if (typeof status === 'number')
      others.push({ type: 'result', status, ...(body === undefined ? {} : { body }) })
    bodies.push(body, ...members.map(([, value]) => value))
  }
  bodies.push(...fills.map(bodyOf))
  // Hosts name the outcome in the body, beside what conditions ask for.
  const beside = [...fills, ...wanted.slice(0, MAX_BESIDE).map((members) => [...fills[0]!, ...members])]
  for (const outcome of node.outcomes) {
    const named = [[['result'], outcome] as const, [['outcome'], outcome] as const]
    bodies.push(
      ...beside.map((members) => bodyOf([...members.filter(([path]) => path.length > 1), ...named])),
    )
  }
  bodies.push(...BODIES)
  return [
    ...unique(bodies.filter((body) => body !== undefined)).map(
      (body): ScriptedEvent => ({ type: 'result', status: 200, body }),
    ),
    ...unique(others),
    ...FAILURES,
  ]
}

/** The body of which nodes make such outputs: `body` is the whole of it, other outputs are members. */
function bodyOf(members: Members): Json | undefined {
  return buildValue(
    members
      .filter(([path]) => path[0] !== 'status' && !path.some(isUnsafeKey))
      .map(
        ([path, value]) => [path[0] === 'body' || path[0] === 'value' ? path.slice(1) : path, value] as const,
      ),
  )
}

function customEvents(name: string, { wanted, fills }: NodeDemands): readonly ScriptedEvent[] {
  const data = [...wanted.map((members) => [...fills[0]!, ...members]), ...fills]
    .map((members) => buildValue(members.filter(([path]) => path[0] === 'data' && path.length > 1)))
    .map((value) => (value as { data?: JsonObject } | undefined)?.data)
    .filter((value) => value !== undefined)
  return [
    ...unique(data).map((each): ScriptedEvent => ({ type: 'event', name, data: each })),
    { type: 'event', name },
  ]
}

/** Texts that are as short, or as long, as the config asks for. */
function lengths(config: JsonObject): readonly string[] {
  return [config.minLength, config.maxLength].flatMap((length) =>
    typeof length === 'number' && length <= 5_000 ? ['1'.repeat(length), '1'.repeat(length + 1)] : [],
  )
}

/** Numbers that the config names, and those beside them. */
function bounds(config: JsonObject): readonly string[] {
  return Object.values(config).flatMap((value) =>
    typeof value === 'number' ? [value, value - 1, value + 1].map(String) : [],
  )
}

function scalars(members: Members): readonly string[] {
  return members.flatMap(([, value]) =>
    typeof value === 'object' || typeof value === 'boolean' ? [] : [String(value)],
  )
}
