export { answerScript } from './answer-script.ts'
export {
  createScriptRunner,
  type Script,
  type ScriptFailure,
  type ScriptOutcome,
  type ScriptRunner,
  type ScriptRunnerOptions,
} from './script-runner.ts'
