import type { JsonObject } from '../base/json.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import type { Command } from '../releases/command.ts'
import type { Refusal } from '../releases/refusal.ts'
import type { FlowState, WorkspaceState } from '../releases/state.ts'

/** What sharing asks of a workspace. The one of `sluice/runtime` fills it. */
export interface SharedWorkspace {
  /** The tenant. */
  readonly id: string
  state(): Promise<WorkspaceState>
  flow(id: string): Promise<FlowState | undefined>
  document(flow: string, version: string): Promise<FlowDocument | undefined>
  /** What a release runs, by hash. */
  executable(hash: string): Promise<ReleasedFlow | undefined>
  execute(command: Command, asking: { readonly by: string }): Promise<{ readonly ok: true } | Refusal>
}

/** The part of an executable that says what a flow starts with. */
export interface ReleasedFlow {
  readonly nodes: readonly { readonly config: JsonObject }[]
  /** Index of the start node. */
  readonly start: number
}
