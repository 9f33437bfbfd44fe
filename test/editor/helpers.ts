import { readFileSync } from 'node:fs'
import { createEditor, type Editor, type EditorOptions, type SaveRequest } from '../../src/editor/index.ts'
import type { FlowDocument } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { deepFreeze } from '../support/deep-freeze.ts'
import { ask, end, type FlowSpec, flow, say } from '../support/flow.ts'

/** The support flow, frozen: nothing may change it in place. */
export const SUPPORT: FlowDocument = deepFreeze(
  JSON.parse(readFileSync(new URL('../../examples/support/support.json', import.meta.url), 'utf8')),
)

/** A small flow without errors, whose `ask` may be left by `timeout` as well. */
export const SMALL: FlowSpec = {
  nodes: { ask: ask('Name?', { variable: 'name' }), hello: say('Hello {{name}}'), done: end('ok') },
  connect: ['start -> ask', 'ask:valid -> hello', 'hello -> done'],
  variables: [{ name: 'name', type: 'text' }],
}

/** Opens a small flow, or a document. Time stands still at 0 unless a clock is passed. */
export function open(of: FlowSpec | FlowDocument = SMALL, options: Partial<EditorOptions> = {}): Editor {
  const document = 'schema' in of ? of : deepFreeze(flow(of))
  return createEditor(document, { nodes: palette, clock: { now: () => 0 }, ...options })
}

/** Takes what a call came to, which must not be a refusal. */
export function done<Result extends { readonly ok: boolean }>(
  result: Result,
): Result & { readonly ok: true } {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result as Result & { readonly ok: true }
}

/** Code of a refusal; `undefined` where nothing was refused. */
export function refusal(result: { readonly ok: boolean; readonly code?: string }): string | undefined {
  return result.ok ? undefined : result.code
}

/** Timers that run when a test says so. */
export function fakeTimers() {
  let now = 0
  const due: { at: number; run: () => void }[] = []
  return {
    after(delayMs: number, run: () => void) {
      const timer = { at: now + delayMs, run }
      due.push(timer)
      return () => {
        if (due.includes(timer)) due.splice(due.indexOf(timer), 1)
      }
    },
    get open() {
      return due.length
    },
    /** Lets time go by, and everything that waits for a promise go on. */
    async pass(ms: number) {
      const end = now + ms
      for (;;) {
        const next = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        now = next.at
        due.splice(due.indexOf(next), 1)
        next.run()
        await settle()
      }
      now = end
      await settle()
    },
  }
}

/** Lets all promises that can settle do so. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

/** A store that counts revisions, as a host has one; `hold` keeps the answers back until `answer` is called. */
export function fakeStore({ hold = false }: { hold?: boolean } = {}) {
  const requests: SaveRequest[] = []
  const waiting: (() => void)[] = []
  const store = {
    revision: 1,
    document: undefined as FlowDocument | undefined,
    requests,
    fault: undefined as Error | undefined,
    async save(request: SaveRequest) {
      requests.push(request)
      if (hold) await new Promise<void>((resolve) => waiting.push(resolve))
      if (store.fault !== undefined) throw store.fault
      if (request.revision !== store.revision) {
        return {
          ok: false as const,
          code: 'edit.stale',
          reason: 'Somebody else has saved.',
          details: { revision: store.revision },
        }
      }
      store.document = request.document
      store.revision += 1
      return { ok: true as const, revision: store.revision }
    },
    async answer() {
      waiting.shift()?.()
      await settle()
    },
  }
  return store
}
