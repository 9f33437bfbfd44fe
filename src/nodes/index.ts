export { type ConfigFault, checkConfig } from './check-config.ts'
export {
  type Effect,
  type EffectRequest,
  type HttpEffect,
  isMessage,
  type LogEffect,
  MASK,
  type MessageButton,
  type MessageEffect,
  type PromptContent,
  type RetryPolicy,
} from './effects.ts'
export {
  type AnswerEvent,
  type ButtonEvent,
  type CustomEvent,
  type DigitsEvent,
  type InputEvent,
  implicitOutcome,
  isImplicitOutcome,
  type ResultEvent,
  type SessionEvent,
  SIGNALS,
  type SignalEvent,
  type TextEvent,
  type TimerEvent,
} from './events.ts'
export {
  type Entry,
  type Field,
  type FieldOptions,
  type Fields,
  f,
  isOptional,
  type LinkedConfig,
} from './fields.ts'
export { configSchema } from './json-schema.ts'
export {
  type CallRequest,
  call,
  type EndRequest,
  end,
  type JumpRequest,
  jump,
  type Next,
  type NodeContext,
  NodeFault,
  type NodeRuntime,
  type Reaction,
  type WaitFor,
  type WaitRequest,
  wait,
} from './node-runtime.ts'
export { type Category, type ConfigReport, defineNode, type NodeType, pinOf } from './node-type.ts'
export {
  isSource,
  type LocalisedSource,
  linkPrompt,
  PROMPT_PARTS,
  type Prompt,
  type PromptPart,
  type PromptSource,
  type PromptTemplate,
  promptTemplates,
} from './prompt.ts'
export { createRegistry, type NodeRegistry, type NodeTypes, runtimesByPin } from './registry.ts'
export { type ConfigPath, type FieldVisitor, visitConfig, withDefaults } from './visit-config.ts'
