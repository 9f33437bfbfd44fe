import { equalJson, type Json } from '../base/json.ts'
import type { Draft } from '../editing/draft.ts'
import type { Patch } from '../editing/patch.ts'

/**
 * Knows whether a draft differs from the one saved last. It compares what edits have touched, and nothing else, so that
 * an edit costs the same in a flow of any size, and going back to what was saved is clean by whatever way.
 */
export class UnsavedEdits {
  #draft: Draft
  #saved: Draft
  /** What a write under way is going to leave stored. */
  #writing: Draft | undefined
  /** What has been touched since the last save, whether it differs or not: a save under way may have taken it along. */
  #touched = new Set<string>()
  #different = new Set<string>()

  constructor(saved: Draft) {
    this.#draft = saved
    this.#saved = saved
  }

  /** While a write is under way, going back to what was saved before it is an edit as well: the write takes that away. */
  get isDirty(): boolean {
    return this.#different.size > 0 || (this.#writing !== undefined && this.#writing !== this.#draft)
  }

  /** The draft that is being written, until it is settled. */
  set writing(draft: Draft | undefined) {
    this.#writing = draft
  }

  /** The draft that was saved last. */
  get saved(): Draft {
    return this.#saved
  }

  /** Goes on to a draft that differs from the last one by the patches. */
  follow(draft: Draft, patches: readonly Patch[]): void {
    this.#draft = draft
    for (const { path } of patches) {
      const place = placeOf(path)
      this.#touched.add(place)
      this.#compare(draft, place)
    }
  }

  /** Takes note of a save: of this draft or an earlier one, or of what somebody else has saved. */
  save(saved: Draft, draft: Draft, patches: readonly Patch[] = []): void {
    this.#saved = saved
    for (const { path } of patches) this.#touched.add(placeOf(path))
    this.#different.clear()
    for (const place of this.#touched) this.#compare(draft, place)
    this.#touched = new Set(this.#different)
  }

  #compare(draft: Draft, place: string): void {
    if (equalJson(valueIn(draft, place), valueIn(this.#saved, place))) this.#different.delete(place)
    else this.#different.add(place)
  }
}

/** What is compared as a whole: a node, a connector, a note, the settings, or what the flow says of itself. */
function placeOf([place, id]: Patch['path']): string {
  if (place === 'nodes' || place === 'connectors' || place === 'notes') return `${place}/${id}`
  return place === 'settings' ? 'settings' : 'flow'
}

function valueIn(draft: Draft, place: string): Json | undefined {
  const id = place.slice(place.indexOf('/') + 1)
  if (place.startsWith('nodes/')) return json(draft.node(id))
  if (place.startsWith('connectors/')) return json(draft.connector(id))
  if (place.startsWith('notes/')) return json(draft.note(id))
  return json(place === 'settings' ? draft.settings : draft.parts.flow)
}

function json(value: object | undefined): Json | undefined {
  return value as Json | undefined
}
