import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLACES, type Without } from './places.ts'
import { contactsFor, type SweepOptions, sweep } from './sweep.ts'
import { openWorkshop, type Workshop } from './workshop.ts'

const OPTIONS: SweepOptions = { kills: 40, stories: 24, seed: 'short', quietMs: 8_000 }
const TIMEOUT_MS = 120_000

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop(contactsFor(OPTIONS))
}, TIMEOUT_MS)
afterAll(() => workshop?.close())

describe('a process that is killed again and again', () => {
  it(
    '[RUN-16] loses no session, and does every effect once where keys are honoured',
    async () => {
      const { findings, places, kills, effects, traffic } = await sweep(workshop, OPTIONS)
      expect(findings).toEqual([])
      expect(kills).toBe(OPTIONS.kills)
      for (const place of PLACES) expect(places[place].kills).toBeGreaterThan(0)
      expect(effects.repeated).toBe(0)
      // After a commit nothing is left that a loss of power could take.
      const lossy = PLACES.filter((place) => places[place].lossy > 0)
      expect(lossy.filter((place) => place !== 'between write and sync')).toEqual([])
      // Else nothing was put to the test.
      expect(effects.absorbed).toBeGreaterThan(0)
      expect(traffic.repeated).toBeGreaterThan(0)
    },
    TIMEOUT_MS,
  )

  it.each<{ without: Without; finds: readonly string[]; why: string }>([
    {
      without: 'sync',
      why: 'the loss of power takes back what was acknowledged',
      // In which way a session is lost that was acknowledged depends on where it stood.
      finds: [
        'input.again',
        'input.strayed',
        'input.refused',
        'session.stuck',
        'sessions.differ',
        'transcript.differs',
      ],
    },
    { without: 'claims', why: 'duplicates are taken in', finds: ['input.again', 'input.refused'] },
    { without: 'keys', why: 'effects are done again after a crash', finds: ['effect.twice'] },
    { without: 'stable keys', why: 'no receiver can know them again', finds: ['transcript.differs'] },
  ])(
    'would be found out without $without: $why',
    async ({ without, finds }) => {
      // The power goes each time, so that little is left to chance.
      const { findings } = await sweep(workshop, { ...OPTIONS, without, powerPercent: 100 })
      expect(findings.map(({ code }) => code).filter((code) => finds.includes(code))).not.toEqual([])
    },
    TIMEOUT_MS,
  )
})
