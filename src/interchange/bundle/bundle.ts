import type { FlowDocument } from '../../document/flow-document.ts'

/** What the member `format` says, by which a bundle is told from everything else. */
export const BUNDLE_FORMAT = 'sluice-bundle'

/** The version of the shape of bundles that this release writes. */
export const BUNDLE_SCHEMA = 1

/** How many flows one bundle may hold. */
export const MAX_BUNDLE_FLOWS = 1_000

/** The longest bundle, as text, in UTF-16 units; of a value, what all of its texts and names come to. */
export const MAX_BUNDLE_LENGTH = 64 * 1024 * 1024

/** Values in one bundle, scalars included; a document by itself may hold a million. */
export const MAX_BUNDLE_VALUES = 1_200_000

/** Flows on their way from one workspace to another, with what they need there; plain JSON. */
export interface Bundle {
  readonly format: typeof BUNDLE_FORMAT
  /** Version of this shape. Older bundles are migrated when read. */
  readonly schema: typeof BUNDLE_SCHEMA
  /** Ids of the flows that were asked for. They stand first among the flows, in this order. */
  readonly roots: readonly string[]
  /** What was asked for, then the subflows that came along, in the order in which they were found. */
  readonly flows: readonly BundledFlow[]
  /** By pin: the versions of the node type that will do, as a range of semver. */
  readonly nodeTypes: { readonly [pin: string]: string }
  /** Node types that belong to an integration; absent where none does. */
  readonly integrations?: BundledIntegrations
  /** Languages that the flows speak to contacts, as BCP 47 tags. */
  readonly languages: readonly string[]
  /** Languages that expressions and templates are written in, beside CEL. */
  readonly expressions: readonly string[]
  /** Names of the recordings that prompts play. They do not travel. */
  readonly prompts: readonly string[]
  /** Ids of the folders that the recordings lie in. */
  readonly mediaFolders: readonly string[]
  /** Ids of the segments that start one of the flows. */
  readonly segments: readonly string[]
}

/** One flow of a bundle. */
export interface BundledFlow {
  readonly document: FlowDocument
  /**
   * Hash of what the flow does, in which the flows of the bundle stand by their place: it stays the same where a flow gets
   * another id.
   */
  readonly behaviourHash: string
  /** Where nodes name a flow of the bundle; absent where none does. */
  readonly references?: readonly BundledReference[]
}

/** A place in the config of a node that names a flow of the bundle. */
export interface BundledReference {
  readonly node: string
  /** From the config of the node. */
  readonly path: readonly (string | number)[]
  /** Place of the flow in the bundle, from 0. */
  readonly place: number
}

/** Where the custom nodes of a bundle are at home. */
export interface BundledIntegrations {
  /** Id of the workspace that the bundle was exported from. */
  readonly tenant: string
  /** Id of the integration, by pin. */
  readonly pins: { readonly [pin: string]: string }
}
