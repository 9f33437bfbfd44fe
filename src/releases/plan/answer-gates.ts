import { FITS_TYPE } from '../../document/data-type.ts'
import { checkGuards } from '../gray/check-guards.ts'
import { itemOf } from '../lookup.ts'
import type { Gate } from './gates.ts'

/** Conditions of what was answered. */
export const ANSWER_GATES = [
  {
    name: 'applications',
    checks: 'Every channel that the flow uses has an app or a number, and no other has.',
    judge({ workspace, inspection: { channels }, answers: { applications } }) {
      const missing = channels.filter((channel) => itemOf(applications, channel) === undefined)
      if (missing.length > 0) {
        return {
          reason: `There is no app or number for ${missing.join(', ')}.`,
          lift: 'Choose one for each channel, or define one first.',
          names: missing,
        }
      }
      const wrong = Object.keys(applications).filter((channel) => {
        const application = itemOf(workspace.catalog.application, applications[channel]!)
        return !channels.includes(channel) || application?.channel !== channel
      })
      if (wrong.length === 0) return undefined
      return {
        reason: `What was chosen does not serve ${wrong.join(', ')}.`,
        lift: 'Choose an app or number of that channel, for channels that the flow uses.',
        names: wrong,
      }
    },
  },
  {
    name: 'values',
    checks: 'Every variable that needs a value has one of its type.',
    judge({ inspection: { asked }, answers: { values } }) {
      const missing = asked.filter(({ name, required }) => required && (values[name] ?? null) === null)
      if (missing.length > 0) {
        const names = missing.map(({ name }) => name)
        return {
          reason: `There is no value for ${names.join(', ')}.`,
          lift: 'Give each of them a value.',
          names,
        }
      }
      const known = new Map(asked.map((variable) => [variable.name, variable]))
      const wrong = Object.keys(values).filter((name) => {
        const variable = known.get(name)
        return variable === undefined || !(values[name] === null || FITS_TYPE[variable.type](values[name]))
      })
      if (wrong.length === 0) return undefined
      return {
        reason: `These values do not belong here: ${wrong.join(', ')}.`,
        lift: 'Give values of the declared types, to variables that are asked for.',
        names: wrong,
      }
    },
  },
  {
    name: 'grayRule',
    checks: 'A gray release names a gray rule of the workspace; an official one names none.',
    judge({ workspace, slot, answers: { rule } }) {
      if (slot === 'official') {
        return rule === undefined
          ? undefined
          : { reason: 'An official release takes no gray rule.', lift: 'Leave the rule out.', names: [rule] }
      }
      if (rule === undefined) return { reason: 'No gray rule is named.', lift: 'Choose a gray rule.' }
      return itemOf(workspace.catalog.grayRule, rule) === undefined
        ? {
            reason: `There is no gray rule ${rule} in this workspace.`,
            lift: 'Choose one of the workspace, or define it first.',
            names: [rule],
          }
        : undefined
    },
  },
  {
    name: 'guards',
    checks: 'What a gray release has to keep to can be measured.',
    judge({ slot, answers: { guards }, inspection: { outcomes } }) {
      if (guards === undefined) return undefined
      if (slot === 'official') {
        return { reason: 'An official release has no guards.', lift: 'Leave the guards out.' }
      }
      const checked = checkGuards(guards, outcomes)
      if (checked.ok) return undefined
      const messages = checked.error.map(({ message }) => message)
      return {
        reason: messages.join(' '),
        lift: 'Correct the guards.',
        names: checked.error.map(({ path }) => path.join('.')),
      }
    },
  },
  {
    name: 'emergency',
    checks: 'A reason for an emergency release is given where the policy takes one.',
    judge({ workspace, answers: { emergency } }) {
      return emergency === undefined || workspace.policy.approvals.emergency
        ? undefined
        : {
            reason: 'The policy has no emergency releases.',
            lift: 'Leave the reason out, and ask for the approvals.',
          }
    },
  },
  {
    name: 'segmentAnswer',
    checks: 'Contacts are triggered at once for a flow that segment entry triggers, and for no other.',
    judge({ inspection: { trigger }, answers: { triggerExisting } }) {
      return triggerExisting !== true || trigger?.segment !== undefined
        ? undefined
        : {
            reason: 'No segment triggers the flow.',
            lift: 'Leave triggerExisting out, or choose a segment in the start node.',
          }
    },
  },
] as const satisfies readonly Gate[]
