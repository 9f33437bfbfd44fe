import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Json } from '../../src/base/index.ts'
import { type FlowDocument, parseDocument } from '../../src/document/index.ts'
import { importFlow } from '../../src/interchange/index.ts'
import { missing, studioFiles, studioPath } from '../interchange/corpora.ts'

export { missing, reason } from '../interchange/corpora.ts'

export function parse(value: unknown): FlowDocument {
  const parsed = parseDocument(value as object)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

export function support(): FlowDocument {
  const path = fileURLToPath(new URL('../../examples/support/support.json', import.meta.url))
  return parse(JSON.parse(readFileSync(path, 'utf8')))
}

/** Flows that others wrote, by name; none where the corpora are missing. */
export function corpora(): readonly (readonly [name: string, flow: FlowDocument])[] {
  if (missing) return []
  return studioFiles().flatMap((name) => {
    const imported = importFlow(JSON.parse(readFileSync(studioPath(name), 'utf8')) as Json)
    return imported.ok ? [[name.replace('.json', ''), imported.value.flow] as const] : []
  })
}

/** Branches that lead anywhere, back and to themselves included, with some outcomes left open. Same seed, same flow. */
export function tangle(count: number, seed: number, reach = 8): FlowDocument {
  let state = seed
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const branches = Array.from({ length: count }, (_, i) => ({
    id: `n${i}`,
    type: 'branch@1',
    ...(below(4) === 0 ? { label: `Which way, at the ${i}th of all crossings?` } : {}),
    config: {
      rules: [{ outcome: 'yes', condition: 'true' }, ...(below(3) === 0 ? [{ outcome: 'perhaps' }] : [])],
    },
  }))
  const target = (i: number) => {
    const way = below(20)
    if (way === 0) return `n${i}`
    if (way === 1) return `n${Math.max(0, i - below(reach))}`
    return i + 1 >= count || way === 2 ? 'end' : `n${Math.min(count - 1, i + 1 + below(reach))}`
  }
  return parse({
    schema: 1,
    id: 'tangle',
    nodes: [
      { id: 'start', type: 'start@1' },
      ...branches,
      { id: 'end', type: 'end@1', config: { outcome: 'done' } },
    ],
    connectors: [
      { from: { node: 'start', outcome: 'next' }, to: 'n0' },
      ...branches.flatMap(({ id, config }, i) =>
        [...config.rules.map(({ outcome }) => outcome), 'else']
          .filter(() => below(12) > 0)
          .map((outcome, k) => ({
            from: { node: id, outcome },
            to: k === 0 && i + 1 < count ? `n${i + 1}` : target(i),
          })),
      ),
    ],
  })
}
