import type { FlowDocument, Note } from '../../document/flow-document.ts'
import { escapeXml } from '../../drawing/xml.ts'
import { renderNote } from '../../notes/render-note.ts'
import { dropTricks, section } from './html.ts'
import type { NodeNames } from './name-nodes.ts'
import type { ViewerWords } from './words.ts'

const MAX_NOTES = 100

/** The notes on the flow, and behind them those on its nodes, each under the name of its node. */
export function noteSection(document: FlowDocument, names: NodeNames, words: ViewerWords): string {
  const ids = new Set(document.nodes.map(({ id }) => id))
  const key = ({ node, id }: Note) => (node !== undefined && ids.has(node) ? `1 ${node} ${id}` : `0 ${id}`)
  const notes = document.notes.filter(({ text }) => text.trim() !== '')
  if (notes.length === 0) return ''
  const shown = [...notes].sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, MAX_NOTES)
  const articles = shown.map(({ node, text }) => {
    const on =
      node !== undefined && ids.has(node)
        ? `${escapeXml(words.noteOn)} ${names.link(node)}`
        : escapeXml(words.noteOnFlow)
    return `<article><h3>${on}</h3><div class="note-text" dir="auto">${noteHtml(text)}</div></article>\n`
  })
  const hidden = notes.length - shown.length
  return section(
    'notes',
    words.notes,
    `<div class="note-list">${articles.join('')}</div>`,
    hidden > 0 ? `<p class="more">${escapeXml(words.more(hidden))}</p>` : '',
  )
}

/**
 * Headings of a note stand below that of the note, all on one level, so that none is left out on the way down. Every other
 * `<` in the HTML of a note is escaped, so what looks like a tag is one.
 */
function noteHtml(text: string): string {
  return dropTricks(renderNote(text)).replace(/<(\/?)h[1-6]>/g, '<$1h4>')
}
