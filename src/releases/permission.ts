import type { Command, CommandType } from './command.ts'
import type { CatalogKind } from './state.ts'

/** What members of a workspace can be allowed to do; none includes another. */
export const PERMISSIONS = ['view', 'edit', 'approve', 'publish', 'admin'] as const

export type Permission = (typeof PERMISSIONS)[number]

/** The permission that it takes to define and to remove a thing of the catalog, by its kind. */
export const CATALOG_PERMISSIONS = {
  group: 'admin',
  team: 'admin',
  service: 'admin',
  testContact: 'edit',
  segment: 'edit',
  mediaFolder: 'edit',
  application: 'publish',
  grayRule: 'publish',
  integration: 'admin',
} as const satisfies { readonly [Kind in CatalogKind]: Permission }

/** The permission that each command needs; `createWorkspace` comes before there are any. */
export const COMMAND_PERMISSIONS = {
  createWorkspace: undefined,
  setPolicy: 'admin',
  addMember: 'admin',
  removeMember: 'admin',
  grant: 'admin',
  revoke: 'admin',
  define: CATALOG_PERMISSIONS,
  remove: CATALOG_PERMISSIONS,
  setExceptionFlow: 'publish',
  regenerateKey: 'publish',
  createFlow: 'edit',
  saveDraft: 'edit',
  branch: 'edit',
  restoreDraft: 'edit',
  takeLock: 'edit',
  releaseLock: 'edit',
  comment: 'edit',
  requestApproval: 'edit',
  approve: 'approve',
  withdrawApproval: 'approve',
  compileVoice: 'edit',
  release: 'publish',
  rollBack: 'publish',
  cancelRelease: 'publish',
  retire: 'publish',
  pause: 'publish',
  resume: 'publish',
  placeFlow: 'edit',
  labelFlow: 'edit',
  setDistribution: 'publish',
  shareFlow: 'publish',
  switchShare: 'publish',
  deleteVersion: 'edit',
  deleteFlow: 'edit',
} as const satisfies {
  readonly [Type in CommandType]: Permission | typeof CATALOG_PERMISSIONS | undefined
}

/** The permission that a command needs; none for the one that creates the workspace. */
export function permissionFor(command: Command): Permission | undefined {
  if (command.type === 'define' || command.type === 'remove') return CATALOG_PERMISSIONS[command.kind]
  return COMMAND_PERMISSIONS[command.type]
}
