import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { renderSvg } from '../../drawing/render-svg.ts'
import { styleSheet } from '../../drawing/svg-theme.ts'
import { escapeXml } from '../../drawing/xml.ts'
import type { NodeTypes } from '../../nodes/registry.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { describeNodes, isDrawable } from './describe-nodes.ts'
import { findingSection, shownFindings } from './finding-table.ts'
import { plainText, section, userText } from './html.ts'
import { createNodeNames } from './name-nodes.ts'
import { nodeSection } from './node-table.ts'
import { noteSection } from './note-list.ts'
import { createPage, type ViewerPage } from './page.ts'
import { viewerStyle } from './style.ts'
import { variableSection } from './variable-table.ts'
import { withoutMeta } from './viewer-document.ts'
import { ENGLISH, type ViewerWords } from './words.ts'

export interface ViewerOptions {
  /** The node types on offer: they tell titles, outcomes and secrets. */
  readonly nodes: NodeTypes
  /** What validation found; nothing is said of errors where it is absent. */
  readonly diagnostics?: readonly Diagnostic[] | undefined
  /** What stands above the page; the name of the flow unless given. */
  readonly title?: string | undefined
  /** What people call the version, as in `3`. */
  readonly version?: string | undefined
  /** When it was saved, as ISO text. */
  readonly savedAt?: string | undefined
  /** Words of the page in place of the English ones. */
  readonly words?: Partial<ViewerWords> | undefined
}

const MAX_REMARK = 2_000

/** Findings that the picture marks; one with more shows that it is full of them. */
const MAX_MARKS = 5_000

/**
 * A flow as one page for who may only look: its picture, notes, errors and warnings, nodes and variables. Takes out by
 * itself what `viewerDocument` takes out. The page holds no script and loads nothing, and its headers forbid both; it can be
 * saved and printed. Flows of any size give a page of ten megabytes at most, which says what it leaves out. Equal input
 * gives equal bytes.
 *
 * @example
 * const { status, headers, html } = renderViewer(document, { nodes: palette, diagnostics, version: '3' })
 */
export function renderViewer(document: FlowDocument, options: ViewerOptions): ViewerPage {
  const { nodes, title, version, savedAt } = options
  const words = { ...ENGLISH, ...options.words }
  const { document: clean, removed } = withoutSecrets(document, nodes)
  const flow = withoutMeta(clean)
  const findings = options.diagnostics && shownFindings(flow.id, options.diagnostics, removed, words)
  const name = plainText(title ?? '') || plainText(flow.name) || plainText(flow.id)
  const shown = describeNodes(flow, nodes)
  const names = createNodeNames(flow, shown)
  const drawable = isDrawable(flow)
  const parts = [
    drawable ? pictureSection(flow, nodes, name, findings, words) : tooLarge(flow, words),
    noteSection(flow, names, words),
    findings === undefined ? '' : findingSection(findings, names, words),
    nodeSection(shown, flow.nodes.length, names, words),
    variableSection(flow.settings.variables ?? [], words),
  ]
  return createPage({
    title: name,
    words,
    style: viewerStyle(),
    styles: drawable ? [styleSheet()] : [],
    body: `<a class="skip" href="#main">${escapeXml(words.skip)}</a>
<div class="wrap">
<header>
<h1><bdi>${escapeXml(name)}</bdi></h1>
${flow.remark === undefined || flow.remark.trim() === '' ? '' : `<p class="remark">${userText(flow.remark, MAX_REMARK)}</p>\n`}<ul class="facts">${facts(version, savedAt, findings, words)}</ul>
</header>
${contents(parts, words)}
<main id="main">
${parts.join('')}</main>
<footer><p>${escapeXml(words.leftOut)}</p></footer>
</div>`,
  })
}

function facts(
  version: string | undefined,
  savedAt: string | undefined,
  findings: readonly Diagnostic[] | undefined,
  words: ViewerWords,
): string {
  const items = [`<li>${escapeXml(words.readOnly)}</li>`]
  if (version !== undefined) items.push(`<li>${userText(words.version(version))}</li>`)
  if (savedAt !== undefined) {
    const time = `<time datetime="${escapeXml(plainText(savedAt))}">${userText(words.instant(savedAt))}</time>`
    items.push(`<li>${escapeXml(words.saved)} ${time}</li>`)
  }
  if (findings !== undefined) {
    const errors = findings.filter(({ severity }) => severity === 'error').length
    const kind = errors > 0 ? ' class="error"' : findings.length > 0 ? ' class="warning"' : ''
    items.push(`<li${kind}>${escapeXml(words.found(errors, findings.length - errors))}</li>`)
  }
  return items.join('')
}

/** Links to the parts that there are. */
function contents(parts: readonly string[], words: ViewerWords): string {
  const links = (['picture', 'notes', 'findings', 'nodes', 'variables'] as const)
    .filter((_, index) => parts[index] !== '')
    .map((id) => `<li><a href="#${id}">${escapeXml(words[id])}</a></li>`)
  return `<nav aria-label="${escapeXml(words.contents)}"><ul>${links.join('')}</ul></nav>`
}

/** The picture scrolls in a box of its own, which the keyboard can reach. It is laid out from the left in any language. */
function pictureSection(
  flow: FlowDocument,
  nodes: NodeTypes,
  title: string,
  findings: readonly Diagnostic[] | undefined,
  words: ViewerWords,
): string {
  const svg = renderSvg(flow, { nodes, title, diagnostics: findings?.slice(0, MAX_MARKS) })
  return section(
    'picture',
    words.picture,
    `<div class="picture" role="region" aria-labelledby="picture" tabindex="0" dir="ltr">${svg}</div>\n`,
  )
}

function tooLarge({ nodes, connectors }: FlowDocument, words: ViewerWords): string {
  const sentence = words.pictureTooLarge(nodes.length, connectors.length)
  return section('picture', words.picture, `<p>${escapeXml(sentence)}</p>`)
}
