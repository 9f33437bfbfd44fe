import { exceptionFlowOf } from '../exception-flow.ts'
import { itemOf } from '../lookup.ts'
import { referenceDiagnostics } from '../reference-diagnostics.ts'
import type { Gate, Obstacle } from './gates.ts'
import type { ReleaseCase } from './release-case.ts'

/** Conditions of what the workspace holds beside the flow. */
export const WORKSPACE_GATES = [
  {
    name: 'gray',
    checks: 'The policy has gray releases, where one is asked for.',
    judge({ slot, workspace }) {
      return slot === 'official' || workspace.policy.release.gray
        ? undefined
        : { reason: 'The policy has no gray releases.', lift: 'Release it officially, or change the policy.' }
    },
  },
  {
    name: 'references',
    checks: 'Every flow that it calls is released.',
    judge(release) {
      const found = findingsOf(release, 'subflow.')
      if (found.length === 0) return undefined
      return {
        reason: found.map(({ message }) => `${message}.`).join(' '),
        lift: 'Release those flows first, or take the calls out.',
        names: [...new Set(found.map(({ details }) => String(details?.flow)))],
      }
    },
  },
  {
    name: 'exceptionFlow',
    checks: 'An exception flow for its medium is released, where the policy asks for one.',
    judge(release) {
      const [found] = findingsOf(release, 'exceptionFlow.')
      if (found === undefined) return pausedExceptionFlow(release)
      return {
        reason: `${found.message}.`,
        lift: 'Release an exception flow, and name it as that of the medium.',
      }
    },
  },
  {
    name: 'exceptionRole',
    checks: 'The exception flow of a medium stays one.',
    judge({ workspace, flow, inspection: { role } }) {
      const named = Object.values(workspace.exceptionFlows).includes(flow.id)
      if (!named || role === 'exception') return undefined
      return {
        reason: `It is named as an exception flow, and is a ${role} flow now.`,
        lift: 'Give it the role exception again, or name another exception flow first.',
      }
    },
  },
  {
    name: 'segment',
    checks: 'The segment that triggers it is one of the workspace.',
    judge({ workspace, inspection: { trigger } }) {
      const segment = trigger?.segment
      if (segment === undefined || itemOf(workspace.catalog.segment, segment) !== undefined) return undefined
      return {
        reason: `There is no segment ${segment}.`,
        lift: 'Define the segment, or choose another one in the start node.',
        names: [segment],
      }
    },
  },
  {
    name: 'mediaFolder',
    checks: 'The media folder that it names is one of the workspace.',
    judge({ workspace, inspection: { mediaFolder } }) {
      if (mediaFolder === undefined || itemOf(workspace.catalog.mediaFolder, mediaFolder) !== undefined)
        return undefined
      return {
        reason: `There is no media folder ${mediaFolder}.`,
        lift: 'Define the folder, or choose another one in the flow settings.',
        names: [mediaFolder],
      }
    },
  },
  {
    name: 'accessCode',
    checks: 'The access code is free.',
    judge({ accessCode: { code, fault } }) {
      if (fault === undefined) return undefined
      const names = code === undefined ? [] : [code]
      switch (fault) {
        case 'bad':
          return {
            reason: `${code} is no access code.`,
            lift: 'Use 1 to 24 digits, asterisks and hashes.',
            names,
          }
        case 'taken':
          return { reason: `${code} belongs to another flow.`, lift: 'Choose another code.', names }
        case 'kept':
          return {
            reason: `The flow keeps its access code ${code}.`,
            lift: 'Leave the access code out.',
            names,
          }
      }
    },
  },
] as const satisfies readonly Gate[]

function findingsOf({ workspace, inspection, slot }: ReleaseCase, prefix: string) {
  return referenceDiagnostics(workspace, inspection, 'release', slot).filter(({ code }) =>
    code.startsWith(prefix),
  )
}

/** A paused exception flow takes nobody in, so that it covers nobody either. */
function pausedExceptionFlow({ workspace, inspection: { role, medium } }: ReleaseCase): Obstacle | undefined {
  if (!workspace.policy.release.needsExceptionFlow || role === 'exception') return undefined
  const id = exceptionFlowOf(workspace, medium)
  if (id === undefined || itemOf(workspace.flows, id)?.paused !== true) return undefined
  return { reason: `The exception flow ${id} is paused.`, lift: 'Resume it first.', names: [id] }
}
