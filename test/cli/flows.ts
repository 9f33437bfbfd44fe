import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const SUPPORT = fileURLToPath(new URL('../../examples/support/support.json', import.meta.url))
export const ADA = JSON.stringify({ name: 'Ada', balance: 150, tier: 'gold' })

const folder = mkdtempSync(join(tmpdir(), 'sluice-cli-'))
let files = 0

/** Writes a file for one test and returns its path; anything but text and bytes is written as JSON. */
export function file(content: unknown, name = `file-${++files}.json`): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  )
  return path
}

/** A flow of one line of nodes: start, the ones given, and an end at which every outcome arrives at last. */
export function chain(
  ...nodes: { id: string; type: string; config?: object; outcomes: readonly string[] }[]
) {
  const ids = [...nodes.map(({ id }) => id), 'end']
  return {
    schema: 1,
    id: 'chain',
    settings: { outcomes: [{ code: 'done', kind: 'completed' }] },
    nodes: [
      { id: 'start', type: 'start@1' },
      ...nodes.map(({ id, type, config }) => ({ id, type, config: config ?? {} })),
      { id: 'end', type: 'end@1', config: { outcome: 'done' } },
    ],
    connectors: [
      { from: { node: 'start', outcome: 'next' }, to: ids[0] },
      ...nodes.flatMap(({ id, outcomes }, index) =>
        outcomes.map((outcome) => ({ from: { node: id, outcome }, to: ids[index + 1] })),
      ),
    ],
  }
}

export const HTTP = ['success', 'httpError', 'timeout', 'failed']

/** A flow that makes a request and says what it came to. */
export const LOOKUP = chain(
  { id: 'lookup', type: 'http-request@1', config: { url: 'https://example.com/orders' }, outcomes: HTTP },
  {
    id: 'tell',
    type: 'send-message@1',
    config: { prompt: 'Status {{nodes.lookup.status}}.' },
    outcomes: ['next'],
  },
)
