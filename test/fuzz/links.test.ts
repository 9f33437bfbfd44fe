import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import { INPUTS, Kiosk, UNAVAILABLE } from '../sharing/kiosk.ts'
import { Dice } from './generate-flow.ts'

/** How many mutations are tried, and the text that their seeds begin with: `FUZZ_RUNS=100000 npm run fuzz`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000)
const SEED = process.env.FUZZ_SEED ?? 'sluice'

const CHARACTERS = [
  ...'abcXYZ0189-_.~!*()\'"%&=?#/+:;@,<>[]{}|\\^` \t\n\0',
  ...['é', '😀', '\u202e', '\ud800', '%41', '%00', '%2e', '..', '&order=1', '&_token=x', '#', '__proto__'],
]

/** What an address says, read by other code than that of the room: equal for addresses that mean the same. */
function meaning(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { origin, username, password, pathname, search } = new URL(text)
  const pairs = [...new URLSearchParams(search)].sort(([a, x], [b, y]) =>
    a < b || (a === b && x < y) ? -1 : 1,
  )
  return JSON.stringify([origin, username, password, pathname, pairs])
}

/** Changes an address in one to three places, or puts a part of another one into it. */
function mutate(text: string, others: readonly string[], dice: Dice): string {
  let changed = text
  for (let i = dice.below(3); i >= 0; i--) {
    const at = dice.below(changed.length + 1)
    const length = 1 + dice.below(dice.chance(0.8) ? 2 : 40)
    const other = dice.pick(others)
    switch (dice.below(8)) {
      case 0:
        changed = changed.slice(0, at) + changed.slice(at + length)
        break
      case 1:
        changed = changed.slice(0, at) + dice.pick(CHARACTERS) + changed.slice(at)
        break
      case 2:
        changed = changed.slice(0, at) + dice.pick(CHARACTERS) + changed.slice(at + 1)
        break
      case 3:
        changed = changed.slice(0, at)
        break
      case 4:
        changed = swapCase(changed, at)
        break
      case 5:
        changed = changed.slice(0, at) + other.slice(at)
        break
      case 6: {
        // The token, the id or a parameter of another link.
        const part = dice.pick(['_token=[^&]*', '/[ls]/[^?]*', 'order=[^&]*', 'amount=[^&]*'])
        changed = changed.replace(new RegExp(part), other.match(part)?.[0] ?? '')
        break
      }
      default:
        changed = changed.slice(0, at) + changed.slice(at, at + length) + changed.slice(at)
    }
  }
  return changed
}

function swapCase(text: string, at: number): string {
  const character = text.charAt(at)
  const other = character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase()
  return text.slice(0, at) + other + text.slice(at + 1)
}

describe('mutations of links', () => {
  it(`[DST-3] [DST-5] [DST-7] are not accepted (${RUNS} from seed ${SEED})`, async () => {
    const kiosk = await Kiosk.open()
    await kiosk.rules({ maxInvocations: 5, lifetimeMs: 1_000_000 })
    const short = await kiosk.make({ shorten: true })
    const made = [
      await kiosk.make(),
      await kiosk.make({ parameters: '&order=4712&amount=2' }),
      short,
      await kiosk.make({ parameters: { order: 'a b&c=d/é😀' } }),
    ]
    const valid = [...made.map(({ url }) => url), short.shortUrl!]
    const meanings = new Set(valid.map(meaning))
    let same = 0
    const codes = new Map<string, number>()
    for (let run = 0; run < RUNS; run++) {
      const dice = new Dice(seededRandom(`${SEED} link ${run}`))
      const mutated = mutate(dice.pick(valid), valid, dice)
      if (meanings.has(meaning(mutated))) {
        same++
        continue
      }
      kiosk.refused.length = 0
      const told = await kiosk.links.resolve(mutated)
      expect([run, mutated, told]).toEqual([run, mutated, UNAVAILABLE])
      expect(kiosk.refused).toHaveLength(1)
      const { code } = kiosk.refused[0]!
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    // Nothing has been counted for them, and what is valid still is.
    for (const url of valid) expect((await kiosk.links.resolve(url)).ok).toBe(true)
    expect(same).toBeLessThan(RUNS / 2)
    expect(codes.size).toBeGreaterThan(2)
    console.log(
      `links: ${RUNS - same} mutations refused: ${[...codes].map(([code, count]) => `${code} ${count}`).join(', ')}`,
    )
  })

  it(`[DST-3] of an unprotected link are taken for what they say, and never for another link (${RUNS} from seed ${SEED})`, async () => {
    const kiosk = await Kiosk.open()
    const { url, id } = await kiosk.make({ protect: false, parameters: '&order=4711&amount=1' })
    for (let run = 0; run < RUNS; run++) {
      const dice = new Dice(seededRandom(`${SEED} open ${run}`))
      const mutated = mutate(url, [url], dice)
      const resolved = await kiosk.links.resolve(mutated)
      if (!resolved.ok) {
        expect(resolved).toEqual(UNAVAILABLE)
        continue
      }
      expect([mutated, resolved.link.id]).toEqual([mutated, id])
      const given = Object.fromEntries(new URL(mutated).searchParams)
      const { order, amount, ...rest } = resolved.trigger.data
      expect([mutated, order]).toEqual([mutated, given.order])
      // What the start node does not declare gets nowhere.
      const declared: readonly string[] = INPUTS.map(({ name }) => name)
      expect(Object.keys(rest).filter((name) => !declared.includes(name))).toEqual([])
      if (amount !== undefined) expect(amount).toBe(Number(given.amount))
    }
  })
})
