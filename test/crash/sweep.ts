import type { Finding } from './findings.ts'
import type { Ledger } from './messages.ts'
import { type KillPlan, PLACES, type Place, seeded, type Without } from './places.ts'
import { firstCallFails } from './receiver.ts'
import { storyOf } from './stories.ts'
import type { Workshop } from './workshop.ts'
import { type Traffic, World } from './world.ts'

export interface SweepOptions {
  /** How often the process is killed. */
  readonly kills: number
  /** Stories that are played; more where the kills are not used up by then. */
  readonly stories: number
  /** Decides where each life ends, and what the loss of power leaves. When things happen is up to the machine. */
  readonly seed: string
  readonly without?: Without | undefined
  /** The loss of power comes with so many of 100 kills; 50 unless given. */
  readonly powerPercent?: number
  readonly quietMs?: number
}

export interface SweepResult {
  readonly seed: string
  readonly kills: number
  /** By place: kills in all, those that took the power with them, and those of them that took back what was written. */
  readonly places: { readonly [place in Place]: { kills: number; power: number; lossy: number } }
  /** Processes that were started. */
  readonly lives: number
  readonly stories: number
  /** Sessions by flow and end. */
  readonly ends: { readonly [end: string]: number }
  readonly traffic: Traffic
  /** Effects: handed to the receiver, done, known by their key and not done again, done again. */
  readonly effects: { attempts: number; done: number; absorbed: number; repeated: number }
  readonly findings: readonly Finding[]
  readonly elapsedMs: number
}

/** Stories beyond those asked for that may be played to use up the kills: contacts are made before. */
export function contactsFor({ stories }: Pick<SweepOptions, 'stories'>): number {
  return 2 * stories + 60
}

/** Of each place at least so many kills where there are 1,000, and of fewer kills the same part. */
const LEAST_OF_1000 = 20

/** Plays stories through a process that is killed again and again, and holds what they come to against an undisturbed run. */
export async function sweep(workshop: Workshop, options: SweepOptions): Promise<SweepResult> {
  const { kills, stories, seed, without, powerPercent = 50, quietMs } = options
  const chance = seeded(seed)
  const places = Object.fromEntries(
    PLACES.map((place) => [place, { kills: 0, power: 0, lossy: 0 }]),
  ) as SweepResult['places']
  const stepsInAll = sum(Array.from({ length: stories }, (_, number) => storyOf(number).steps.length))
  let done = 0
  let meanHits = 3
  let round: Place[] = []

  const nextPlan = (): KillPlan | undefined => {
    if (done >= kills) return undefined
    // The kills are to be spread over all that happens: a life is shorter where they lag behind.
    const lagging = done / kills < Math.min(1, world.steps / stepsInAll)
    meanHits = Math.min(30, Math.max(0.6, meanHits * (lagging ? 0.85 : 1.15)))
    if (round.length === 0) round = [...PLACES]
    const [place] = round.splice(Math.floor(chance() * round.length), 1) as [Place]
    return { place, hits: 1 + Math.floor(chance() * 2 * meanHits), power: chance() * 100 < powerPercent }
  }

  const beganAt = performance.now()
  const world: World = new World({
    program: workshop.program,
    file: workshop.newFile(),
    expected: workshop.expected,
    receiver: { honoursKeys: without !== 'keys', mishap: firstCallFails },
    next: () => ({ without, plan: nextPlan() }),
    killed: ({ place, power }, lostBytes) => {
      done++
      places[place].kills++
      if (power) places[place].power++
      if (lostBytes > 0) places[place].lossy++
    },
    chance,
    ...(quietMs === undefined ? {} : { quietMs }),
  })
  try {
    let number = 0
    const most = contactsFor(options)
    await world.play(() => (number < stories || (done < kills && number < most) ? number++ : undefined))
    const ledger = await world.settle()
    if (world.findings.length === 0) checkPlaces(world, places, kills)
    const { attempts, done: effects, absorbed, repeated } = world.receiver
    return {
      seed,
      kills: done,
      places,
      lives: world.lives.count,
      stories: number,
      ends: endsOf(ledger),
      traffic: world.traffic,
      effects: { attempts, done: effects, absorbed, repeated },
      findings: world.findings,
      elapsedMs: Math.round(performance.now() - beganAt),
    }
  } finally {
    await world.close()
  }
}

function checkPlaces(world: World, places: SweepResult['places'], kills: number): void {
  const least = Math.floor((kills * LEAST_OF_1000) / 1_000)
  for (const place of PLACES) {
    const problem = `${places[place].kills} of ${kills} kills were ${place}; there have to be ${least}`
    if (places[place].kills < least) world.found({ code: 'place.rare', problem })
  }
}

function endsOf(ledger: Ledger | undefined): { [end: string]: number } {
  const ends: { [end: string]: number } = {}
  for (const { sessions } of Object.values(ledger?.contacts ?? {})) {
    for (const { flow, end } of sessions) ends[`${flow}, ${end}`] = (ends[`${flow}, ${end}`] ?? 0) + 1
  }
  return ends
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
