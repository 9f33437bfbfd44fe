export type { Json, JsonObject } from './base/json.ts'
export { LIMITS, type LimitName, type Limits } from './base/limits.ts'
export type { Result } from './base/result.ts'
export { SluiceError } from './base/sluice-error.ts'
export type { Diagnostic, Fix, Location, Severity } from './diagnostics/diagnostic.ts'
export { formatDiagnostic, formatDiagnostics } from './diagnostics/format-diagnostics.ts'
export type { Connector, FlowDocument, FlowNode, FlowSettings } from './document/flow-document.ts'
export { parseDocument } from './document/parse-document.ts'
export { behaviourHash, contentHash, serialiseDocument } from './document/serialise-document.ts'
export {
  CompileError,
  type CompileOptions,
  compile,
  type FlowSource,
  tryCompile,
} from './interpreter/compile.ts'
export type { Executable } from './interpreter/executable.ts'
export type { StartOptions, Trigger } from './interpreter/first-session.ts'
export { type ResumeOptions, type Run, resume, start } from './interpreter/interpreter.ts'
export { type LinkProgramOptions, link } from './interpreter/link.ts'
export { prepare } from './interpreter/prepare.ts'
export type { Program } from './interpreter/program.ts'
export type { Refusal, RefusalCode } from './interpreter/refusal.ts'
export type { Session, SessionError } from './interpreter/session.ts'
export type { Step, Trace, TraceEntry } from './interpreter/trace.ts'
export { type Effect, isMessage, type MessageEffect } from './nodes/effects.ts'
export type { SessionEvent } from './nodes/events.ts'
export { type ValidateOptions, validate } from './validation/validate.ts'
