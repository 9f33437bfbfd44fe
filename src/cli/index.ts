export { type CliIo, EXIT, processIo } from './io.ts'
export { main } from './main.ts'
export { parseScript, type ScriptEvent } from './script.ts'
