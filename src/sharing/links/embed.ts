import { escapeXml } from '../../drawing/xml.ts'

/** What a page of somebody else holds to show a link. */
export interface EmbedCode {
  /** An element to put where the flow is to appear. */
  readonly iframe: string
  /**
   * A script element that puts the same frame in its own place, or behind the page where it stands in the head of it, for
   * editors that take no frames; see `EMBED_SCRIPT`.
   */
  readonly script: string
  /**
   * The header to serve the page of the link with, so that nobody else embeds it: the name and the value of a content
   * security policy.
   */
  readonly frameAncestors: string
}

/** How the frame of a flow behaves: it may run scripts and send forms, and reach nothing of the page around it. */
const SANDBOX = 'allow-scripts allow-forms allow-same-origin allow-popups'

/** The code by which a page embeds a link. Every text is escaped for where it stands. */
export function embedCode(
  url: string,
  scriptUrl: string,
  title: string,
  origins: readonly string[],
): EmbedCode {
  const attributes = `title="${escapeXml(title)}" sandbox="${SANDBOX}" referrerpolicy="no-referrer" loading="lazy" width="400" height="600"`
  return {
    iframe: `<iframe src="${escapeXml(url)}" ${attributes}></iframe>`,
    script: `<script async src="${escapeXml(scriptUrl)}" data-sluice-link="${escapeXml(url)}" data-title="${escapeXml(title)}"></script>`,
    frameAncestors: frameAncestors(origins),
  }
}

/** The part of a content security policy that says who may embed a page. */
export function frameAncestors(origins: readonly string[]): string {
  return `frame-ancestors ${origins.length === 0 ? "'none'" : origins.join(' ')}`
}

/**
 * The script that the script element of an embed code loads, to be served as JavaScript at `<base>/embed.js`: it puts a
 * frame into the place of its element. It makes no HTML of any text, and takes addresses of http and https alone.
 */
export const EMBED_SCRIPT = `(() => {
  const script = document.currentScript
  const link = script?.dataset.sluiceLink ?? ''
  if (!/^https?:\\/\\//.test(link)) return
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', '${SANDBOX}')
  frame.setAttribute('referrerpolicy', 'no-referrer')
  frame.title = script.dataset.title ?? ''
  frame.width = '400'
  frame.height = '600'
  frame.src = link
  // Nothing is shown in the head of a page.
  if (script.closest('head') === null) script.replaceWith(frame)
  else if (document.body !== null) document.body.append(frame)
  else addEventListener('DOMContentLoaded', () => document.body.append(frame))
})()
`
