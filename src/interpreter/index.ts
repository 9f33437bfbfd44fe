export {
  EXECUTABLE_FORMAT,
  type Executable,
  type ExecutableAction,
  type ExecutableNode,
  type ExecutableSource,
  type ExecutableVariable,
  type Link,
  type LinkPromptPart,
} from './executable.ts'
export type { StartOptions, Trigger } from './first-session.ts'
export { identifierOf } from './identifier.ts'
export { type ResumeOptions, type Run, resume, start } from './interpreter.ts'
export { journeyOf } from './journey.ts'
export { type LinkProgramOptions, link } from './link.ts'
export {
  type OperateOptions,
  type OperateResult,
  type Operation,
  operate,
} from './operate/operate.ts'
export { OPERATE_REFUSALS, type OperateRefusal, type OperateRefusalCode } from './operate/refusal.ts'
export type { LinkedAction, Program, ProgramNode } from './program.ts'
export { REFUSALS, type Refusal, type RefusalCode } from './refusal.ts'
export type { ProgramLookup } from './run-state.ts'
export type { Frame, Session, SessionError, Wait } from './session.ts'
export type { Step, Trace, TraceEntry } from './trace.ts'
