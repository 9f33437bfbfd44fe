export {
  type Analysis,
  type AnalysisOptions,
  analyse,
  type CheckedSource,
  type NodeFacts,
  type OutcomeTag,
} from './analysis.ts'
export { cycles, type FlowGraph, flowGraph, loopHeads, reach } from './flow-graph.ts'
export type { Facet, FlowRule, NodeRule, Report, Rule, ValidationPolicy } from './rule.ts'
export { RULES } from './rules/index.ts'
export { findAll, type ValidateOptions, validate } from './validate.ts'
export type { WayOut } from './way-out.ts'
