import type { Command, CommandType } from '../../../src/releases/command.ts'
import { PRESETS } from '../../../src/releases/presets/presets.ts'

const ofVersion = { flow: 'hours', version: 'v1' } as const

const answers = {
  applications: { voice: 'hotline' },
  values: { limit: 3, days: ['monday'] },
  rule: 'pilot',
  guards: { minSessions: 10 },
  accessCode: '*42#',
  running: 'keep',
  withdrawEnded: true,
  triggerExisting: false,
  comment: 'Goes live',
  emergency: 'The hotline is down',
} as const

/** As `hashPassword` makes one. */
export const PASSWORD = {
  kdf: 'scrypt',
  n: 1024,
  r: 8,
  p: 1,
  salt: 'c2FsdCBhbmQgcGVwcGVyIQ',
  hash: 'bm90IGEgcGFzc3dvcmQgYXQgYWxsLCBvbmx5IHRleHQ',
} as const

/** One command of every type, with every member that it can have. */
export const COMMAND_EXAMPLES: { readonly [Type in CommandType]: Command } = {
  createWorkspace: { type: 'createWorkspace', name: 'Acme', policy: 'contact-centre' },
  setPolicy: { type: 'setPolicy', policy: PRESETS['action-flow'] },
  addMember: { type: 'addMember', member: 'ben', name: 'Ben', permissions: ['view', 'edit'] },
  removeMember: { type: 'removeMember', member: 'ben' },
  grant: { type: 'grant', member: 'ben', permissions: ['publish'] },
  revoke: { type: 'revoke', member: 'ben', permissions: [] },
  define: {
    type: 'define',
    kind: 'application',
    item: { id: 'hotline', name: 'Hotline', channel: 'voice', address: '+49301234' },
  },
  remove: { type: 'remove', kind: 'application', id: 'hotline' },
  setExceptionFlow: { type: 'setExceptionFlow', medium: 'any', flow: null },
  regenerateKey: { type: 'regenerateKey', application: 'hotline' },
  createFlow: { type: 'createFlow', flow: 'hours', service: 'hotline', labels: ['voice'], comment: 'First' },
  saveDraft: { type: 'saveDraft', ...ofVersion, revision: 1 },
  branch: { type: 'branch', flow: 'hours', from: 'v1', over: true, comment: 'For the summer' },
  restoreDraft: { type: 'restoreDraft', ...ofVersion, over: false },
  takeLock: { type: 'takeLock', ...ofVersion },
  releaseLock: { type: 'releaseLock', ...ofVersion },
  comment: { type: 'comment', ...ofVersion, text: 'Looks good' },
  requestApproval: { type: 'requestApproval', ...ofVersion },
  approve: { type: 'approve', ...ofVersion, behaviourHash: 'behaviour-1', comment: 'Tried it' },
  withdrawApproval: { type: 'withdrawApproval', ...ofVersion, comment: 'Wrong number' },
  compileVoice: { type: 'compileVoice', ...ofVersion },
  release: { type: 'release', ...ofVersion, slot: 'gray', plan: 'plan-1', ...answers },
  rollBack: { type: 'rollBack', ...ofVersion, slot: 'official', plan: 'plan-1', ...answers },
  cancelRelease: {
    type: 'cancelRelease',
    flow: 'hours',
    slot: 'official',
    running: 'cancelAndWithdraw',
    comment: 'Too many complaints',
  },
  retire: { type: 'retire', ...ofVersion, comment: 'Not needed' },
  pause: { type: 'pause', flow: 'hours', comment: 'Maintenance' },
  resume: { type: 'resume', flow: 'hours', comment: 'Done' },
  placeFlow: { type: 'placeFlow', flow: 'hours', service: null },
  labelFlow: { type: 'labelFlow', flow: 'hours', labels: ['voice'] },
  setDistribution: { type: 'setDistribution', flow: 'hours', applications: ['hotline'], protect: false },
  shareFlow: { type: 'shareFlow', flow: 'hours', share: 'share-1', password: PASSWORD, expiresAt: 4_000 },
  switchShare: { type: 'switchShare', flow: 'hours', on: false },
  deleteVersion: { type: 'deleteVersion', ...ofVersion },
  deleteFlow: { type: 'deleteFlow', flow: 'hours' },
}
