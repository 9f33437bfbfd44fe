import { escapeXml } from '../../drawing/xml.ts'
import type { ShownNode, ShownOutcome } from './describe-nodes.ts'
import { section, table } from './html.ts'
import { idAfter, type NodeNames } from './name-nodes.ts'
import type { ViewerWords } from './words.ts'

/** Outcomes of one node that are named. */
const MAX_OUTCOMES = 60

/** What the picture shows, in words: all nodes, and where their outcomes lead. `total` counts those not shown as well. */
export function nodeSection(
  nodes: readonly ShownNode[],
  total: number,
  names: NodeNames,
  words: ViewerWords,
): string {
  if (nodes.length === 0) return section('nodes', words.nodes, `<p>${escapeXml(words.noNodes)}</p>`)
  const rows = nodes.map((node) => nodeRow(node, names, words))
  const more =
    total > nodes.length ? `<p class="more">${escapeXml(words.more(total - nodes.length))}</p>` : ''
  return section('nodes', words.nodes, table('nodes', [words.node, words.type, words.outcomes], rows), more)
}

function nodeRow(node: ShownNode, names: NodeNames, words: ViewerWords): string {
  const { id, name, typeTitle, category, outcomes } = node
  const shown = outcomes.slice(0, MAX_OUTCOMES).map((outcome) => outcomeItem(outcome, names, words))
  const more =
    outcomes.length > shown.length
      ? `<li class="more">${escapeXml(words.more(outcomes.length - shown.length))}</li>`
      : ''
  const leads =
    outcomes.length === 0
      ? `<span class="quiet">${escapeXml(words.noOutcomes)}</span>`
      : `<ul class="outcomes" role="list">${shown.join('')}${more}</ul>`
  return (
    `<tr id="${names.anchor(id) ?? ''}"><th scope="row"><bdi>${escapeXml(name)}</bdi>${idAfter(name, id)}</th>` +
    `<td><span class="type ${category}">${escapeXml(typeTitle)}</span></td><td>${leads}</td></tr>\n`
  )
}

function outcomeItem({ name, to }: ShownOutcome, names: NodeNames, words: ViewerWords): string {
  const target =
    to === undefined ? `<span class="quiet">${escapeXml(words.notConnected)}</span>` : names.link(to)
  // The arrow is for those who see it; what reads the page aloud has words for it.
  const arrow = `<span class="arrow" aria-hidden="true"></span><span class="aloud"> ${escapeXml(words.leadsTo)} </span>`
  const joint =
    to === undefined ? `<span class="arrow" aria-hidden="true"></span><span class="aloud">: </span>` : arrow
  return `<li><span class="outcome"><bdi>${escapeXml(name)}</bdi></span>${joint}${target}</li>`
}
