import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { escapeXml } from '../../drawing/xml.ts'
import type { ViewerWords } from './words.ts'

/** A page to answer a request with. */
export interface ViewerPage {
  /** The status that fits it. */
  readonly status: number
  readonly html: string
  /** In small letters. They belong to the page: without them it is less safe. */
  readonly headers: { readonly [name: string]: string }
}

interface PageParts {
  readonly title: string
  readonly words: ViewerWords
  /** The style sheet of the page. */
  readonly style: string
  /** Other style sheets that stand in the body. */
  readonly styles?: readonly string[]
  readonly body: string
  readonly status?: number
  /** True where the page has a form, which may be sent to where the page comes from. */
  readonly sendsForm?: boolean
  readonly headers?: { readonly [name: string]: string }
}

/**
 * A whole page with the headers that it is to be sent with. Its policy allows the style sheets that stand in it, by their
 * hashes, and nothing else: no scripts, nothing from elsewhere, no frame around it. It stands in the page once more, so
 * that a saved copy keeps it.
 */
export function createPage(parts: PageParts): ViewerPage {
  const { title, words, style, styles = [], body, status = 200, sendsForm = false, headers = {} } = parts
  const policy = [
    "default-src 'none'",
    `style-src ${[style, ...styles].map((each) => `'sha256-${hashOf(each)}'`).join(' ')}`,
    // For the empty icon below, without which browsers ask the server for one.
    'img-src data:',
    "base-uri 'none'",
    `form-action ${sendsForm ? "'self'" : "'none'"}`,
  ].join('; ')
  const html = `<!doctype html>
<html lang="${escapeXml(words.language)}" dir="${words.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${escapeXml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<link rel="icon" href="data:,">
<title>${escapeXml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`
  return {
    status,
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${policy}; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      ...headers,
    },
  }
}

function hashOf(style: string): string {
  return btoa(String.fromCharCode(...sha256(utf8ToBytes(style))))
}
