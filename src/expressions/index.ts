export type { Completion, CompletionList, Hover } from './assist.ts'
export { type AuthoringLanguage, authoringCel } from './authoring-cel.ts'
export { cel } from './cel.ts'
export { celLinker } from './cel-linker.ts'
export {
  type AllGroup,
  type AnyGroup,
  type CalendarDate,
  type CompareOperator,
  type Comparison,
  type Condition,
  type ConditionGroup,
  type Instant,
  type ListOperator,
  MAX_CONDITION_DEPTH,
  type Operand,
  type Operator,
  type PlainOperator,
  type Reference,
  type TextOperator,
} from './conditions/condition.ts'
export { operatorsFor } from './conditions/operators.ts'
export { type FreeText, readCondition } from './conditions/read-condition.ts'
export { writeCondition } from './conditions/write-condition.ts'
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
  Renaming,
  Scope,
  ScopeEntry,
  SourceKind,
  Template,
  ValueType,
} from './types.ts'
export { ANY_LIST, ANY_OBJECT, accepts, isListType, isObjectType, typeWord } from './value-types.ts'
