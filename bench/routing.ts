import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { checkGrayRule } from '../src/releases/gray/check-gray-rule.ts'
import type { GrayRule, NumberRange } from '../src/releases/gray/gray-rule.ts'
import type { RoutedContact } from '../src/releases/gray/match.ts'
import type { route } from '../src/releases/gray/route.ts'
import type { Slot, WorkspaceState } from '../src/releases/state.ts'
import type { Contestant, Workload } from './measure.ts'

/** Ranges of the rules that go by number. */
export const RANGE_COUNTS = [1_000, 10_000, 100_000] as const

/** Contacts that one run decides on, out of so many that take turns. */
const DECISIONS = 256
const CONTACTS = 4_096

const FIRST = 491_500_000_000
const NUMBERS = 1_000_000_000

export interface RoutingModule {
  readonly checkGrayRule: typeof checkGrayRule
  readonly route: typeof route
}

/** The built package; `undefined` where it has not been built. */
export async function loadRouting(): Promise<RoutingModule | undefined> {
  const at = new URL('../dist/releases/index.js', import.meta.url)
  if (!existsSync(at)) return undefined
  const found: Partial<RoutingModule> = await import(at.href)
  const { checkGrayRule, route } = found
  return checkGrayRule && route && { checkGrayRule, route }
}

/** Which version a contact reaches: a figure is that of one decision. Beside it what a person might write by hand. */
export function routingWorkloads(modules: RoutingModule): readonly Workload[] {
  const decided = (match: GrayRule['match']): Contestant => {
    let run: (() => unknown) | undefined
    return {
      name: 'sluice',
      run() {
        run ??= decideAll(modules, match)
        return run()
      },
    }
  }
  const workload = (id: string, title: string, contestants: readonly Contestant[]): Workload => ({
    id: `route-${id}`,
    title: `route a contact by ${title}`,
    unit: 'ns',
    per: DECISIONS,
    contestants,
  })
  return [
    ...RANGE_COUNTS.map((n) =>
      workload(`ranges-${n}`, `${n.toLocaleString('en')} ranges of numbers`, [
        decided({ kind: 'numbers', ranges: rangesOf(n) }),
        byHand('every range in turn', everyRange(rangesOf(n))),
      ]),
    ),
    workload('percentage', 'percentage', [
      decided({ kind: 'percentage', percent: 20 }),
      byHand('SHA-256', digestBelow),
    ]),
    workload('condition', 'condition', [
      decided({ kind: 'condition', condition: 'contact.tier == "gold" && contact.balance > 100' }),
      byHand('raw JS', rawCondition),
    ]),
  ]
}

/** Ranges in order with gaps between them, which together hold half of the numbers. */
function rangesOf(n: number): readonly NumberRange[] {
  const each = NUMBERS / n
  return Array.from({ length: n }, (_, i) => ({
    begin: `+${FIRST + i * each}`,
    end: `+${FIRST + i * each + each / 2 - 1}`,
  }))
}

/** Contacts in no order, so that nothing can be foreseen. */
const contacts: readonly (RoutedContact & { readonly id: string; readonly number: string })[] = Array.from(
  { length: CONTACTS },
  (_, i) => ({
    id: `contact-${i * 7_919}`,
    number: `+${FIRST + ((Math.imul(i + 1, 0x9e3779b1) >>> 0) % NUMBERS)}`,
    attributes: { tier: i % 3 === 0 ? 'gold' : 'none', balance: (i * 31) % 200 },
  }),
)

type Decide = (contact: (typeof contacts)[number]) => boolean

/** Decides on the next contacts; how many of them are for the gray version must be about right. */
function takeTurns(decide: Decide): () => unknown {
  let next = 0
  return () => {
    let gray = 0
    for (let i = 0; i < DECISIONS; i++) if (decide(contacts[next++ % CONTACTS]!)) gray++
    if (gray === 0 || gray === DECISIONS) throw new Error(`${gray} of ${DECISIONS} contacts match`)
    return gray
  }
}

function byHand(name: string, decide: Decide): Contestant {
  return { name, run: takeTurns(decide) }
}

function decideAll({ checkGrayRule, route }: RoutingModule, match: GrayRule['match']): () => unknown {
  const rule = checkGrayRule({ id: 'pilot', name: 'Pilot', match })
  if (!rule.ok) throw new Error(rule.error[0]?.message)
  const workspace = workspaceWith(rule.value)
  return takeTurns((contact) => {
    const answer = route(workspace, { flow: 'support', contact })
    return answer.ok && answer.slot === 'gray'
  })
}

function everyRange(ranges: readonly NumberRange[]): Decide {
  const numbers = ranges.map(({ begin, end }) => ({ begin: Number(begin), end: Number(end) }))
  return ({ number }) => {
    const value = Number(number)
    for (const { begin, end } of numbers) if (value >= begin && value <= end) return true
    return false
  }
}

function digestBelow({ id }: { readonly id: string }): boolean {
  return createHash('sha256').update(`pilot:${id}`).digest().readUInt32BE(0) % 10_000 < 2_000
}

function rawCondition({ attributes }: RoutedContact): boolean {
  return attributes?.tier === 'gold' && Number(attributes.balance) > 100
}

/** What routing reads of a workspace. */
function workspaceWith(rule: GrayRule): WorkspaceState {
  const slot = (version: string): Partial<Slot> => ({
    version,
    number: '1.0.0',
    contentHash: version,
    behaviourHash: version,
    executable: version,
    applications: {},
    values: {},
    sensitive: [],
  })
  const support = { official: slot('v1'), gray: { ...slot('v2'), rule: rule.id } }
  return { flows: { support }, catalog: { grayRule: { [rule.id]: rule } }, exceptionFlows: {} } as never
}
