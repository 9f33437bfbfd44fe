import { isJsonObject, type Json } from '../../base/json.ts'
import { nearest } from '../../base/nearest.ts'
import { normaliseJson } from '../../base/normalise-json.ts'
import { err, ok, type Result } from '../../base/result.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { parseDocument } from '../../document/parse-document.ts'
import type { Command } from '../../releases/command.ts'
import type { Context } from '../../releases/context.ts'
import type { StreamKind } from '../../releases/event.ts'
import { isId } from '../../releases/is-id.ts'
import { parseCommand, parseRequest } from '../../releases/parse-command.ts'
import type { ReleaseRequest } from '../../releases/plan/release-plan.ts'
import { type Refusal, refuse } from '../../releases/refusal.ts'

/** Who asks, and what belongs to the command. */
export interface Asking {
  /** Id of the member. */
  readonly by: string
  /** The document that `createFlow` and `saveDraft` speak of. */
  readonly document?: FlowDocument
  /** Revisions that the command was made for: refused as `stream.stale` where a stream has moved on. */
  readonly expected?: Context['expected']
}

/** What comes from outside, read: copies, which nobody changes while the command is on its way. */
export interface Asked {
  readonly command: Command
  /** The flow that it names. */
  readonly flow: string | undefined
  readonly by: string
  readonly document: FlowDocument | undefined
  readonly expected: Context['expected']
}

/** Reads a command and what goes with it. */
export function readAsked(value: Command, asking: Asking): Result<Asked, Refusal> {
  const parsed = parseCommand(value)
  if (!parsed.ok) return parsed
  const fault = faultOf(asking)
  if (fault !== undefined) return err(fault)
  const command = parsed.value
  const flow = 'flow' in command && command.flow !== null ? command.flow : undefined
  const { by, document } = asking
  const { workspace, flow: ofFlow } = asking.expected ?? {}
  const expected = {
    ...(workspace === undefined ? {} : { workspace }),
    ...(ofFlow === undefined ? {} : { flow: ofFlow }),
  }
  if (command.type !== 'createFlow' && command.type !== 'saveDraft')
    return ok({ command, flow, by, document: undefined, expected })
  const read = parseDocument(document)
  if (!read.ok) return err(refuse('document.bad', { faults: read.error as unknown as Json }))
  const copy = normaliseJson(read.value as unknown as Json) as unknown as FlowDocument
  return ok({ command, flow, by, document: copy, expected })
}

/** Reads the request for a plan. */
export function readRequest(
  value: ReleaseRequest,
  asking: Pick<Asking, 'by'>,
): Result<ReleaseRequest, Refusal> {
  const parsed = parseRequest(value)
  if (!parsed.ok) return parsed
  const fault = faultOf({ by: asking?.by })
  return fault === undefined ? parsed : err(fault)
}

const STREAMS: readonly string[] = ['workspace', 'flow'] satisfies readonly StreamKind[]

function faultOf(asking: Asking): Refusal | undefined {
  const { by, expected = {} } = asking ?? {}
  // It becomes a part of every event, and is looked up by.
  if (!isId(by))
    return refuse('command.bad', { fault: 'the id of whoever sends it cannot be that of a member' })
  if (!isJsonObject(expected))
    return refuse('command.bad', { fault: 'what it expects is no object of revisions' })
  for (const [stream, revision] of Object.entries(expected)) {
    // Passed over, it would be a guard that guards nothing.
    if (!STREAMS.includes(stream)) {
      const suggestion = nearest(stream, STREAMS)
      return refuse('command.bad', {
        fault: `it expects a revision of ${stream}, which is no stream`,
        suggestion,
      })
    }
    if (revision === undefined || (Number.isInteger(revision) && (revision as number) >= 0)) continue
    return refuse('command.bad', {
      fault: `the revision of the ${stream} that it expects is no whole number`,
    })
  }
  return undefined
}
