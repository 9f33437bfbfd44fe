import { equalJson, type Json } from '../base/json.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Draft } from '../editing/draft.ts'
import type { Patch } from '../editing/patch.ts'
import type { Scope } from '../expressions/types.ts'
import { LiveValidation } from '../validation/live-validation.ts'
import type { ValidationPolicy } from '../validation/rule.ts'
import { validate } from '../validation/validate.ts'

/** Errors and warnings of a draft that is edited; checked when somebody asks, and then only what edits can touch. */
export class LiveDiagnostics {
  readonly #policy: ValidationPolicy
  #draft: Draft
  /** Made when it is first asked for: it reads the whole flow once. */
  #live: LiveValidation | undefined
  /** What `#live` has not followed yet. */
  #pending: Patch[] = []
  #list: readonly Diagnostic[] = []

  constructor(draft: Draft, policy: ValidationPolicy = {}) {
    this.#draft = draft
    this.#policy = policy
  }

  follow(draft: Draft, patches: readonly Patch[]): void {
    this.#draft = draft
    if (this.#live !== undefined) for (const patch of patches) this.#pending.push(patch)
  }

  /** What is wrong with a draft: the one that was followed last, or quite slowly an older one. The list stays while that does. */
  of(draft: Draft): readonly Diagnostic[] {
    if (draft !== this.#draft) {
      const { registry, languages } = draft.context
      return validate(draft.document, {
        nodes: registry,
        languages: [...languages.values()],
        policy: this.#policy,
      })
    }
    const found = this.#upToDate().diagnostics
    if (!isSameList(found, this.#list)) this.#list = found
    return this.#list
  }

  /** The names that expressions may use. */
  get scope(): Scope {
    return this.#upToDate().scope
  }

  #upToDate(): LiveValidation {
    if (this.#live === undefined) this.#live = new LiveValidation(this.#draft, this.#policy)
    else if (this.#pending.length > 0) this.#live.follow(this.#draft, this.#pending)
    this.#pending = []
    return this.#live
  }
}

/** Most entries are the very same ones, so that this takes microseconds a thousand. */
function isSameList(a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  return a.every((each, i) => each === b[i] || equalJson(each as unknown as Json, b[i] as unknown as Json))
}
