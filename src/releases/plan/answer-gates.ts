import { FITS_TYPE } from '../../document/data-type.ts'
import { checkGuards } from '../gray/check-guards.ts'
import { itemOf } from '../lookup.ts'
import type { Gate } from './gates.ts'
import { obstacle } from './obstacles.ts'

/** Conditions of what was answered. */
export const ANSWER_GATES = [
  {
    name: 'applications',
    checks: 'Every channel that the flow uses has an app or a number, and no other has.',
    judge({ workspace, inspection: { channels }, answers: { applications } }) {
      const missing = channels.filter((channel) => itemOf(applications, channel) === undefined)
      if (missing.length > 0) return obstacle('gate.noApplication', { channels: missing })
      const wrong = Object.keys(applications).filter((channel) => {
        const application = itemOf(workspace.catalog.application, applications[channel]!)
        return !channels.includes(channel) || application?.channel !== channel
      })
      return wrong.length === 0 ? undefined : obstacle('gate.wrongApplication', { channels: wrong })
    },
  },
  {
    name: 'values',
    checks: 'Every variable that needs a value has one of its type.',
    judge({ inspection: { asked }, answers: { values } }) {
      const missing = asked
        .filter(({ name, required }) => required && (itemOf(values, name) ?? null) === null)
        .map(({ name }) => name)
      if (missing.length > 0) return obstacle('gate.noValue', { variables: missing })
      const known = new Map(asked.map((variable) => [variable.name, variable]))
      const wrong = Object.keys(values).filter((name) => {
        const variable = known.get(name)
        return variable === undefined || !(values[name] === null || FITS_TYPE[variable.type](values[name]))
      })
      return wrong.length === 0 ? undefined : obstacle('gate.wrongValue', { variables: wrong })
    },
  },
  {
    name: 'grayRule',
    checks: 'A gray release names a gray rule of the workspace; an official one names none.',
    judge({ workspace, slot, answers: { rule } }) {
      if (slot === 'official')
        return rule === undefined ? undefined : obstacle('gate.ruleOnOfficial', { rule })
      if (rule === undefined) return obstacle('gate.noRule')
      return itemOf(workspace.catalog.grayRule, rule) === undefined
        ? obstacle('gate.ruleUnknown', { rule })
        : undefined
    },
  },
  {
    name: 'guards',
    checks: 'What a gray release has to keep to can be measured.',
    judge({ slot, answers: { guards }, inspection: { outcomes } }) {
      if (guards === undefined) return undefined
      if (slot === 'official') return obstacle('gate.guardsOnOfficial')
      const checked = checkGuards(guards, outcomes)
      if (checked.ok) return undefined
      return obstacle('gate.guardsBad', {
        faults: checked.error.map(({ message }) => message).join(' '),
        paths: checked.error.map(({ path }) => path.join('.')),
      })
    },
  },
  {
    name: 'emergency',
    checks: 'A reason for an emergency release is given where the policy takes one.',
    judge({ workspace, answers: { emergency } }) {
      return emergency === undefined || workspace.policy.approvals.emergency
        ? undefined
        : obstacle('gate.noEmergency')
    },
  },
  {
    name: 'segmentAnswer',
    checks: 'Contacts are triggered at once for a flow that segment entry triggers, and for no other.',
    judge({ inspection: { trigger }, answers: { triggerExisting } }) {
      return triggerExisting !== true || trigger?.segment !== undefined
        ? undefined
        : obstacle('gate.noSegmentToTrigger')
    },
  },
] as const satisfies readonly Gate[]
