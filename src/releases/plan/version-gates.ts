import { approvalsOf } from '../approvals.ts'
import type { LifecycleEvent } from '../lifecycle.ts'
import { nextState } from '../lifecycle.ts'
import { currentRevision, itemOf, versionDetails } from '../lookup.ts'
import type { Gate } from './gates.ts'
import type { ReleaseCase } from './release-case.ts'

/** Conditions of the version and its content. */
export const VERSION_GATES = [
  {
    name: 'permission',
    checks: 'Whoever releases may publish.',
    judge({ workspace, context: { by } }) {
      return itemOf(workspace.members, by)?.permissions.includes('publish') === true
        ? undefined
        : {
            reason: `${by} does not have the permission publish.`,
            lift: 'Ask a member who has it, or somebody with the permission admin to grant it.',
            names: ['publish'],
          }
    },
  },
  {
    name: 'lifecycle',
    checks: 'The version is in a state from which it can be released to this slot.',
    judge({ version, workspace, slot, kind }) {
      if (nextState(version.state, lifecycleEvent(kind, slot)) !== undefined) return undefined
      const { label, status } = versionDetails(version, workspace)
      return {
        reason: `${label} has the status ${status}.`,
        lift:
          version.state === 'retired'
            ? 'Roll back to it, or branch a new version from it.'
            : kind === 'rollback'
              ? 'Roll back to a retired version, or release this one.'
              : 'Choose a version that is new or unreleased, or make the gray one official.',
      }
    },
  },
  {
    name: 'lock',
    checks: 'Nobody else is editing the version.',
    judge({ version: { lock }, context: { by, now } }) {
      if (lock === undefined || lock.holder === by || lock.expiresAt <= now) return undefined
      return {
        reason: `${lock.holder} holds the editing lock.`,
        lift: 'Wait until it is released or has expired.',
        names: [lock.holder],
      }
    },
  },
  {
    name: 'errors',
    checks: 'The flow has no errors.',
    judge({ inspection }) {
      const errors = inspection.diagnostics.filter(({ severity }) => severity === 'error')
      if (errors.length === 0) return undefined
      return {
        reason: errors.length === 1 ? 'The flow has an error.' : `The flow has ${errors.length} errors.`,
        lift: 'Mend what the errors name.',
        names: codesOf(errors),
      }
    },
  },
  {
    name: 'warnings',
    checks: 'The flow has no warnings, where the policy asks for that.',
    judge(release) {
      if (!release.workspace.policy.release.warningsBlock) return undefined
      const warnings = warningsThatCount(release)
      if (warnings.length === 0) return undefined
      return {
        reason:
          warnings.length === 1 ? 'The flow has a warning.' : `The flow has ${warnings.length} warnings.`,
        lift: 'Mend what the warnings name.',
        names: codesOf(warnings),
      }
    },
  },
  {
    name: 'trigger',
    checks: 'The start node says what starts the flow.',
    judge({ inspection: { role, trigger } }) {
      if (role !== 'main') return undefined
      if (trigger === undefined) {
        return { reason: 'The trigger is left open.', lift: 'Choose a trigger in the start node.' }
      }
      // A message may come in on any channel; a segment or an event that has no name never comes.
      const { kind } = trigger
      if ((kind !== 'segment' && kind !== 'event') || trigger[kind] !== undefined) return undefined
      return {
        reason: `The trigger is ${kind === 'event' ? 'an' : 'a'} ${kind}, and none is named.`,
        lift: `Name the ${kind} in the start node.`,
      }
    },
  },
  {
    name: 'compiled',
    checks: 'A voice flow was compiled without errors, where the policy asks for that.',
    judge({ workspace, inspection, version: { compiled } }) {
      if (!workspace.policy.release.compileVoice || inspection.medium !== 'voice') return undefined
      const lift = 'Compile the version, and mend the errors that it finds.'
      if (compiled?.behaviourHash !== inspection.behaviourHash) {
        return {
          reason: compiled === undefined ? 'It was never compiled.' : 'It was changed since it was compiled.',
          lift,
        }
      }
      return compiled.errors === 0 ? undefined : { reason: 'It was compiled with errors.', lift }
    },
  },
  {
    name: 'approvals',
    checks: 'Everybody whose approval is asked for has approved exactly this behaviour.',
    judge({ workspace, version, answers }) {
      const { policy } = workspace
      const { required, given, missing } = approvalsOf(version, workspace)
      if (missing.length === 0 && given.length >= required) return undefined
      const { emergency } = answers
      if (policy.approvals.emergency && emergency !== undefined) return { overridden: emergency }
      const still = required - given.length
      const voided = version.approvals.some(
        ({ behaviourHash }) => behaviourHash !== currentRevision(version).behaviourHash,
      )
      return {
        reason: [
          missing.length > 0
            ? `The approval of ${missing.join(', ')} is missing.`
            : `${still} of ${required} approvals ${still === 1 ? 'is' : 'are'} missing.`,
          ...(voided ? ['An edit has voided earlier ones.'] : []),
        ].join(' '),
        lift: policy.approvals.emergency
          ? 'Ask for the approvals, or give a reason for an emergency release.'
          : 'Ask for the approvals.',
        names: missing,
      }
    },
  },
] as const satisfies readonly Gate[]

/** What a release does to the version. */
export function lifecycleEvent(kind: ReleaseCase['kind'], slot: ReleaseCase['slot']): LifecycleEvent {
  if (kind === 'rollback') return slot === 'gray' ? 'rollBackGray' : 'rollBackOfficial'
  return slot === 'gray' ? 'releaseGray' : 'releaseOfficial'
}

/** Warnings but for those of variables that the release itself gives a value. */
function warningsThatCount({ inspection, answers }: ReleaseCase) {
  return inspection.diagnostics.filter(
    ({ severity, code, details }) =>
      severity === 'warning' &&
      !(code === 'variable.readBeforeSet' && Object.hasOwn(answers.values, String(details?.name))),
  )
}

function codesOf(diagnostics: readonly { readonly code: string }[]): readonly string[] {
  return [...new Set(diagnostics.map(({ code }) => code))]
}
