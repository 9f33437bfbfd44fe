import type { Json } from '../../base/json.ts'

type Details = { readonly [name: string]: Json }

/** What the table says of one obstacle. */
export interface ObstacleEntry {
  readonly reason: (details: Details) => string
  readonly lift: (details: Details) => string
}

const say = (text: string) => () => text
const list = (value: Json | undefined) => (Array.isArray(value) ? value.join(', ') : String(value))

/** Everything that can stand in the way of a release. Wording lives here alone, so that hosts can translate it. */
export const OBSTACLES = {
  'gate.permission': {
    reason: (d: Details) => `${d.member} does not have the permission publish.`,
    lift: say('Ask a member who has it, or somebody with the permission admin to grant it.'),
  },
  'gate.status': {
    reason: (d: Details) => `${d.label} has the status ${d.status}.`,
    lift: say('Choose a version that is new or unreleased, or make the gray one official.'),
  },
  'gate.retired': {
    reason: (d: Details) => `${d.label} has the status ${d.status}.`,
    lift: say('Roll back to it, or branch a new version from it.'),
  },
  'gate.notRetired': {
    reason: (d: Details) => `${d.label} has the status ${d.status}.`,
    lift: say('Roll back to a retired version, or release this one.'),
  },
  'gate.locked': {
    reason: (d: Details) => `${d.holder} holds the editing lock.`,
    lift: say('Wait until it is released or has expired.'),
  },
  'gate.errors': {
    reason: (d: Details) => (d.count === 1 ? 'The flow has an error.' : `The flow has ${d.count} errors.`),
    lift: say('Mend what the errors name.'),
  },
  'gate.warnings': {
    reason: (d: Details) => (d.count === 1 ? 'The flow has a warning.' : `The flow has ${d.count} warnings.`),
    lift: say('Mend what the warnings name.'),
  },
  'gate.noTrigger': {
    reason: say('The trigger is left open.'),
    lift: say('Choose a trigger in the start node.'),
  },
  'gate.triggerUnnamed': {
    reason: (d: Details) => `The trigger is of the kind ${d.kind}, and none is named.`,
    lift: (d: Details) => `Name the ${d.kind} in the start node.`,
  },
  'gate.notCompiled': {
    reason: say('It was never compiled.'),
    lift: say('Compile the version, and mend the errors that it finds.'),
  },
  'gate.compiledBefore': {
    reason: say('It was changed since it was compiled.'),
    lift: say('Compile the version, and mend the errors that it finds.'),
  },
  'gate.compiledWithErrors': {
    reason: say('It was compiled with errors.'),
    lift: say('Compile the version, and mend the errors that it finds.'),
  },
  'gate.approvals': {
    reason: (d: Details) =>
      [
        Array.isArray(d.missing) && d.missing.length > 0
          ? `The approval of ${list(d.missing)} is missing.`
          : `${d.still} of ${d.required} approvals ${d.still === 1 ? 'is' : 'are'} missing.`,
        ...(d.voided === true ? ['An edit has voided earlier ones.'] : []),
      ].join(' '),
    lift: (d: Details) =>
      d.emergency === true
        ? 'Ask for the approvals, or give a reason for an emergency release.'
        : 'Ask for the approvals.',
  },
  'gate.noGray': {
    reason: say('The policy has no gray releases.'),
    lift: say('Release it officially, or change the policy.'),
  },
  'gate.references': {
    reason: (d: Details) => list(d.findings),
    lift: say('Release those flows first, or take the calls out.'),
  },
  'gate.exceptionFlow': {
    reason: (d: Details) => String(d.finding),
    lift: say('Release an exception flow, and name it as that of the medium.'),
  },
  'gate.exceptionFlowPaused': {
    reason: (d: Details) => `The exception flow ${d.flow} is paused.`,
    lift: say('Resume it first.'),
  },
  'gate.exceptionRole': {
    reason: (d: Details) => `It is named as an exception flow, and is a ${d.role} flow now.`,
    lift: say('Give it the role exception again, or name another exception flow first.'),
  },
  'gate.noSegment': {
    reason: (d: Details) => `There is no segment ${d.segment}.`,
    lift: say('Define the segment, or choose another one in the start node.'),
  },
  'gate.noMediaFolder': {
    reason: (d: Details) => `There is no media folder ${d.mediaFolder}.`,
    lift: say('Define the folder, or choose another one in the flow settings.'),
  },
  'gate.codeBad': {
    reason: (d: Details) => `${d.code} is no access code.`,
    lift: say('Use 1 to 24 digits, asterisks and hashes.'),
  },
  'gate.codeTaken': {
    reason: (d: Details) => `${d.code} belongs to another flow.`,
    lift: say('Choose another code.'),
  },
  'gate.codeKept': {
    reason: (d: Details) => `The flow keeps its access code ${d.code}.`,
    lift: say('Leave the access code out.'),
  },
  'gate.noApplication': {
    reason: (d: Details) => `There is no app or number for ${list(d.channels)}.`,
    lift: say('Choose one for each channel, or define one first.'),
  },
  'gate.wrongApplication': {
    reason: (d: Details) => `What was chosen does not serve ${list(d.channels)}.`,
    lift: say('Choose an app or number of that channel, for channels that the flow uses.'),
  },
  'gate.noValue': {
    reason: (d: Details) => `There is no value for ${list(d.variables)}.`,
    lift: say('Give each of them a value.'),
  },
  'gate.wrongValue': {
    reason: (d: Details) => `These values do not belong here: ${list(d.variables)}.`,
    lift: say('Give values of the declared types, to variables that are asked for.'),
  },
  'gate.ruleOnOfficial': {
    reason: say('An official release takes no gray rule.'),
    lift: say('Leave the rule out.'),
  },
  'gate.noRule': { reason: say('No gray rule is named.'), lift: say('Choose a gray rule.') },
  'gate.ruleUnknown': {
    reason: (d: Details) => `There is no gray rule ${d.rule} in this workspace.`,
    lift: say('Choose one of the workspace, or define it first.'),
  },
  'gate.guardsOnOfficial': {
    reason: say('An official release has no guards.'),
    lift: say('Leave the guards out.'),
  },
  'gate.guardsBad': { reason: (d: Details) => String(d.faults), lift: say('Correct the guards.') },
  'gate.noEmergency': {
    reason: say('The policy has no emergency releases.'),
    lift: say('Leave the reason out, and ask for the approvals.'),
  },
  'gate.noSegmentToTrigger': {
    reason: say('No segment triggers the flow.'),
    lift: say('Leave triggerExisting out, or choose a segment in the start node.'),
  },
} as const satisfies { readonly [code: string]: ObstacleEntry }

export type ObstacleCode = keyof typeof OBSTACLES

/** What is in the way of a release. */
export interface Obstacle {
  /** Stable; see `OBSTACLES`. */
  readonly code: ObstacleCode
  /** What is in the way, as one or two sentences for people. */
  readonly reason: string
  /** What would lift it, as one sentence. */
  readonly lift: string
  /** The values that the reason speaks of, for hosts that word it themselves. */
  readonly details: Details
}

/** Makes the obstacle of a code. */
export function obstacle(code: ObstacleCode, details: Details = {}): Obstacle {
  const { reason, lift } = OBSTACLES[code]
  return { code, reason: reason(details), lift: lift(details), details }
}
