export type { CheckedFlow } from './checked-flow.ts'
export {
  BuildError,
  type Builder,
  type BuilderOptions,
  createBuilder,
} from './create-builder.ts'
export { type CodeOptions, renderCode } from './render-code.ts'
export type { BuilderNodeType, KnownType, Vocabulary } from './vocabulary.ts'
export type { LooseConnector, UncheckedNode, Way } from './written-flow.ts'
