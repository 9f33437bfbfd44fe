import type { CliIo } from './io.ts'

/** The part of `@clack/prompts` that is used; loaded only where a person sits at a terminal. */
export type Prompts = Pick<typeof import('@clack/prompts'), 'text' | 'select' | 'isCancel' | 'log' | 'outro'>

/** The streams of a conversation, and the signal that Ctrl-C outside of a prompt aborts. */
export type TalkIo = CliIo & { readonly interrupted: AbortSignal }

/** Streams and an abort signal for one prompt. */
export interface PromptPlace {
  readonly input: CliIo['stdin']
  readonly output: CliIo['stdout']
  readonly signal: AbortSignal
}

/** Thrown where the person ends the conversation with Ctrl-C. */
export class Interrupted extends Error {}
