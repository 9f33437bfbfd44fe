export {
  BuildError,
  type Builder,
  type BuilderOptions,
  createBuilder,
} from './create-builder.ts'
export { type CodeOptions, renderCode } from './render-code.ts'
export type { LooseConnector, UncheckedNode, Way } from './written-flow.ts'
