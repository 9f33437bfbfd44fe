import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/index.ts'
import { createBuilder, renderCode } from '../../src/builder/index.ts'
import { type FlowDocument, parseDocument, serialiseDocument } from '../../src/document/index.ts'
import { palette } from '../../src/palette/index.ts'
import { Dice, generateFlow } from '../fuzz/generate-flow.ts'
import { flow } from '../support/flow.ts'
import { ROOT } from '../support/snippets.ts'
import { faultsOf } from './compiler.ts'

/** Runs printed code, which must be what runs as JavaScript without any step before. */
function run(code: string): FlowDocument {
  const body = code.replace(/^import .*$/gm, '').replace('export default ', 'return ')
  return new Function('createBuilder', 'palette', `'use strict';${body}`)(
    createBuilder,
    palette,
  ) as FlowDocument
}

function expectSame(document: FlowDocument): void {
  expect(serialiseDocument(run(renderCode(document, { nodes: palette })))).toBe(serialiseDocument(document))
}

/** Every JSON file below a folder. */
function jsonBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => join(ROOT, folder, file))
}

/** The documents that a value holds, however deep; fixtures of nodes hold several. */
function documentsIn(value: unknown): readonly FlowDocument[] {
  if (typeof value !== 'object' || value === null) return []
  if (!Array.isArray(value) && 'schema' in value) {
    const parsed = parseDocument(value)
    return parsed.ok ? [parsed.value] : []
  }
  return Object.values(value).flatMap(documentsIn)
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const fixtures = [...jsonBelow('test/fixtures'), ...jsonBelow('examples')].flatMap((file) =>
  documentsIn(read(file)),
)

const HOSTILE = [
  `'"\`\${alert(1)}\\`,
  '</script><script>alert(1)</script><!-- -->',
  '\u2028\u2029\u0000\u0007\r\n\t\u0085\ufeff',
  '\ud800 lone, \u202e turned \u2066',
  `'}) ; globalThis.broken = true //`,
  '*/ /* {{ "x" }}',
  '__proto__',
  'constructor',
  '',
] as const

/** What is the id of nothing. */
const UNSAFE: readonly string[] = ['', '__proto__', 'constructor']

describe('renderCode', () => {
  it('has fixtures of all kinds', () => {
    expect(fixtures.length).toBeGreaterThan(80)
  })

  it('prints every fixture so that it comes out as it went in, and the compiler takes it', {
    timeout: 120_000,
  }, () => {
    for (const document of fixtures) expectSame(document)
    const faults = faultsOf(fixtures.map((document) => renderCode(document, { nodes: palette })))
    expect(faults.flat()).toEqual([])
  })

  it('prints generated flows so that they come out as they went in', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { main, subflows, exception } = generateFlow(new Dice(seededRandom(`code:${seed}`)))
      for (const document of [main, ...subflows, ...(exception === undefined ? [] : [exception])])
        expectSame(document)
    }
  })

  it('prints generated flows so that the compiler takes them', { timeout: 120_000 }, () => {
    const flows = Array.from(
      { length: 30 },
      (_, seed) => generateFlow(new Dice(seededRandom(`types:${seed}`))).main,
    )
    expect(faultsOf(flows.map((document) => renderCode(document, { nodes: palette }))).flat()).toEqual([])
  })

  it.each(HOSTILE.map((text) => [JSON.stringify(text), text]))('keeps %s what it is: a text', (_, text) => {
    const base = flow({ nodes: {}, connect: ['start -> end'] })
    const document: FlowDocument = {
      ...base,
      id: UNSAFE.includes(text) ? 'x' : text,
      name: text,
      remark: text,
      settings: {
        outcomes: [],
        mediaFolder: text,
        stopWords: UNSAFE.includes(text) ? [] : [text],
      },
      nodes: [
        {
          id: 'a',
          type: text,
          label: text,
          config: { text, list: [text] },
          onEnter: [{ set: text, to: text }],
        },
        { id: 'b', type: 'send-message@1', config: { prompt: text } },
      ],
      connectors: [
        { id: `1${text}`, from: { node: 'a', outcome: text }, to: 'b', label: text },
        { id: `2${text}`, from: { node: 'b', outcome: 'next' }, to: text },
        { id: `3${text}`, from: { node: text, outcome: text } },
      ],
      notes: [{ id: `4${text}`, node: text, text }],
      meta: { text },
    }
    const parsed = parseDocument(document)
    expect(parsed.ok ? [] : parsed.error).toEqual([])
    expectSame(document)
    expect(globalThis).not.toHaveProperty('broken')
    const code = renderCode(document, { nodes: palette })
    expect(code).not.toMatch(/<\/script|<!--/)
    expect(code).not.toMatch(/[^\x20-\x7e\n]/)
  })

  it('writes a flow as a person would', () => {
    const document = flow({
      nodes: {
        bye: { type: 'end', config: { outcome: 'done' } },
        choose: { type: 'menu', config: { prompt: 'Which?', options: [{ value: '1' }, { value: 'two' }] } },
      },
      connect: ['choose:noMatch -> choose', 'start -> choose', 'choose:two -> bye', 'choose:1 -> bye'],
      id: 'small',
    })
    expect(
      renderCode({ ...document, name: '' }, { nodes: palette }),
    ).toBe(`import { createBuilder } from 'sluice/builder'
import { palette } from 'sluice/palette'

const { buildFlow } = createBuilder({ nodes: palette })

export default buildFlow({
  id: 'small',
  settings: { outcomes: [{ code: 'done', kind: 'completed' }] },
  nodes: {
    start: { type: 'start', to: { next: 'choose' } },
    choose: {
      type: 'menu',
      config: { prompt: 'Which?', options: [{ value: '1' }, { value: 'two' }] },
      to: { '1': 'bye', two: 'bye', noMatch: 'choose' },
    },
    bye: { type: 'end', config: { outcome: 'done' } },
  },
})
`)
  })

  it('writes what the compiler would refuse unchecked', () => {
    const document = flow({
      nodes: {
        odd: { type: 'acme-odd@2', config: {} },
        half: { type: 'send-message', config: { prompt: '', channel: 7 } },
        stop: { type: 'end', config: { outcome: 'gone' } },
      },
      settings: { outcomes: [] },
      connect: ['start -> odd', 'odd:whatever -> half', 'half -> nowhere', 'start:wrong -> stop'],
    })
    const code = renderCode(document, { nodes: palette })
    expect(code).toContain("odd: { unchecked: 'acme-odd@2', to: { whatever: 'half' } }")
    expect(code).toContain("unchecked: 'send-message@1'")
    expect(code).toContain("stop: { unchecked: 'end@1', config: { outcome: 'gone' } }")
    expect(code).toContain("{ from: { node: 'start', outcome: 'wrong' }, to: 'stop' }")
    expect(code).toContain("{ from: { node: 'half', outcome: 'next' }, to: 'nowhere' }")
    expectSame(document)
  })

  it('takes the builder of a host', () => {
    const document = flow({ nodes: {}, connect: [] })
    expect(renderCode(document, { nodes: palette, builder: './our-builder.ts' })).toMatch(
      /^import \{ buildFlow \} from '\.\/our-builder\.ts'\n\nexport default/,
    )
  })

  it('takes flows of very many nodes', () => {
    const nodes = Array.from({ length: 20_000 }, (_, index) => ({
      id: `n${index}`,
      type: 'start@1',
      config: {},
    }))
    const connectors = nodes.slice(1).map(({ id }, index) => ({
      id: `n${index}:next`,
      from: { node: `n${index}`, outcome: 'next' },
      to: id,
    }))
    expectSame({ ...flow({ nodes: {}, connect: [] }), nodes, connectors })
  })
})
