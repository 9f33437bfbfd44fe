import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../src/document/index.ts'
import { renderDot, renderMermaid, renderSvg } from '../../src/drawing/index.ts'
import { COLOURS } from '../../src/drawing/svg-theme.ts'
import { compile } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { createCoverage, simulate } from '../../src/testing/index.ts'
import { validate } from '../../src/validation/index.ts'
import { CHROMIUM, launchChromium } from '../support/chromium.ts'
import { corpora, parse, support, tangle } from './flows.ts'

const NASTY = [
  '"]; click n0 "javascript:alert(1)" --> %%{init: {"theme": "x"}}%%',
  '</title><script>alert(1)</script><img src=x onerror=alert(1)>',
  ']]>&amp;&#x26;<!-- \\" \\N {{braces}} `ticks` |pipes| #35;',
  'a\nend\nsubgraph\u0000\u001b[2J\u202eevil\u2028x\ud800',
  '---\ntitle: other',
]

/** A flow that says nasty things wherever something can be said. */
function hostile(): FlowDocument {
  return {
    ...support(),
    id: NASTY[0]!,
    name: NASTY.join(' '),
    nodes: NASTY.map((text, i) => ({
      id: i === 0 ? 'start' : `${text}${i}`,
      type: i === 4 ? text : 'branch@1',
      label: text,
      config: { rules: [{ outcome: text, condition: text }] },
    })),
    connectors: NASTY.map((text, i) => ({
      id: `c${i}`,
      from: { node: i === 0 ? 'start' : `${text}${i}`, outcome: text },
      to: 'start',
      ...(i % 2 === 0 ? { label: text } : {}),
    })),
  }
}

const options = (flow: FlowDocument) => ({
  nodes: palette,
  diagnostics: validate(flow, { nodes: palette }),
  title: flow.name,
})

describe('an SVG', () => {
  it('holds nothing that runs or loads, whatever the flow says', () => {
    const svg = renderSvg(hostile(), options(hostile()))
    expect(svg).not.toMatch(/<(script|img|foreignObject|a|use|image|iframe)\b/)
    expect(svg).not.toMatch(/<[^>]*\s(on\w+|href|xlink:href|src)=/)
    expect(svg).not.toMatch(/url\(|@import|<!|<\?/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\ud800]/)
  })

  it('is named and described for those who do not see it', () => {
    const svg = renderSvg(support(), options(support()))
    expect(svg).toContain('role="img"')
    expect(svg).toMatch(/<title>Support<\/title><desc>A flow of \d+ nodes/)
  })

  it('marks nodes and lines with what is wrong', () => {
    const flow = parse({
      schema: 1,
      id: 'f',
      nodes: [
        { id: 'start', type: 'start@1' },
        { id: 'ask', type: 'menu@1', config: { options: [{ value: '1' }] } },
      ],
      connectors: [{ from: { node: 'start', outcome: 'next' }, to: 'ask' }],
    })
    const svg = renderSvg(flow, options(flow))
    expect(svg).toContain('class="node messaging error"')
    expect(svg).toContain('class="outcome loose error"')
    expect(svg).toContain('[outcome.unassigned]')
  })

  it('does not take a node for reached because of outcomes that lead nowhere', () => {
    const flow = parse({
      schema: 1,
      id: 'flow',
      nodes: [
        { id: 'start', type: 'start@1' },
        { id: 'lost', type: 'menu@1', config: { prompt: '?', options: [{ value: '1' }] } },
      ],
      connectors: [{ from: { node: 'start', outcome: 'next' }, to: 'start' }],
    })
    const taken = { count: (_flow: string, _node: string, outcome: string) => (outcome === '1' ? 1 : 0) }
    expect(renderSvg(flow, { nodes: palette, coverage: taken })).toMatch(/messaging unreached/)
  })

  it('takes the coverage that tests gather', () => {
    const program = compile(support(), { nodes: palette })
    const coverage = createCoverage(program)
    simulate(program, { coverage, contact: { name: 'Ada', balance: 150 } })
      .say('2')
      .say('2')
      .say('2')
    const svg = renderSvg(support(), { nodes: palette, coverage })
    expect(svg).toContain('>again ×2<')
    expect(svg).toMatch(/class="edge taken"[\s\S]*class="outcome missed"/)
    expect(svg).toContain('unreached')
  })
})

describe('Mermaid', () => {
  it('has one line for each thing, and quotes everything that comes from the flow', () => {
    const flow = hostile()
    const lines = renderMermaid(flow, options(flow)).trimEnd().split('\n')
    expect(lines.slice(0, 4)).toEqual([
      '---',
      expect.stringMatching(/^title: "[^"]*"$/),
      '---',
      'flowchart TD',
    ])
    for (const line of lines.slice(4)) {
      expect(line).toMatch(
        /^ {2}(n\d+(\["[^"<>{}|`\\]*(<br\/>[^"<>{}|`\\]*)*"\]|\(\["[^"<>{}|`\\]*"\]\))|n\d+ (-->|-\.-)\|"[^"<>{}|`\\]*"\| \w+|loose\d+\(\( \)\)|classDef .*|class n\d+ \w+|linkStyle \d+ [\w:#,-]+( [\w:#,-]+)*)$/,
      )
    }
  })
})

describe('DOT', () => {
  it('keeps entities of HTML from being read as such, and characters whole', () => {
    const named = { ...support(), name: `A &lt; B${'😀'.repeat(200)}` }
    const dot = renderDot(named, options(named))
    expect(dot).toContain('label="A &amp;lt; B😀')
    expect(dot).not.toMatch(/\p{Cs}/u)
    expect(renderMermaid(named, options(named))).not.toMatch(/#5535\d;/)
  })

  it('quotes everything that comes from the flow', () => {
    const flow = hostile()
    const lines = renderDot(flow, options(flow)).trimEnd().split('\n')
    const quoted = /"(?:[^"\\\n]|\\.)*"/g
    for (const line of lines) {
      // What is left without its strings is ours alone.
      expect(line.replace(quoted, 'S')).toMatch(
        /^(digraph flow \{|\}| {2}(graph|node|edge|\w+( -> \w+)?) \[[\w=, .S]*\])$/,
      )
    }
  })
})

describe.each(['light', 'dark'] as const)('the colours when it is %s', (theme) => {
  const luminance = (colour: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
  }
  const contrast = (a: keyof typeof COLOURS, b: keyof typeof COLOURS) => {
    const [x, y] = [luminance(COLOURS[a][theme]), luminance(COLOURS[b][theme])]
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
  }

  it.each([
    ...['text', 'muted', 'flow', 'messaging', 'voice', 'data', 'integration', 'unknown'].map((each) => [
      each,
      'card',
    ]),
    ...['taken', 'partly', 'missed'].map((each) => [each, 'card']),
    ...['text', 'muted'].map((each) => [each, 'page']),
    ...['error', 'warning'].map((each) => ['onMark', each]),
  ] as (keyof typeof COLOURS)[][])('%s can be read on %s', (text, ground) => {
    expect(contrast(text!, ground!)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['line', 'taken', 'missed', 'error', 'warning'] as const)('%s can be seen on the page', (line) => {
    expect(contrast(line, 'page')).toBeGreaterThanOrEqual(3)
  })
})

if (CHROMIUM === undefined) console.warn('SKIPPED: no chromium on this machine, so no picture was looked at')

describe.skipIf(CHROMIUM === undefined)('in a browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchChromium()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
  })

  it('is well-formed, and every text lies within its box', async () => {
    const flows = [support(), hostile(), tangle(30, 4), ...corpora().map(([, flow]) => flow)]
    const page = await browser.newPage()
    for (const flow of flows) {
      const svg = renderSvg(flow, options(flow))
      await page.setContent('<body></body>')
      const faults = await page.evaluate(`(${LOOK})(${JSON.stringify(svg)})`)
      expect(faults, flow.name.slice(0, 40)).toEqual([])
    }
    await page.close()
  }, 60_000)

  it('is light or dark as the reader prefers', async () => {
    const grounds: string[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme })
      await page.setContent(renderSvg(support(), options(support())))
      grounds.push(await page.evaluate("getComputedStyle(document.querySelector('.page')).fill"))
      await page.close()
    }
    expect(grounds).toEqual(['rgb(246, 247, 249)', 'rgb(20, 23, 28)'])
  })
})

/** Runs in the page: parses the picture as XML, shows it, and measures every text against the box beside it. */
const LOOK = `(svg) => {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml')
  const error = parsed.querySelector('parsererror')
  if (error !== null) return ['not well-formed: ' + error.textContent.slice(0, 200)]
  document.body.append(document.importNode(parsed.documentElement, true))
  const faults = []
  for (const group of document.querySelectorAll('.node, .outcome')) {
    const box = group.querySelector(':scope > rect').getBBox()
    for (const text of group.querySelectorAll(':scope > text')) {
      const { x, width } = text.getBBox()
      if (x < box.x || x + width > box.x + box.width) faults.push(text.textContent + ' leaves its box')
    }
  }
  return faults
}`
