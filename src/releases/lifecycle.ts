/** Where a version stands. */
export type LifecycleState = 'new' | 'gray' | 'official' | 'unreleased' | 'retired' | 'setAside' | 'deleted'

/** What happens to a version. `revise` is a save; `setAside` makes room for another draft, `restore` brings it back. */
export type LifecycleEvent =
  | 'revise'
  | 'releaseGray'
  | 'releaseOfficial'
  | 'rollBackGray'
  | 'rollBackOfficial'
  | 'replace'
  | 'cancel'
  | 'retire'
  | 'setAside'
  | 'restore'
  | 'delete'
