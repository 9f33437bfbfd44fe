import type { CatalogItem, CommandOf, CommandType } from '../command.ts'
import type { Inspection } from '../inspection.ts'
import { currentRevision, itemOf } from '../lookup.ts'
import type { ById, CatalogKind, PasswordHash, SlotName, State, Version, WorkspaceState } from '../state.ts'

/** What a sample is about. */
export interface Sample {
  readonly state: State
  /** Id of the member who asks. */
  readonly by: string
  /** Id of the flow, also where there is none. */
  readonly flow: string
  readonly version: string
  readonly slot: SlotName
  readonly kind: CatalogKind
  /** What the version that was found says, for commands that carry hashes and revisions. */
  readonly found?: Version
}

/** Stands for the hash of a password that a person would type. */
const SAMPLE_PASSWORD: PasswordHash = {
  kdf: 'scrypt',
  n: 2,
  r: 1,
  p: 1,
  salt: 'A'.repeat(22),
  hash: 'A'.repeat(43),
}

/** Stands for a text that a person would type. */
const TEXT = '-'

type Samples = { readonly [Type in Exclude<CommandType, 'release' | 'rollBack'>]: CommandOf<Type> }

/**
 * One command of every type as a person would send it who presses its button and types something acceptable: what has to
 * be confirmed is confirmed, what has to be new is new, and what is there already stays as it is.
 */
export function sampleCommands(sample: Sample): Samples {
  const { state, by, flow, version, slot, kind, found } = sample
  const { workspace } = state
  const { policy, members, catalog } = workspace
  const entry = itemOf(workspace.flows, flow)
  const ofVersion = { flow, version }
  const revision = found === undefined ? undefined : currentRevision(found)
  return {
    createWorkspace: { type: 'createWorkspace', name: TEXT, policy },
    setPolicy: { type: 'setPolicy', policy },
    addMember: { type: 'addMember', member: freshId(members), permissions: [] },
    removeMember: { type: 'removeMember', member: Object.keys(members).find((id) => id !== by) ?? by },
    grant: { type: 'grant', member: by, permissions: [] },
    revoke: { type: 'revoke', member: by, permissions: [] },
    define: { type: 'define', ...sampleItem(kind, freshId(catalog[kind])) },
    remove: { type: 'remove', kind, id: Object.keys(catalog[kind])[0] ?? freshId(catalog[kind]) },
    setExceptionFlow: {
      type: 'setExceptionFlow',
      medium: state.flow?.medium ?? 'any',
      flow: state.flow === undefined ? null : flow,
    },
    regenerateKey: {
      type: 'regenerateKey',
      application: Object.keys(catalog.application)[0] ?? freshId(catalog.application),
    },
    createFlow: { type: 'createFlow', flow: freshId(workspace.flows) },
    saveDraft: { type: 'saveDraft', ...ofVersion, revision: revision?.revision ?? 0 },
    branch: { type: 'branch', flow, from: version, over: true },
    restoreDraft: { type: 'restoreDraft', ...ofVersion, over: true },
    takeLock: { type: 'takeLock', ...ofVersion },
    releaseLock: { type: 'releaseLock', ...ofVersion },
    comment: { type: 'comment', ...ofVersion, text: TEXT },
    requestApproval: { type: 'requestApproval', ...ofVersion },
    approve: { type: 'approve', ...ofVersion, behaviourHash: revision?.behaviourHash ?? TEXT },
    withdrawApproval: { type: 'withdrawApproval', ...ofVersion },
    compileVoice: { type: 'compileVoice', ...ofVersion },
    cancelRelease: { type: 'cancelRelease', flow, slot },
    retire: { type: 'retire', ...ofVersion },
    pause: { type: 'pause', flow },
    resume: { type: 'resume', flow },
    placeFlow: { type: 'placeFlow', flow, service: entry?.service ?? null },
    labelFlow: { type: 'labelFlow', flow, labels: entry?.labels ?? [] },
    setDistribution: {
      type: 'setDistribution',
      flow,
      applications: entry?.distribution?.applications ?? [],
      protect: entry?.distribution?.protect ?? true,
    },
    shareFlow: { type: 'shareFlow', flow, share: freshShare(workspace), password: SAMPLE_PASSWORD },
    switchShare: { type: 'switchShare', flow, on: false },
    deleteVersion: { type: 'deleteVersion', ...ofVersion },
    deleteFlow: { type: 'deleteFlow', flow },
  }
}

/** The inspection of a document that says nothing, for commands about content that is not there yet. */
export function sampleInspection({ state }: Sample, flow: string, hashes?: Partial<Inspection>): Inspection {
  const { medium = 'any', role = 'main', audience = 'interaction' } = state.flow ?? {}
  return {
    contentHash: TEXT,
    behaviourHash: TEXT,
    flow,
    name: TEXT,
    role,
    medium,
    audience,
    diagnostics: [],
    channels: [],
    references: [],
    nodeTypes: [],
    asked: [],
    outcomes: [],
    ...hashes,
  }
}

function sampleItem(kind: CatalogKind, id: string): CatalogItem {
  const named = { id, name: TEXT }
  switch (kind) {
    case 'testContact':
      return { kind, item: { ...named, addresses: [] } }
    case 'application':
      return { kind, item: { ...named, channel: TEXT } }
    case 'grayRule':
      return { kind, item: { ...named, match: { kind: 'percentage', percent: 1 } } }
    default:
      return { kind, item: named }
  }
}

/** An id that no item has. */
function freshId(items: ById<unknown>): string {
  let id = 'new'
  for (let i = 2; Object.hasOwn(items, id); i++) id = `new-${i}`
  return id
}

/** An id that no read-only link has. */
function freshShare({ flows }: WorkspaceState): string {
  return freshId(Object.fromEntries(Object.values(flows).map(({ share }) => [share?.id ?? '', share])))
}
