import { isHeldByAnother } from '../../document/editing-lock.ts'
import { approvalsOf } from '../approvals.ts'
import { nextState, releaseEvent } from '../lifecycle.ts'
import { currentRevision, itemOf, versionDetails } from '../lookup.ts'
import type { Gate } from './gates.ts'
import { obstacle } from './obstacles.ts'
import type { ReleaseCase } from './release-case.ts'

/** Conditions of the version and its content. */
export const VERSION_GATES = [
  {
    name: 'permission',
    checks: 'Whoever releases may publish.',
    judge({ workspace, context: { by } }) {
      return itemOf(workspace.members, by)?.permissions.includes('publish') === true
        ? undefined
        : obstacle('gate.permission', { member: by, permission: 'publish' })
    },
  },
  {
    name: 'lifecycle',
    checks: 'The version is in a state from which it can be released to this slot.',
    judge({ version, workspace, slot, kind }) {
      if (nextState(version.state, releaseEvent(kind, slot)) !== undefined) return undefined
      const details = { ...versionDetails(version, workspace), state: version.state }
      if (version.state === 'retired') return obstacle('gate.retired', details)
      return obstacle(kind === 'rollback' ? 'gate.notRetired' : 'gate.status', details)
    },
  },
  {
    name: 'lock',
    checks: 'Nobody else is editing the version.',
    judge({ version: { lock }, context: { by, now } }) {
      return isHeldByAnother(lock, by, now) ? obstacle('gate.locked', { holder: lock.holder }) : undefined
    },
  },
  {
    name: 'errors',
    checks: 'The flow has no errors.',
    judge({ inspection }) {
      const errors = inspection.diagnostics.filter(({ severity }) => severity === 'error')
      return errors.length === 0
        ? undefined
        : obstacle('gate.errors', { count: errors.length, codes: codesOf(errors) })
    },
  },
  {
    name: 'warnings',
    checks: 'The flow has no warnings, where the policy asks for that.',
    judge(release) {
      if (!release.workspace.policy.release.warningsBlock) return undefined
      const warnings = warningsThatCount(release)
      return warnings.length === 0
        ? undefined
        : obstacle('gate.warnings', { count: warnings.length, codes: codesOf(warnings) })
    },
  },
  {
    name: 'trigger',
    checks: 'The start node says what starts the flow.',
    judge({ inspection: { role, trigger } }) {
      if (role !== 'main') return undefined
      if (trigger === undefined) return obstacle('gate.noTrigger')
      // A message may come in on any channel; a segment or an event that has no name never comes.
      const { kind } = trigger
      return (kind === 'segment' || kind === 'event') && trigger[kind] === undefined
        ? obstacle('gate.triggerUnnamed', { kind })
        : undefined
    },
  },
  {
    name: 'compiled',
    checks: 'A voice flow was compiled without errors, where the policy asks for that.',
    judge({ workspace, inspection, version: { compiled } }) {
      if (!workspace.policy.release.compileVoice || inspection.medium !== 'voice') return undefined
      if (compiled === undefined) return obstacle('gate.notCompiled')
      if (compiled.behaviourHash !== inspection.behaviourHash) return obstacle('gate.compiledBefore')
      return compiled.errors === 0 ? undefined : obstacle('gate.compiledWithErrors')
    },
  },
  {
    name: 'approvals',
    checks: 'Everybody whose approval is asked for has approved exactly this behaviour.',
    judge({ workspace, version, answers }) {
      const { policy } = workspace
      const { required, given, missing } = approvalsOf(version, workspace)
      if (missing.length === 0 && given.length >= required) return undefined
      const { emergency = '' } = answers
      if (policy.approvals.emergency && emergency.trim() !== '') return { overridden: emergency }
      const { behaviourHash } = currentRevision(version)
      return obstacle('gate.approvals', {
        required,
        still: required - given.length,
        missing,
        voided: version.approvals.some((each) => each.behaviourHash !== behaviourHash),
        emergency: policy.approvals.emergency,
      })
    },
  },
] as const satisfies readonly Gate[]

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
