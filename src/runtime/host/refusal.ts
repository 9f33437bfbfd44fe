import type { Json } from '../../base/json.ts'

/** Why a host did not do what it was asked; nothing has changed. */
export interface HostRefusal {
  readonly ok: false
  /** Stable: one of `HOST_REFUSALS`, or a code of routing, of `resume`, of `operate`, or of commands of a workspace. */
  readonly code: string
  /** What is in the way, as one sentence for people. */
  readonly reason: string
  /** What would lift it, as one sentence. */
  readonly lift: string
  readonly details: { readonly [name: string]: Json }
}

export type HostRefusalCode = keyof typeof HOST_REFUSALS

type Details = HostRefusal['details']

interface HostRefusalEntry {
  readonly reason: (details: Details) => string
  readonly lift: string
}

const list = (value: Json | undefined) => (Array.isArray(value) ? value.join(', ') : '')

/** Every reason of the host's own. Wording lives here alone, so that hosts can translate it. */
export const HOST_REFUSALS = {
  'host.closed': {
    reason: () => 'The host is closing, or has closed.',
    lift: 'Send it again when a host is open.',
  },
  'host.busy': {
    reason: (d) => `The host has ${d.waiting} inputs waiting, and takes no more.`,
    lift: 'Send it again later; a provider that is told so does.',
  },
  'input.bad': {
    reason: (d) => `The input cannot be used: ${d.fault}.`,
    lift: 'Correct it; see the type of what was passed.',
  },
  'receive.nobodyWaits': {
    reason: (d) => `No session waits for ${d.what} from there on the channel ${d.channel}.`,
    lift: 'Nothing needs to be done: there was nobody to take it.',
  },
  'receive.noFlow': {
    reason: (d) => `No session waits for it on the channel ${d.channel}, and no flow is started by it.`,
    lift: 'Release a flow whose start node names this trigger, with the application that was written to.',
  },
  'receive.ambiguous': {
    reason: (d) => `Several flows would be started by it: ${list(d.flows)}.`,
    lift: 'Give each an application of its own, or retire all but one.',
  },
  'trigger.kind': {
    reason: (d) => `The flow ${d.flow} is started by ${d.expected}, and this is ${d.kind}.`,
    lift: 'Use the trigger that its start node declares, or release a version that declares this one.',
  },
  'trigger.otherVersion': {
    reason: (d) => `The contact does not reach the version ${d.version} of the flow ${d.flow}.`,
    lift: 'Nothing needs to be done: they reach another version.',
  },
  'trigger.noStart': {
    reason: (d) => `The released version of the flow ${d.flow} does not say what starts it.`,
    lift: 'Set the trigger of its start node, and release it again.',
  },
  'trigger.data': {
    reason: (d) => `The flow ${d.flow} cannot start with this: ${d.fault}.`,
    lift: 'Pass the data that its start node declares.',
  },
  'trigger.noIdentifier': {
    reason: (d) =>
      `The flow ${d.flow} prevents duplicates, and what it tells sessions apart by has no value here.`,
    lift: 'Pass the data or the contact that its identifier reads.',
  },
  'trigger.cannotRun': {
    reason: (d) => `The flow ${d.flow} cannot run here: ${d.fault}.`,
    lift: 'Give the host the node types or stored executables that it lacks.',
  },
  'trigger.test': {
    reason: (d) => `The session ${d.session} is one of test mode, and starts nothing outside of it.`,
    lift: 'Start a session of test mode instead.',
  },
  'trigger.hops': {
    reason: (d) => `The session ${d.session} is the last of ${d.hops} that led to each other.`,
    lift: 'Let flows that start each other come to an end.',
  },
  'emit.hops': {
    reason: (d) =>
      `The event ${d.name} was emitted by the last of ${d.hops} sessions that led to each other.`,
    lift: 'Let flows that start each other come to an end.',
  },
  'session.unknown': {
    reason: (d) => `There is no session ${d.session}.`,
    lift: 'Name a session of this workspace; it may have been erased.',
  },
  'session.quarantined': {
    reason: (d) => `The session ${d.session} cannot run here: ${d.fault}. It stays as it is.`,
    lift: 'Give the host the node types or stored executables that it lacks.',
  },
  'session.contended': {
    reason: (d) => `The session ${d.session} was changed by others again and again.`,
    lift: 'Run one host for a workspace, and send it again.',
  },
  'session.identifier': {
    reason: (d) => `The session ${d.other} runs with the identifier of the session ${d.session}.`,
    lift: 'Wait until it has ended, or cancel it.',
  },
  'test.notTestContact': {
    reason: (d) => `${d.contact} is no test contact of this workspace.`,
    lift: 'Define a test contact with this address, or use one that is listed.',
  },
  'test.errors': {
    reason: (d) => `The version ${d.version} of the flow ${d.flow} has errors and cannot run.`,
    lift: 'Correct its errors first.',
  },
  'version.unknown': {
    reason: (d) => `There is no version ${d.version} of the flow ${d.flow}.`,
    lift: 'Name a version that has not been deleted.',
  },
  'version.neverReleased': {
    reason: (d) => `The version ${d.version} of the flow ${d.flow} was never released.`,
    lift: 'Name a version that is or was released.',
  },
  'permission.missing': {
    reason: (d) => `${d.command} needs the permission ${d.permission}, which ${d.member} does not have.`,
    lift: 'Ask somebody with the permission admin to grant it.',
  },
  'deadLetter.unknown': {
    reason: (d) => `There is no dead letter ${d.number}.`,
    lift: 'List the dead letters; it may have been retried.',
  },
  'segment.unknown': {
    reason: (d) => `There is no segment ${d.segment} in this workspace.`,
    lift: 'Define it first.',
  },
  'webhook.channel': {
    reason: (d) => `There is no channel ${d.channel} that takes webhooks.`,
    lift: 'Name a channel of this host.',
  },
} as const satisfies Readonly<Record<string, HostRefusalEntry>>

/** The refusal of a code, in words. */
export function refuseInHost(code: HostRefusalCode, details: Details = {}): HostRefusal {
  const { reason, lift } = HOST_REFUSALS[code] as HostRefusalEntry
  return { ok: false, code, reason: reason(details), lift, details }
}
