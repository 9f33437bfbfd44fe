import type { Command, CommandOf, CommandType } from './command.ts'
import type { Context } from './context.ts'
import { APPROVAL_DECISIONS } from './decisions/approvals.ts'
import { CATALOG_DECISIONS } from './decisions/catalog.ts'
import { DRAFT_DECISIONS } from './decisions/drafts.ts'
import { FLOW_DECISIONS } from './decisions/flows.ts'
import { RELEASE_DECISIONS } from './decisions/releases.ts'
import { SHARING_DECISIONS } from './decisions/sharing.ts'
import { WORKSPACE_DECISIONS } from './decisions/workspace.ts'
import { EVENT_SCHEMA, type Event, type EventBody } from './event.ts'
import { isId } from './is-id.ts'
import { permissionFor } from './permission.ts'
import { permit } from './permit.ts'
import { giveUp, type Refusal, Refused } from './refusal.ts'
import type { State } from './state.ts'

/** What a command comes to: events to store and evolve by, none where nothing would change, or a refusal. */
export type Decision = { readonly ok: true; readonly events: readonly Event[] } | Refusal

/** How one type of command is decided. Throws `Refused`. */
export type Decide<Type extends CommandType> = (
  state: State,
  command: CommandOf<Type>,
  context: Context,
) => readonly EventBody[]

const DECISIONS: { readonly [Type in CommandType]: Decide<Type> } = {
  ...WORKSPACE_DECISIONS,
  ...CATALOG_DECISIONS,
  ...DRAFT_DECISIONS,
  ...FLOW_DECISIONS,
  ...APPROVAL_DECISIONS,
  ...RELEASE_DECISIONS,
  ...SHARING_DECISIONS,
}

/**
 * Decides a command. Pure: the state is left as it was, and the same arguments give the same answer. What comes from
 * outside goes through `parseCommand` first.
 *
 * @example
 * const decision = decide(state, { type: 'pause', flow: 'support' }, { by: 'ada', now: Date.now() })
 * if (decision.ok) state = decision.events.reduce(evolve, state)
 * else console.log(decision.reason, decision.lift)
 */
export function decide(state: State, command: Command, context: Context): Decision {
  try {
    if (!Object.hasOwn(DECISIONS, command.type)) {
      giveUp('command.bad', { fault: 'its type is unknown; parseCommand reads what comes from outside' })
    }
    admit(state, command, context)
    const decideOne = DECISIONS[command.type] as Decide<CommandType>
    const events = decideOne(state, command, context).map(
      (body): Event => ({
        schema: EVENT_SCHEMA,
        at: context.now,
        by: context.by,
        ...body,
      }),
    )
    return { ok: true, events }
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

/** What `can` answers. */
export type Permit = { readonly ok: true } | Refusal

/** Whether a command would be accepted, decided by the same code. */
export function can(state: State, command: Command, context: Context): Permit {
  const decision = decide(state, command, context)
  return decision.ok ? { ok: true } : decision
}

/** What holds for every command: it was made for this state, and whoever sends it may. */
function admit({ workspace, flow }: State, command: Command, { by, expected }: Context): void {
  if (expected?.workspace !== undefined && expected.workspace !== workspace.revision) {
    const { revision } = workspace
    giveUp('stream.stale', { stream: 'workspace', revision, expected: expected.workspace })
  }
  if (expected?.flow !== undefined && expected.flow !== (flow?.revision ?? 0)) {
    const revision = flow?.revision ?? 0
    giveUp('stream.stale', { stream: 'flow', revision, expected: expected.flow })
  }
  if (command.type === 'createWorkspace') {
    // The member becomes a key of the state, and was never looked up in it.
    if (!isId(by)) giveUp('command.bad', { fault: 'the id of whoever sends it cannot be that of a member' })
    return
  }
  const barred = permit(workspace, by, permissionFor(command), command.type)
  if (barred !== undefined) throw new Refused(barred)
}
