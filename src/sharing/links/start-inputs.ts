import { isJsonObject } from '../../base/json.ts'
import type { DataField } from '../../document/flow-document.ts'
import type { SharedWorkspace } from '../shared-workspace.ts'

/** Executables whose inputs are kept: what a hash names never changes. */
const KEPT = 1_000

/** The data that released flows start with, as their start nodes declare it. */
export class StartInputs {
  readonly #workspace: Pick<SharedWorkspace, 'executable'>
  readonly #known = new Map<string, readonly DataField[]>()

  constructor(workspace: Pick<SharedWorkspace, 'executable'>) {
    this.#workspace = workspace
  }

  /** The inputs of an executable, by its hash; none where it is not there. */
  async of(hash: string): Promise<readonly DataField[]> {
    const known = this.#known.get(hash)
    if (known !== undefined) return known
    const flow = await this.#workspace.executable(hash)
    if (flow === undefined) return []
    const declared = flow.nodes[flow.start]?.config.data
    const inputs = (Array.isArray(declared) ? declared : []).filter(
      isJsonObject,
    ) as unknown as readonly DataField[]
    if (this.#known.size >= KEPT) this.#known.clear()
    this.#known.set(hash, inputs)
    return inputs
  }
}
