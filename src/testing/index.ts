export { contactStoreContract } from './contracts/contact-store-contract.ts'
export { contentStoreContract } from './contracts/content-store-contract.ts'
export type { ContractCase, MakeStore } from './contracts/contract.ts'
export { eventStoreContract } from './contracts/event-store-contract.ts'
export { linkStoreContract } from './contracts/link-store-contract.ts'
export { sessionStoreContract } from './contracts/session-store-contract.ts'
export { type Coverage, type CoveredOutcome, createCoverage } from './coverage.ts'
export {
  createMocker,
  type EffectMocker,
  type EffectMocks,
  type EffectResult,
  resultEvent,
} from './effect-mocks.ts'
export {
  type Exploration,
  type ExplorationFailure,
  type ExploreOptions,
  explore,
} from './explore/explore.ts'
export { type ReplayedStep, replayScript } from './explore/replay-script.ts'
export type { Script, ScriptedEvent } from './explore/script.ts'
export type { UnreachedOutcome } from './explore/unreached.ts'
export { type SimulateOptions, simulate } from './simulate.ts'
export type { Simulation } from './simulation.ts'
export { EPOCH, type VirtualClock, virtualClock } from './virtual-clock.ts'
