import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../../src/document/parse-document.ts'
import { serialiseDocument } from '../../../src/document/serialise-document.ts'
import { type Box, layoutFlow } from '../../../src/drawing/index.ts'
import { TEMPLATES } from '../../../src/editing/templates/templates.ts'
import { palette } from '../../../src/palette/index.ts'
import { validate } from '../../../src/validation/index.ts'
import { flowOf } from './rehearse.ts'

/** How large a canvas may draw a note. */
const NOTE = { width: 240, height: 120 }

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

it('[DOC-2] eight templates come with the package, each under an id of its own', () => {
  expect(TEMPLATES).toHaveLength(8)
  expect(new Set(TEMPLATES.map(({ id }) => id)).size).toBe(8)
})

describe.each(TEMPLATES)('the template $id', (template) => {
  const { id, title, summary, category, tags, icon, document } = template
  const flow = flowOf(template)

  it('has scripts that play it', () => {
    expect(existsSync(new URL(`${id}.test.ts`, import.meta.url))).toBe(true)
  })

  it('says what it is', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(title).toMatch(/^[A-Z].{3,40}$/)
    expect(summary).toMatch(/^[A-Z].{40,200}\.$/)
    expect(category).toMatch(/^[a-z]+$/)
    expect(icon).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(tags.length).toBeGreaterThan(2)
  })

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(template))).toEqual(template)
  })

  it('has neither errors nor warnings', () => {
    expect(validate(flow, { nodes: palette })).toEqual([])
  })

  it('is the same bytes after a turn through a file', () => {
    const bytes = serialiseDocument(flow)
    const read = parseDocument(bytes)
    expect(read.ok && serialiseDocument(read.value)).toBe(bytes)
  })

  it('says what sets it going, and ends in two ways and more', () => {
    const start = document.nodes.find(({ type }) => type === 'start@1')
    expect(start?.config.trigger).toEqual(expect.any(String))
    const kinds = new Set(document.settings.outcomes!.map(({ kind }) => kind))
    expect(kinds).toContain('completed')
    expect(kinds).toContain('incomplete')
    expect(document.settings.outcomes!.every(({ label }) => label !== undefined)).toBe(true)
  })

  it('labels its nodes, its variables and the data that it takes', () => {
    expect(document.nodes.filter(({ label }) => label === undefined)).toEqual([])
    expect(document.settings.variables!.filter(({ label }) => label === undefined)).toEqual([])
  })

  it('keeps numbers, addresses and codes out of traces', () => {
    const { variables = [], contact = [] } = document.settings
    const secret = [...variables, ...contact].filter(({ name }) =>
      /^(code|email|callBackTo)$|^phone$/.test(name),
    )
    expect(secret.filter(({ sensitive }) => sensitive !== true)).toEqual([])
  })

  it('has an end to every wait', () => {
    const waiting = document.nodes.filter(({ type }) =>
      /^(menu|collect-input|receive-message|wait-for-event)@/.test(type),
    )
    expect(waiting.filter(({ config }) => config.timeout === undefined)).toEqual([])
  })

  it('explains on the canvas what to adapt', () => {
    expect(document.notes.some(({ node }) => node === undefined)).toBe(true)
    const ids = new Set(document.nodes.map((node) => node.id))
    expect(document.notes.filter(({ node }) => node !== undefined && !ids.has(node))).toEqual([])
  })

  it('stands on the canvas without anything lying upon anything else', () => {
    const { nodes } = layoutFlow(flow, { nodes: palette, direction: 'right' })
    const size = new Map(nodes.map(({ id: node, box }) => [node, box]))
    const boxes = [
      ...document.nodes.map((node) => ({ ...size.get(node.id)!, ...node.position! })),
      ...document.notes.map((note) => ({ ...NOTE, ...note.position! })),
    ]
    const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => [a, b] as const))
    expect(pairs.filter(([a, b]) => overlap(a, b))).toEqual([])
  })
})
