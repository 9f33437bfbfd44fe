import type { ValidationPolicy } from '../validation/rule.ts'
import type { LifecycleState } from './lifecycle.ts'
import type { LabelPolicy } from './version-number.ts'

/**
 * How a workspace goes about versions and releases: data, so that one engine serves products with different habits.
 * `PRESETS` has the habits of five of them; any mixture works as well.
 */
export interface Policy {
  readonly numbering: {
    /** How version numbers go on, and how they read. */
    readonly labels: LabelPolicy
    /** When a version gets its number: when its draft is made, or when it is first released. */
    readonly minted: 'atDraft' | 'atRelease'
  }
  readonly drafts: {
    /** `one`: a new draft takes the place of the one that is there, which can be restored. */
    readonly kept: 'one' | 'many'
    /** Which versions a draft may be branched from. */
    readonly branchFrom: 'released' | 'any'
  }
  readonly release: {
    /** True where a version can be tried with some contacts, beside the official one. */
    readonly gray: boolean
    /** True where warnings keep a version from being released, as errors do everywhere. */
    readonly warningsBlock: boolean
    /** True where nothing is released without a released exception flow for its medium. */
    readonly needsExceptionFlow: boolean
    /** Which flows get an access code with their first release. */
    readonly accessCodes: 'all' | 'voice' | 'none'
    /** True where a voice flow must have been compiled without errors. */
    readonly compileVoice: boolean
    /** What a plan proposes for sessions that still run on versions which are replaced. */
    readonly ofRunning: RunningChoice
  }
  readonly approvals: {
    /** Members who must have approved exactly the behaviour that is released; 0 switches approvals off. */
    readonly required: number
    /** Members whose approval is needed, each of them; any member with the permission counts unless given. */
    readonly approvers?: readonly string[]
    /** True where whoever has saved a version may approve it. */
    readonly ownWork: boolean
    /** True where a release may go past missing approvals with a reason, which is recorded. */
    readonly emergency: boolean
  }
  /** How findings of validation are judged. */
  readonly validation: ValidationPolicy
  /** What may come in with bundles; nothing beyond what is available unless given. */
  readonly imports?: {
    /** True where a flow with nodes that are missing here can be imported, on request, with each of them an error (IO-5). */
    readonly placeholders: boolean
  }
  /** How the product calls the states of a version. */
  readonly words: StatusWords
}

/** What becomes of sessions that run on versions which a release replaces (RUN-5). */
export type RunningChoice = 'keep' | 'cancel' | 'cancelAndWithdraw'

/** The words of a product for the states of a version, and for a flow whose release is paused. */
export type StatusWords = { readonly [State in LifecycleState]: string } & { readonly paused: string }
