import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { seededRandom } from '../../src/base/random.ts'
import { parseDocument } from '../../src/document/index.ts'
import { readBundle } from '../../src/interchange/index.ts'
import { calling, exported, hello, nodes, rated } from '../interchange/bundle-cases.ts'
import { done, Lab } from '../runtime/lab.ts'
import { Dice } from './generate-flow.ts'

/** How many mutations are tried, and the text that their seeds begin with: `FUZZ_RUNS=100000 npm run fuzz`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000)
const SEED = process.env.FUZZ_SEED ?? 'sluice'

/** Longer than any mutation of a small bundle takes, pauses of the machine included. */
const MAX_MS = 2_000

const BUNDLES = [
  exported([hello()]).text,
  exported([calling('main', 'a', 'b')], { all: [calling('a', 'main'), hello('b')] }).text,
  exported([rated(), hello()]).text,
]

/** What may stand where it does not belong. */
const STRANGE: readonly Json[] = [
  ...[null, true, 0, -1, 1.5, 1e308, '', 'x', 'main', 'start@1', 'rate', '\u202e', '\u0000', '\ud800'],
  ...['__proto__', 'constructor', 'toString', '^1.0.0', '>=99', '*', '<script>', 'javascript:1', '../../x'],
  ...[[], {}, [[]], { id: 'x' }, ['main', 'main'], 'y'.repeat(300)],
]

type Container = { [key: string | number]: Json }

/** Every object and list of a value, which may contain itself by now. */
function containersOf(root: Json): Container[] {
  const found = new Set<unknown>([root])
  for (const value of found) {
    for (const member of Object.values(value as object))
      if (typeof member === 'object' && member !== null) found.add(member)
  }
  return [...found] as Container[]
}

/** Changes a few things anywhere in a bundle. */
function mutate(text: string, dice: Dice): unknown {
  if (dice.chance(0.1)) return mutateText(text, dice)
  const value = JSON.parse(text) as JsonObject
  for (let i = dice.below(3); i >= 0; i--) {
    const containers = containersOf(value)
    const target = dice.pick(containers)
    const keys = Object.keys(target)
    if (keys.length === 0) continue
    const key = dice.pick(keys)
    switch (dice.below(6)) {
      case 0:
        delete target[key]
        break
      case 1:
        target[key] = structuredClone(dice.pick(STRANGE))
        break
      case 2:
        // What stands elsewhere, shared with it.
        target[key] = dice.pick(containers) as unknown as Json
        break
      case 3:
        target[dice.pick(['extra', 'id', 'toString', 'type', 'label', 'references'])] = structuredClone(
          dice.pick(STRANGE),
        )
        break
      case 4:
        if (Array.isArray(target)) target.push(structuredClone(target[dice.below(target.length)]) as never)
        break
      default: {
        const other = dice.pick(keys)
        const kept = target[key]!
        target[key] = target[other]!
        target[other] = kept
      }
    }
  }
  return value
}

function mutateText(text: string, dice: Dice): string {
  const at = dice.below(text.length)
  const length = dice.below(20)
  const put = dice.pick(['', '"', '}', '[', '\\u202e', '0', '\u0000', ',"__proto__":{}'])
  return text.slice(0, at) + put + text.slice(at + length)
}

describe('mutated bundles', () => {
  it(`[IO-6] are refused whole or come in whole (${RUNS} seeds from ${SEED}:0 on)`, {
    timeout: 3_600_000,
  }, async () => {
    const lab = new Lab()
    const stored = { events: 0, texts: 0 }
    const workspace = lab.open({
      nodes,
      events: lab.withEvents({
        append: async (batches) => {
          stored.events++
          return lab.events.append(batches)
        },
      }),
      contents: {
        ...lab.contents,
        put: async (hash, text) => {
          stored.texts++
          return lab.contents.put(hash, text)
        },
      },
    })
    await done(workspace, { type: 'createWorkspace', name: 'ACME', policy: 'open' })
    await done(workspace, { type: 'define', kind: 'integration', item: { id: 'acme-crm', name: 'CRM' } })
    let accepted = 0
    let kept = 0
    for (let i = 0; i < RUNS; i++) {
      const seed = `${SEED}:${i}`
      const dice = new Dice(seededRandom(seed))
      const bundle = mutate(dice.pick(BUNDLES), dice)
      const missing = dice.chance(0.5) ? 'placeholder' : 'refuse'
      const before = performance.now()
      const { revision } = await workspace.state()
      const untouched = { ...stored }
      try {
        const outcome = await workspace.importBundle(bundle, { by: 'ada', name: 'New', remark: '', missing })
        expect(performance.now() - before).toBeLessThan(MAX_MS)
        const state = await workspace.state()
        if (!outcome.ok) {
          expect(outcome.reason).not.toMatch(/undefined|\[object/)
          expect(state.revision).toBe(revision)
          expect(stored).toEqual(untouched)
          continue
        }
        accepted++
        kept += outcome.flows.length
        expect(state.revision).toBe(revision + outcome.flows.length)
        for (const { id } of outcome.flows) {
          const document = await workspace.document(id, 'v1')
          expect(parseDocument(document).ok).toBe(true)
          expect(document!.id).toBe(id)
        }
        // What comes in goes out again, as something that comes in.
        const again = await workspace.exportBundle(
          { flows: outcome.flows.map(({ id }) => ({ flow: id })) },
          { by: 'ada' },
        )
        if (!again.ok) throw new Error(again.reason)
        const read = readBundle(again.text)
        if (!read.ok) throw new Error(read.error[0]!.message)
      } catch (error) {
        throw new Error(`Seed ${seed}: ${(error as Error).message}\nBundle: ${shown(bundle)}`, {
          cause: error,
        })
      }
      // Thousands of flows would make each step slower than the last.
      if (kept > 200) {
        for (const { id } of await workspace.flows()) await done(workspace, { type: 'deleteFlow', flow: id })
        kept = 0
      }
    }
    const streams = (await lab.events.list('')).length
    console.log(
      `fuzz of bundles: ${RUNS} mutations from seed ${SEED}, ${accepted} accepted, ${streams} streams`,
    )
    if (RUNS >= 100) expect(accepted).toBeGreaterThan(RUNS / 50)
  })
})

function shown(bundle: unknown): string {
  if (typeof bundle === 'string') return bundle
  try {
    return JSON.stringify(bundle)
  } catch {
    return 'a value that contains itself'
  }
}
