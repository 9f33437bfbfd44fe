export { cel } from './cel.ts'
export { celLinker } from './cel-linker.ts'
export { type CelOptions, createCel } from './create-cel.ts'
export { isFault } from './fault.ts'
export { MAX_PATTERN_LENGTH, MAX_PATTERN_STEPS, re2Engine } from './re2.ts'
export { MAX_SOURCE_LENGTH } from './scan.ts'
export { createScope, RESERVED_NAMES, type ScopeDeclarations } from './scope.ts'
export { type FunctionSignature, MACROS, type Parameter, SIGNATURES } from './signatures.ts'
export { MAX_TEMPLATE_LENGTH } from './templates.ts'
export type {
  Checked,
  CheckOutcome,
  Environment,
  EvaluationFault,
  Expression,
  ExpressionFault,
  ExpressionLanguage,
  ExpressionLinker,
  LinkOptions,
  ListType,
  ObjectType,
  Read,
  RegexEngine,
  Scope,
  ScopeEntry,
  Template,
  ValueType,
} from './types.ts'
export { ANY_LIST, ANY_OBJECT, accepts, isListType, isObjectType, typeWord } from './value-types.ts'
