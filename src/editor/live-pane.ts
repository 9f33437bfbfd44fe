import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Draft } from '../editing/draft.ts'
import { buildPane, headOf, nameOf, type Pane, type PaneGroup } from './pane.ts'

/** The pane of a draft that is edited: the same one until what it shows changes. */
export class LivePane {
  #diagnostics: readonly Diagnostic[] | undefined
  #pane: Pane = { errors: 0, warnings: 0, groups: [] }

  of(diagnostics: readonly Diagnostic[], draft: Draft): Pane {
    const { registry } = draft.context
    const name = nameOf(draft.parts.flow)
    const isSame =
      this.#diagnostics === diagnostics && this.#pane.groups.every((group) => isNamed(group, draft))
    if (!isSame) this.#pane = buildPane(diagnostics, name, (id) => draft.node(id), registry)
    this.#diagnostics = diagnostics
    return this.#pane
  }
}

/** True where the group is still called what its node is called. */
function isNamed({ node, title, typeTitle, icon }: PaneGroup, draft: Draft): boolean {
  if (node === undefined) return title === nameOf(draft.parts.flow)
  const head = headOf(node, draft.node(node), draft.context.registry)
  return head.title === title && head.typeTitle === typeTitle && head.icon === icon
}
