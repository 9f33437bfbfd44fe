import type { Command, CommandType } from '../command.ts'
import type { Context } from '../context.ts'
import { type Decision, decide, type Permit } from '../decide.ts'
import { currentRevision, itemOf } from '../lookup.ts'
import { ANSWER_GATES } from '../plan/answer-gates.ts'
import { planRelease } from '../plan/plan-release.ts'
import type { Refusal } from '../refusal.ts'
import { rollbackTarget } from '../rollback-target.ts'
import type { CatalogKind, SlotName, State } from '../state.ts'
import { latestVersion } from './find-version.ts'
import { type Sample, sampleCommands, sampleInspection } from './sample-commands.ts'

/** What offers are asked for. */
export interface OfferTarget {
  /** Id of a version of the flow in the state; its latest one unless given. */
  readonly version?: string
  /** Unless given, the slot that the version stands in, and else the official one. */
  readonly slot?: SlotName
  /** The kind of thing for `define` and `remove`, for their permission depends on it. `service` unless given. */
  readonly kind?: CatalogKind
}

/** For each type of command that it would be accepted, or why not. */
export type Offers = { readonly [Type in CommandType]: Permit }

type Decide = (state: State, command: Command, context: Context) => Decision

/**
 * What a member may do now, so that a host shows the right buttons. Each answer is that of `decide` to a sample of the
 * command, so that button and behaviour cannot disagree: about the version and the slot that are named, with input that a
 * person could type, and with questions such as `over` confirmed. `grant` and `revoke` are asked for the member who asks,
 * `removeMember` for another one, `remove` for the first thing of the kind; a new flow or thing has an id that is free.
 *
 * `release` and `rollBack` are accepted where their plan is ready, or lacks no more than answers, and refused with
 * `release.gates` and the plan where it is not; the executable is made afterwards. They need the inspection of the version
 * in the context, and the comparison and the world where plans do; deleting needs the world, too. Nothing is changed.
 *
 * @example
 * const may = offers(state, { version: 'v2' }, { by: 'ada', now: Date.now(), inspection, world })
 * releaseButton.disabled = !may.release.ok
 * releaseButton.title = may.release.ok ? '' : may.release.reason
 */
export function offers(
  state: State,
  target: OfferTarget,
  context: Context,
  decideFn: Decide = decide,
): Offers {
  const sample = sampleOf(state, target, context)
  const ask = (command: Command, given = context): Permit => {
    const decision = decideFn(stateFor(command, state), command, given)
    return decision.ok ? { ok: true } : decision
  }
  const commands = sampleCommands(sample)
  const answers = Object.fromEntries(
    Object.entries(commands).map(([type, command]) => [
      type,
      ask(command, contextFor(command, sample, context)),
    ]),
  ) as Omit<Offers, 'release' | 'rollBack'>
  return {
    ...answers,
    release: askForRelease(ask, sample, context, sample.version),
    rollBack: askForRelease(ask, sample, context, rollbackVersion(sample), true),
  }
}

function sampleOf(state: State, { version, slot, kind = 'service' }: OfferTarget, { by }: Context): Sample {
  const { flow, workspace } = state
  const found =
    flow === undefined
      ? undefined
      : version === undefined
        ? latestVersion(flow)
        : itemOf(flow.versions, version)
  const entry = flow === undefined ? undefined : itemOf(workspace.flows, flow.id)
  const wanted = version ?? found?.id ?? '-'
  return {
    state,
    by,
    flow: flow?.id ?? '-',
    version: wanted,
    slot: slot ?? (entry?.gray?.version === wanted ? 'gray' : 'official'),
    kind,
    ...(found === undefined ? {} : { found }),
  }
}

/** A new flow is none that is there. */
function stateFor({ type }: Command, state: State): State {
  return type === 'createFlow' ? { workspace: state.workspace } : state
}

/** Commands about content that a person has yet to write are asked with that of a document that says nothing. */
function contextFor(command: Command, sample: Sample, context: Context): Context {
  switch (command.type) {
    case 'createFlow': {
      const { expected: _ofAnotherFlow, ...rest } = context
      return { ...rest, inspection: sampleInspection(sample, command.flow) }
    }
    case 'saveDraft':
      return { ...context, inspection: sampleInspection(sample, command.flow) }
    case 'compileVoice': {
      if (context.inspection !== undefined || sample.found === undefined) return context
      const { contentHash, behaviourHash } = currentRevision(sample.found)
      return {
        ...context,
        inspection: sampleInspection(sample, command.flow, { contentHash, behaviourHash }),
      }
    }
    default:
      return context
  }
}

/** The version itself where it is retired, else the one that a rollback returns to by itself. */
function rollbackVersion({ state: { flow }, slot, found }: Sample): string | undefined {
  if (found?.state === 'retired') return found.id
  return flow === undefined ? undefined : rollbackTarget(flow, slot)?.id
}

function askForRelease(
  ask: (command: Command) => Permit,
  { state, flow, slot }: Sample,
  context: Context,
  version: string | undefined,
  rollBack = false,
): Permit {
  const plan =
    version === undefined ? undefined : planRelease(state, { flow, version, slot, rollBack }, context)
  const confirmed =
    plan !== undefined && 'gates' in plan ? { plan: plan.hash, ...plan.answers } : { plan: '-' }
  const named = version === undefined ? {} : { version }
  const permit = rollBack
    ? ask({ type: 'rollBack', flow, slot, ...named, ...confirmed })
    : ask({ type: 'release', flow, slot, version: version ?? '-', ...confirmed })
  if (permit.ok) return permit
  // Everything else is in order: whoever confirms the plan answers it, and makes the executable first.
  return permit.code === 'executable.wanted' || lacksAnswersAlone(permit) ? { ok: true } : permit
}

/** True where all that stands in the way is what a person answers in the dialog that the button opens. */
function lacksAnswersAlone({ code, plan }: Refusal): boolean {
  if (code !== 'release.gates' || plan === undefined) return false
  const answerable: readonly string[] = ANSWER_GATES.map(({ name }) => name)
  return plan.gates.every(({ gate, passed }) => passed || answerable.includes(gate))
}
