import { exceptionFlowOf } from '../exception-flow.ts'
import { itemOf } from '../lookup.ts'
import { referenceDiagnostics } from '../reference-diagnostics.ts'
import type { Gate } from './gates.ts'
import { type Obstacle, obstacle } from './obstacles.ts'
import type { AccessCode, ReleaseCase } from './release-case.ts'

/** Conditions of what the workspace holds beside the flow. */
export const WORKSPACE_GATES = [
  {
    name: 'gray',
    checks: 'The policy has gray releases, where one is asked for.',
    judge({ slot, workspace }) {
      return slot === 'official' || workspace.policy.release.gray ? undefined : obstacle('gate.noGray')
    },
  },
  {
    name: 'references',
    checks: 'Every flow that it calls is released.',
    judge(release) {
      const found = findingsOf(release, 'subflow.')
      if (found.length === 0) return undefined
      return obstacle('gate.references', {
        flows: [...new Set(found.map(({ details }) => String(details?.flow)))],
        findings: [found.map(({ message }) => `${message}.`).join(' ')],
      })
    },
  },
  {
    name: 'exceptionFlow',
    checks: 'An exception flow for its medium is released, where the policy asks for one.',
    judge(release) {
      const [found] = findingsOf(release, 'exceptionFlow.')
      if (found === undefined) return pausedExceptionFlow(release)
      return obstacle('gate.exceptionFlow', { code: found.code, finding: `${found.message}.` })
    },
  },
  {
    name: 'exceptionRole',
    checks: 'The exception flow of a medium stays one.',
    judge({ workspace, flow, inspection: { role } }) {
      const named = Object.values(workspace.exceptionFlows).includes(flow.id)
      return named && role !== 'exception' ? obstacle('gate.exceptionRole', { role }) : undefined
    },
  },
  {
    name: 'segment',
    checks: 'The segment that triggers it is one of the workspace.',
    judge({ workspace, inspection: { trigger } }) {
      const segment = trigger?.segment
      return segment === undefined || itemOf(workspace.catalog.segment, segment) !== undefined
        ? undefined
        : obstacle('gate.noSegment', { segment })
    },
  },
  {
    name: 'mediaFolder',
    checks: 'The media folder that it names is one of the workspace.',
    judge({ workspace, inspection: { mediaFolder } }) {
      return mediaFolder === undefined || itemOf(workspace.catalog.mediaFolder, mediaFolder) !== undefined
        ? undefined
        : obstacle('gate.noMediaFolder', { mediaFolder })
    },
  },
  {
    name: 'accessCode',
    checks: 'The access code is free.',
    judge({ accessCode: { code = '', fault } }) {
      return fault === undefined ? undefined : obstacle(CODE_FAULTS[fault], { code })
    },
  },
] as const satisfies readonly Gate[]

const CODE_FAULTS = {
  bad: 'gate.codeBad',
  taken: 'gate.codeTaken',
  kept: 'gate.codeKept',
} as const satisfies { readonly [Fault in NonNullable<AccessCode['fault']>]: string }

function findingsOf({ workspace, inspection, slot }: ReleaseCase, prefix: string) {
  return referenceDiagnostics(workspace, inspection, 'release', slot).filter(({ code }) =>
    code.startsWith(prefix),
  )
}

/** A paused exception flow takes nobody in, so that it covers nobody either. */
function pausedExceptionFlow({ workspace, inspection: { role, medium } }: ReleaseCase): Obstacle | undefined {
  if (!workspace.policy.release.needsExceptionFlow || role === 'exception') return undefined
  const flow = exceptionFlowOf(workspace, medium)
  return flow !== undefined && itemOf(workspace.flows, flow)?.paused === true
    ? obstacle('gate.exceptionFlowPaused', { flow })
    : undefined
}
