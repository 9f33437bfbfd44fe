import type { Json } from '../base/json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import type { EditRefusal } from '../editing/refusal.ts'

/** What the host's store is asked to write. */
export interface SaveRequest {
  readonly document: FlowDocument
  /** The revision that was read: the store refuses with `edit.stale` where it holds a newer one. */
  readonly revision: number
  readonly diagnostics: readonly Diagnostic[]
}

/** What the host's store answers: the revision that it holds now, or why it has not written. */
export type SaveAnswer = { readonly ok: true; readonly revision: number } | EditRefusal | SaveRefusal

/** Why a draft was not saved; nothing is lost, and the editor stays dirty. */
export interface SaveRefusal {
  readonly ok: false
  /** `edit.stale`, `edit.locked`, a code of the host's own, or `save.failed` where the store threw. */
  readonly code: string
  /** One sentence for people, with the next step. */
  readonly reason: string
  /** With `edit.stale`, `revision` is the newer one. */
  readonly details?: { readonly [name: string]: Json }
  /** What the store threw. */
  readonly cause?: unknown
}

/** What a save came to. */
export type SaveResult = Saved | SaveRefusal

export interface Saved {
  readonly ok: true
  /** The revision that the draft has where it is kept. */
  readonly revision: number
  /** Of the draft as it was saved; one with errors is saved all the same, and stays a draft. */
  readonly diagnostics: readonly Diagnostic[]
}

/** How saving stands. */
export interface SavingState {
  readonly status: 'idle' | 'saving' | 'refused'
  /** Why the last save was refused, until one succeeds. */
  readonly refusal?: SaveRefusal
  /** When the last save succeeded: milliseconds since 1970-01-01T00:00:00Z. */
  readonly savedAt?: number
}

/** A write of what the editor holds at this moment: what is to be written, and what becomes of the answer. */
export interface Write {
  readonly request: SaveRequest
  /** Tells that it is under way. */
  started(): void
  settle(answer: { readonly ok: true; readonly revision: number } | SaveRefusal): void
}

export interface SaverOptions {
  save(request: SaveRequest): Promise<SaveAnswer>
  begin(): Write
  isDirty(): boolean
  /** Called when a write has been settled. */
  settled(result: SaveResult): void
}

/** Writes one draft at a time: whoever asks meanwhile waits, and all who wait share one write of what has been edited since. */
export class Saver {
  readonly #options: SaverOptions
  #writing: Promise<SaveResult> | undefined
  #waiting: Promise<SaveResult> | undefined

  constructor(options: SaverOptions) {
    this.#options = options
  }

  get isWriting(): boolean {
    return this.#writing !== undefined
  }

  save(): Promise<SaveResult> {
    if (this.#writing === undefined) {
      const write = this.#options.begin()
      this.#writing = this.#write(write)
      write.started()
      return this.#writing
    }
    this.#waiting ??= this.#writing.then((result) => {
      this.#waiting = undefined
      return result.ok && this.#options.isDirty() ? this.save() : result
    })
    return this.#waiting
  }

  async #write({ request, settle }: Write): Promise<SaveResult> {
    // Whoever is told that a save has begun, and asks for another, must find this one under way.
    await undefined
    const answer = await this.#ask(request)
    this.#writing = undefined
    settle(answer)
    const result = answer.ok
      ? { ok: true as const, revision: answer.revision, diagnostics: request.diagnostics }
      : answer
    this.#options.settled(result)
    return result
  }

  async #ask(request: SaveRequest): Promise<{ readonly ok: true; readonly revision: number } | SaveRefusal> {
    try {
      const answer = (await this.#options.save(request)) as SaveAnswer | undefined
      if (answer?.ok === true && Number.isFinite(answer.revision))
        return { ok: true, revision: answer.revision }
      if (answer?.ok === false && typeof answer.code === 'string') return answer
      return failed('The store answered neither { ok: true, revision } nor a refusal.')
    } catch (error) {
      return { ...failed(error instanceof Error ? error.message : String(error)), cause: error }
    }
  }
}

function failed(problem: string): SaveRefusal {
  const reason = `The draft could not be saved: ${problem.replace(/[.\s]+$/, '')}. Nothing is lost; try again.`
  return { ok: false, code: 'save.failed', reason, details: { problem } }
}
