import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What a request is answered with. */
export interface Answer {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

/** What a page may do beyond showing text in its own style. */
export interface PageRights {
  readonly status?: number
  /** Who may embed it, as a part of a content security policy; nobody unless given. */
  readonly frameAncestors?: string
  /** True for one with a form, which is sent to where the page comes from. */
  readonly sendsForm?: boolean
  /** Further parts of its policy. */
  readonly policy?: readonly string[]
}

const STYLE =
  'body{font:16px sans-serif;margin:2em}td,th{padding:.2em 1em .2em 0;text-align:left}h2{font-size:1em}button{font:inherit;padding:.5em 1.5em}'
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** What every answer says, so that it is neither kept, nor guessed at, nor read by other pages. */
const STRICT = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-resource-policy': 'same-origin',
}

/** A page that runs no script and loads nothing, unless it is given the right to. */
export function page(title: string, body: string, rights: PageRights = {}): Answer {
  const { status = 200, frameAncestors = "frame-ancestors 'none'", sendsForm = false, policy = [] } = rights
  const parts = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    // For the empty icon, without which browsers ask for one.
    'img-src data:',
    "base-uri 'none'",
    `form-action ${sendsForm ? "'self'" : "'none'"}`,
    ...policy,
    frameAncestors,
  ]
  return {
    status,
    headers: {
      ...STRICT,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': parts.join('; '),
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`,
  }
}

/** A script for pages of others. */
export function script(body: string): Answer {
  return {
    status: 200,
    headers: {
      ...STRICT,
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
    },
    body,
  }
}

/** An answer that says no more than its status. */
export function bare(status: number, headers: Answer['headers'] = {}): Answer {
  return { status, headers: { ...STRICT, ...headers }, body: '' }
}

/** For a method that an address does not take. */
export function notAllowed(...methods: readonly string[]): Answer {
  return bare(405, { allow: methods.join(', ') })
}

/** What is read on and thrown away of a body that is too large, so that whoever sends it gets an answer. */
const MAX_DISCARDED_BYTES = 8 * 1_048_576

/** The bytes of a request as they were sent, for signatures cover those; `undefined` where there are too many. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= maxBytes) chunks.push(chunk)
    else if (size > MAX_DISCARDED_BYTES) return undefined
  }
  return size <= maxBytes ? Buffer.concat(chunks) : undefined
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}
