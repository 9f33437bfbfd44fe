import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import type { FlowDocument } from '../../src/document/flow-document.ts'
import { palette } from '../../src/palette/index.ts'
import {
  renderPasswordPage,
  renderUnavailablePage,
  renderViewer,
  type ViewerPage,
  viewerDocument,
} from '../../src/sharing/viewer/index.ts'
import { validate } from '../../src/validation/index.ts'
import { support } from '../drawing/flows.ts'
import { deepFreeze } from '../support/deep-freeze.ts'
import { HOSTILE, hostileFlow } from './hostile-flow.ts'

const nodes = palette

/** The text of a page as a reader gets it, without tags; good enough for pages without scripts. */
const textOf = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

function sized(count: number): FlowDocument {
  return {
    ...support(),
    nodes: Array.from({ length: count }, (_, i) => ({ id: `n${i}`, type: 'branch@1', config: {} })),
    connectors: [],
    notes: Array.from({ length: count }, (_, i) => ({ id: `n${i}`, text: 'Look here.' })),
  }
}

describe('viewerDocument', () => {
  it('holds neither secrets nor data of the host, and leaves the document as it was', () => {
    const document = deepFreeze(hostileFlow()) as FlowDocument
    expect(JSON.stringify(document)).toMatch(/S3cr3t.*M3ta/)
    expect(JSON.stringify(viewerDocument(document, { nodes }))).not.toMatch(/S3cr3t|M3ta/)
  })

  it('is the document where there is nothing to take', () => {
    expect(viewerDocument(support(), { nodes })).toEqual(support())
  })
})

describe('renderViewer', () => {
  it('shows picture, notes, findings, nodes with where they lead, and variables', () => {
    const document: FlowDocument = {
      ...support(),
      notes: [
        { id: 'b', node: 'menu', text: 'Ask **sales** first.' },
        { id: 'a', text: '# Plan\n\nSee [us](https://example.com).' },
      ],
    }
    const diagnostics: Diagnostic[] = [
      { code: 'a.warning', severity: 'warning', location: {}, message: 'A bit odd.' },
      { code: 'an.error', severity: 'error', location: { node: 'menu' }, message: 'Quite wrong.' },
      { code: 'other', severity: 'error', location: { flow: 'another' }, message: 'Elsewhere.' },
    ]
    const { html } = renderViewer(document, {
      nodes,
      diagnostics,
      version: '3',
      savedAt: '2026-11-21T09:00:00.000Z',
    })
    expect(html).toContain('<svg xmlns')
    expect(html.match(/<h[1-6][ >]/g)).toEqual(
      [1, 2, 2, 3, 4, 3, 2, 2, 2].map((level) => expect.stringMatching(`<h${level}`)),
    )
    const text = textOf(html.slice(0, html.indexOf('<svg')) + html.slice(html.indexOf('</svg>')))
    expect(text).toContain('Support Tells the balance, takes a ticket number, and knows when to give up.')
    expect(text).toContain('Read-only Version 3 Saved 2026-11-21, 09:00 UTC 1 error, 1 warning')
    expect(text).toContain('On the flow Plan See us . On menu Ask sales first.')
    expect(text).toContain('Error menu Quite wrong. an.error Warning The flow A bit odd. a.warning')
    expect(text).not.toContain('Elsewhere')
    expect(text).toContain('menu Menu 1 leads to balance 2 leads to bump')
    expect(text).toContain('retries Number 0 counter Number 0 level Text empty')
    expect(html).toContain('<a href="#node-3"><bdi>menu</bdi></a>')
    expect(html).toContain('<tr id="node-3"><th scope="row"><bdi>menu</bdi></th>')
  })

  it('leaves out what there is not', () => {
    const empty: FlowDocument = { ...support(), nodes: [], connectors: [], notes: [], settings: {} }
    const { remark: _remark, ...bare } = empty
    const text = textOf(renderViewer(bare, { nodes }).html)
    expect(text).toContain('The flow has no nodes yet.')
    expect(text).not.toMatch(/Variables|Notes|Errors/)
    expect(textOf(renderViewer(bare, { nodes, diagnostics: [] }).html)).toContain('No errors or warnings.')
  })

  it('shows nothing of secrets, in messages that quote them neither', () => {
    const document: FlowDocument = {
      ...support(),
      settings: { variables: [{ name: 'pin', type: 'number', sensitive: true, default: 'S3cr3t' }] },
      nodes: [
        { id: 'start', type: 'start@1', config: {} },
        {
          id: 'call',
          type: 'http-request@1',
          config: { url: 'https://u:S3cr3t@example.com/?key=S3cr3t', headers: { 'x-api-key': 'S3cr3t' } },
        },
        {
          id: 'set',
          type: 'set-variables@1',
          config: { assignments: [{ variable: 'pin', value: '"S3cr3t" wrong' }] },
        },
      ],
    }
    const quoting = (location: Diagnostic['location']): Diagnostic => ({
      code: 'x.y',
      severity: 'error',
      location,
      message: 'What is "S3cr3t"?',
    })
    const { html } = renderViewer(document, {
      nodes,
      diagnostics: [
        ...validate(document, { nodes }),
        quoting({ path: ['settings', 'variables', 0, 'default'] }),
        quoting({ path: ['settings', 'variables', 0] }),
        quoting({ node: 'call', path: ['config', 'headers', 'x-api-key'] }),
        quoting({ node: 'set', path: ['config', 'assignments', 0, 'value'] }),
      ],
    })
    expect(html).not.toContain('S3cr3t')
    expect(textOf(html)).toContain('Sensitive Number not shown')
    expect(textOf(html)).toContain('Something that is not shown here')
  })

  it('escapes whatever comes from the flow, and turns no text around', () => {
    const flow = hostileFlow()
    const { html } = renderViewer(flow, {
      nodes,
      title: HOSTILE[1],
      version: HOSTILE[3],
      savedAt: HOSTILE[4],
      diagnostics: HOSTILE.map((message) => ({
        code: message,
        severity: 'error',
        location: { node: 'menu' },
        message,
      })),
    })
    // Of all tags these alone are in the page, and none of their attributes is a script or a style.
    const tags = new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => name!.toLowerCase()))
    for (const bad of ['script', 'img', 'iframe', 'object', 'base', 'form', 'template'])
      expect(tags).not.toContain(bad)
    expect(html.match(/<style>/g)).toHaveLength(2)
    const attributes = [...html.matchAll(/<[a-z][^<>]*>/gi)].join(' ').replace(/"[^"]*"/g, '""')
    expect(attributes).not.toMatch(/\s(on\w+|style|srcdoc|src)\s*=/i)
    for (const [, href] of html.matchAll(/\shref="([^"]*)"/g))
      expect(href).toMatch(/^(#|https?:\/\/|data:,$)/)
    expect(html).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
    expect(html).toContain('<bdi>invoicefdp.exe</bdi>')
  })

  it('gives equal bytes for equal flows, whatever order they are in', () => {
    const flow = support()
    const turned = { ...flow, nodes: [...flow.nodes].reverse(), connectors: [...flow.connectors].reverse() }
    const options = { nodes, diagnostics: validate(flow, { nodes }) }
    expect(renderViewer(turned, options)).toEqual(renderViewer(flow, options))
  })

  it('says what it leaves out of flows that are too large', () => {
    const large = renderViewer(sized(1_000), { nodes }).html
    expect(textOf(large)).toContain('And 500 more, which are not shown.')
    expect(textOf(large)).toContain('And 900 more, which are not shown.')
    expect(large.match(/<tr id=/g)).toHaveLength(500)
    const huge = renderViewer(sized(20_000), { nodes }).html
    expect(huge).not.toContain('<svg')
    expect(textOf(huge)).toContain('There is no picture: 20,000 nodes and 0 connections')
    expect(huge.length).toBeLessThan(1_000_000)
  })

  it('cuts long texts', () => {
    const flow = { ...support(), name: 'n'.repeat(100_000), remark: 'r'.repeat(100_000) }
    expect(renderViewer(flow, { nodes }).html.length).toBeLessThan(100_000)
  })

  it('speaks the language of its host', () => {
    const { html } = renderViewer(support(), {
      nodes,
      words: { language: 'he', direction: 'rtl', nodes: '<b>Knoten</b>' },
    })
    expect(html).toContain('<html lang="he" dir="rtl">')
    expect(html).toContain('<h2 id="nodes">&lt;b&gt;Knoten&lt;/b&gt;</h2>')
  })
})

describe('pages around it', () => {
  it('asks for the password in a form that password managers know', () => {
    const { html, status, headers } = renderPasswordPage({ action: '/share/a?b=1&c="2"' })
    expect(status).toBe(200)
    expect(headers).not.toHaveProperty('retry-after')
    expect(html).toContain('<form method="post" action="/share/a?b=1&amp;c=&quot;2&quot;">')
    expect(html).toContain('<label for="password">Password</label>')
    expect(html).toMatch(/<input id="password"[^>]* required autofocus autocomplete="current-password"/)
    expect(html).not.toContain('role="alert"')
  })

  it('says that a password was wrong', () => {
    const { html, status } = renderPasswordPage({ action: '/', problem: 'wrong', title: HOSTILE[0] })
    expect(status).toBe(403)
    expect(html).toContain('role="alert">That password is not right.')
    expect(html).toContain('aria-describedby="problem hint" aria-invalid="true"')
    expect(html).not.toContain('<script')
  })

  it.each([
    [undefined, 'Try again later.', undefined],
    [20, 'Try again in 1 minute.', '20'],
    [121.2, 'Try again in 3 minutes.', '122'],
  ])('says when to try again: after %s seconds', (retryAfterSeconds, said, header) => {
    const { html, status, headers } = renderPasswordPage({
      action: '/',
      problem: 'throttled',
      retryAfterSeconds,
    })
    expect(status).toBe(429)
    expect(headers['retry-after']).toBe(header)
    expect(html).toContain(`Too many wrong passwords. ${said}`)
  })

  it('tells no reason for a link that opens nothing', () => {
    const { html, status } = renderUnavailablePage()
    expect(status).toBe(404)
    expect(textOf(html)).toContain('This link cannot be opened')
    expect(renderUnavailablePage({ words: { unavailable: 'Weg' } }).html).toContain('<p>Weg</p>')
  })
})

describe('headers', () => {
  const pages: readonly (readonly [string, ViewerPage])[] = [
    ['the viewer', renderViewer(support(), { nodes })],
    ['the password page', renderPasswordPage({ action: '/' })],
    ['the page for links that open nothing', renderUnavailablePage()],
  ]

  it.each(pages)('of %s forbid all but its own style sheets', (name, { html, headers }) => {
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
      ([, style]) => `'sha256-${createHash('sha256').update(style!).digest('base64')}'`,
    )
    const policy = [
      "default-src 'none'",
      `style-src ${styles.join(' ')}`,
      'img-src data:',
      "base-uri 'none'",
      `form-action ${name.includes('password') ? "'self'" : "'none'"}`,
    ].join('; ')
    expect(headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${policy}; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(html).toContain(
      `<meta http-equiv="content-security-policy" content="${policy.replace(/'/g, '&#39;')}">`,
    )
  })
})
