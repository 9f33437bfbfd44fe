import type { NodeTypes } from '../../nodes/registry.ts'
import { refuseSharing } from '../refusal.ts'
import { renderPasswordPage, renderUnavailablePage, renderViewer, type ViewerPage } from '../viewer/index.ts'
import type { ViewerWords } from '../viewer/words.ts'
import type { Shares } from './create-shares.ts'

/** A request for a read-only link, as an HTTP server has it. */
export interface ShareHttpRequest {
  readonly method: string
  /** The whole address, as members copied it. */
  readonly url: string
  /** What was sent, for POST: a form with a password. Bodies of more than 4,000 characters are not looked at. */
  readonly body?: string
  /** Words of the pages in place of the English ones. */
  readonly words?: Partial<ViewerWords>
}

/** What to answer it with. */
export interface ShareAnswer {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

const MAX_BODY = 4_000

/** Pages take no other method: there is nothing to write through a read-only link (SHR-1). */
const METHODS = ['GET', 'HEAD', 'POST']

export async function respondTo(
  shares: Pick<Shares, 'isOpen' | 'open'>,
  nodes: NodeTypes,
  { method, url, body = '', words }: ShareHttpRequest,
): Promise<ShareAnswer> {
  if (!METHODS.includes(method)) return readOnly(method)
  if (!(await shares.isOpen(url))) return answerWith(renderUnavailablePage({ words }), method)
  const action = new URL(url).pathname
  if (method !== 'POST') return answerWith(renderPasswordPage({ action, words }), method)
  const password = body.length > MAX_BODY ? '' : (new URLSearchParams(body).get('password') ?? '')
  const opened = await shares.open(url, password)
  if (opened.ok) {
    const { document, diagnostics, version, savedAt } = opened
    const saved = new Date(savedAt).toISOString()
    return answerWith(renderViewer(document, { nodes, diagnostics, version, savedAt: saved, words }), method)
  }
  switch (opened.code) {
    case 'share.wrongPassword':
      return answerWith(renderPasswordPage({ action, problem: 'wrong', words }), method)
    case 'share.throttled': {
      const retryAfterSeconds = Number(opened.details.retryAfterSeconds)
      return answerWith(
        renderPasswordPage({ action, problem: 'throttled', retryAfterSeconds, words }),
        method,
      )
    }
    case 'share.busy':
      return answerWith(
        renderPasswordPage({ action, problem: 'throttled', retryAfterSeconds: BUSY_SECONDS, words }),
        method,
      )
    default:
      return answerWith(renderUnavailablePage({ words }), method)
  }
}

/** When to come back where many passwords wait. */
const BUSY_SECONDS = 5

function answerWith({ status, headers, html }: ViewerPage, method: string): ShareAnswer {
  return { status, headers, body: method === 'HEAD' ? '' : html }
}

function readOnly(method: string): ShareAnswer {
  const { code, reason, lift } = refuseSharing('share.readOnly', { method: method.slice(0, 20) })
  return {
    status: 405,
    headers: {
      allow: METHODS.join(', '),
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: `${code}: ${reason} ${lift}\n`,
  }
}
