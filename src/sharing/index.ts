export { createLinks, Links, type LinksOptions } from './links/create-links.ts'
export { EMBED_SCRIPT, type EmbedCode } from './links/embed.ts'
export type { Link, Parameters } from './links/link.ts'
export type { CountBound, Counted, LinkQuery, LinkStore, StoredLink } from './links/link-store.ts'
export type {
  LinkOffer,
  LinkRequest,
  LinkTrigger,
  LinkView,
  LinkWarning,
  MadeLink,
  RefusedLink,
  ResolvedLink,
} from './links/link-types.ts'
export { memoryLinkStore } from './links/memory-link-store.ts'
export { randomCodes } from './links/short-codes.ts'
export { SHARING_REFUSALS, type SharingRefusal, type SharingRefusalCode } from './refusal.ts'
export type { ReleasedFlow, SharedWorkspace } from './shared-workspace.ts'
export {
  createShares,
  MAX_WRONG_PASSWORDS,
  type Shared,
  type SharedFlow,
  type ShareRequest,
  Shares,
  type SharesOptions,
  type ShareView,
  THROTTLE_MS,
} from './shares/create-shares.ts'
export { hashPassword, SCRYPT_COST, type ScryptCost, verifyPassword } from './shares/password.ts'
export type { ShareAnswer, ShareHttpRequest } from './shares/respond.ts'
export type { StrangersView } from './shares/strangers-view.ts'
export * from './viewer/index.ts'
export { type Removed, withoutSecrets } from './without-secrets.ts'
