import type { Command, CommandType } from '../command.ts'
import type { Context } from '../context.ts'
import { type Decision, decide, type Permit } from '../decide.ts'
import { currentRevision, itemOf } from '../lookup.ts'
import { planRelease } from '../plan/plan-release.ts'
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
 * `release` and `rollBack` are accepted where their plan is ready with the answers that it proposes, and refused with
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
  { version, slot, kind = 'service' }: OfferTarget,
  context: Context,
  decideFn: Decide = decide,
): Offers {
  const sample = sampleOf(state, { ...(version === undefined ? {} : { version }), ...(slot && { slot }), kind }, context)
  const ask = (command: Command, given = context): Permit => {
    const decision = decideFn(state, command, given)
    return decision.ok ? { ok: true } : decision
  }
  const commands = sampleCommands(sample)
  const answers = Object.fromEntries(
    Object.entries(commands).map(([type, command]) => [type, ask(command, contextFor(command, sample, context))]),
  ) as Omit<Offers, 'release' | 'rollBack'>
  return {
    ...answers,
    release: askForRelease(ask, sample, context, sample.version),
    rollBack: askForRelease(ask, sample, context, rollbackVersion(sample), true),
  }
}

function sampleOf(
  state: State,
  { version, slot, kind }: OfferTarget & { readonly kind: CatalogKind },
  { by }: Context,
): Sample {
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

/** Commands about content that a person has yet to write are asked with that of a document that says nothing. */
function contextFor(command: Command, sample: Sample, context: Context): Context {
  switch (command.type) {
    case 'createFlow':
    case 'saveDraft':
      return { ...context, inspection: sampleInspection(sample, command.flow) }
    case 'compileVoice': {
      if (context.inspection !== undefined || sample.found === undefined) return context
      const { contentHash, behaviourHash } = currentRevision(sample.found)
      return { ...context, inspection: sampleInspection(sample, command.flow, { contentHash, behaviourHash }) }
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
  const confirmed = plan !== undefined && 'gates' in plan ? { plan: plan.hash, ...plan.answers } : { plan: '-' }
  const named = version === undefined ? {} : { version }
  const permit = rollBack
    ? ask({ type: 'rollBack', flow, slot, ...named, ...confirmed })
    : ask({ type: 'release', flow, slot, version: version ?? '-', ...confirmed })
  // Everything else is in order: whoever confirms the plan makes the executable first.
  return !permit.ok && permit.code === 'executable.wanted' ? { ok: true } : permit
}
