import type { FlowDocument } from '../../document/flow-document.ts'
import { escapeXml } from '../../drawing/xml.ts'
import { nameOf, type ShownNode } from './describe-nodes.ts'
import { plainText } from './html.ts'

/** How the parts of a page speak of nodes: by name and id, linked to the row of the table that tells more. */
export interface NodeNames {
  /** The name alone. */
  link(id: string): string
  /** The name, and the id where that is another word. */
  linkWithId(id: string): string
  /** The name of the row, for links to lead to. */
  anchor(id: string): string | undefined
}

export function createNodeNames(document: FlowDocument, shown: readonly ShownNode[]): NodeNames {
  const names = new Map(document.nodes.map((node) => [node.id, nameOf(node)]))
  // Numbered, for ids may be anything that a person or a file made up.
  const anchors = new Map(shown.map(({ id }, index) => [id, `node-${index + 1}`]))
  const link = (id: string) => {
    const text = `<bdi>${escapeXml(names.get(id) ?? plainText(id))}</bdi>`
    const anchor = anchors.get(id)
    return anchor === undefined ? text : `<a href="#${anchor}">${text}</a>`
  }
  return {
    link,
    linkWithId: (id) => link(id) + idAfter(names.get(id), id),
    anchor: (id) => anchors.get(id),
  }
}

/** The id behind a name; nothing where it is the same. */
export function idAfter(name: string | undefined, id: string): string {
  const shown = plainText(id)
  return name === undefined || name === shown ? '' : ` <code><bdi>${escapeXml(shown)}</bdi></code>`
}
