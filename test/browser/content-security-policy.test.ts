import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/document/index.ts'
import { prepare } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { CHROMIUM, launchChromium } from '../support/chromium.ts'

// Nothing but scripts from this server; eval, new Function and inline scripts are violations.
const POLICY = "default-src 'none'; script-src 'self'"

const WIDGET = `
import { link, resume, start } from './src/interpreter/index.ts'
import { palette } from './src/palette/index.ts'

const program = link(EXECUTABLE, { nodes: palette })
const said = []
let run = start(program, { type: 'manual', contact: { name: 'Ada', balance: 150 } }, { id: 's1', now: 0, seed: 's' })
const listen = () => said.push(...run.effects.map((effect) => effect.text))
listen()
for (const text of ['1', '2', '2', '2']) {
  run = resume(program, JSON.parse(JSON.stringify(run.session)), { type: 'text', text }, { now: 1 })
  listen()
}
document.title = JSON.stringify({ outcome: run.session.flowOutcome, said, violations: VIOLATIONS })
`

const LISTENER =
  "VIOLATIONS = []; addEventListener('securitypolicyviolation', (event) => VIOLATIONS.push(event.violatedDirective))"

if (CHROMIUM === undefined) console.warn('SKIPPED: no chromium on this machine, so the CSP test did not run')

describe.skipIf(CHROMIUM === undefined)(
  'the interpreter in a browser with a strict content security policy',
  () => {
    let server: Server
    let browser: Browser
    let origin: string
    const scripts = new Map<string, string>()

    beforeAll(async () => {
      scripts.set('/listen.js', `globalThis.${LISTENER}`)
      scripts.set('/widget.js', await bundleWidget())
      scripts.set(
        '/evil.js',
        "try { new Function('return 1')() } catch {} setTimeout(() => { document.title = JSON.stringify({ violations: VIOLATIONS }) }, 50)",
      )
      server = createServer((request, response) => {
        const script = scripts.get(request.url ?? '')
        response.setHeader('content-security-policy', POLICY)
        response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript')
        const page = (request.url ?? '').slice(1)
        response.end(
          script ?? `<!doctype html><script src="/listen.js"></script><script src="/${page}.js"></script>`,
        )
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      browser = await launchChromium()
    }, 60_000)

    afterAll(async () => {
      await browser?.close()
      server?.close()
    })

    async function open(page: string): Promise<{ outcome?: string; said?: string[]; violations: string[] }> {
      const tab = await browser.newPage()
      await tab.goto(`${origin}/${page}`)
      // Asking the page itself would evaluate text, which the policy forbids.
      await expect.poll(() => tab.title(), { timeout: 10_000 }).toMatch(/^\{/)
      return JSON.parse(await tab.title())
    }

    it('runs a flow to its end without a violation', async () => {
      const { outcome, said, violations } = await open('widget')
      expect(outcome).toBe('looped')
      expect(said?.[0]).toBe('Hello Ada, welcome to ACME.')
      expect(said).toContain('Ada, you owe 150 (high).')
      expect(violations).toEqual([])
    })

    it('would have noticed one', async () => {
      expect((await open('evil')).violations).toEqual(['script-src'])
    })
  },
)

async function bundleWidget(): Promise<string> {
  const root = new URL('../../', import.meta.url)
  const document = parseDocument(readFileSync(new URL('examples/support/support.json', root), 'utf8'))
  if (!document.ok) throw new Error(document.error[0]!.message)
  const executable = prepare(document.value, { nodes: palette })
  if (!executable.ok) throw new Error(executable.error[0]!.message)
  const { outputFiles } = await build({
    stdin: { contents: WIDGET, resolveDir: root.pathname, loader: 'js' },
    define: { EXECUTABLE: JSON.stringify(executable.value) },
    bundle: true,
    format: 'iife',
    write: false,
  })
  return outputFiles[0]!.text
}
