import type { Result } from '../base/result.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { formatDiagnostic } from '../diagnostics/format-diagnostics.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { parseDocument } from '../document/parse-document.ts'
import { assemble } from './assemble.ts'
import type { CheckedFlow } from './checked-flow.ts'
import { requiredNodes } from './required-nodes.ts'
import type { BuilderNodeType, Vocabulary } from './vocabulary.ts'

export interface BuilderOptions<Types extends Iterable<BuilderNodeType>> {
  /** The node types that flows may use, as for `compile`. */
  readonly nodes: Types
}

/** Makes documents of flows that are written in code. Its functions need no `this`. */
export interface Builder<Known> {
  /** The document of a flow. Throws `BuildError` for what no document can hold; whether it may run is for `validate`. */
  readonly buildFlow: <const Nodes, const Code extends string = never>(
    flow: CheckedFlow<Known, Nodes, Code>,
  ) => FlowDocument
  /** As `buildFlow`, with the diagnostics returned as data. */
  readonly tryBuildFlow: <const Nodes, const Code extends string = never>(
    flow: CheckedFlow<Known, Nodes, Code>,
  ) => Result<FlowDocument, readonly Diagnostic[]>
}

/** Thrown by `buildFlow` for a flow that is no document. The message shows the first fault. */
export class BuildError extends SluiceError {
  /** Every fault, as `tryBuildFlow` returns them. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const first = diagnostics[0] === undefined ? 'The flow is no document' : formatDiagnostic(diagnostics[0])
    super({
      code: 'build.noDocument',
      problem: diagnostics.length > 1 ? `${first}, and ${diagnostics.length - 1} more` : first,
      next: 'Mend what the diagnostics name; tryBuildFlow returns them as data',
    })
    this.name = 'BuildError'
    this.diagnostics = diagnostics
  }
}

/**
 * A builder of flows for some node types. The compiler checks what is written against them; at run time a flow goes
 * through the checks of a file, and through no others.
 *
 * @example
 * import { palette } from 'sluice/palette'
 * const { buildFlow } = createBuilder({ nodes: palette })
 */
export function createBuilder<const Types extends Iterable<BuilderNodeType>>(
  options: BuilderOptions<Types>,
): Builder<Vocabulary<EntryOf<Types>>> {
  requiredNodes(options)
  const tryBuildFlow = (flow: unknown) => parseDocument(assemble(flow))
  return {
    tryBuildFlow,
    buildFlow(flow) {
      const built = tryBuildFlow(flow)
      if (!built.ok) throw new BuildError(built.error)
      return built.value
    },
  }
}

type EntryOf<Types> = Types extends Iterable<infer Each extends BuilderNodeType> ? Each : never
