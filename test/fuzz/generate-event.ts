import type { Json } from '../../src/base/json.ts'
import type { Session, SessionEvent } from '../../src/index.ts'
import { CHANNELS, type Dice, EVENT_NAMES } from './generate-flow.ts'

/** An event and the instant at which it comes. */
export interface TimedEvent {
  readonly event: SessionEvent
  readonly now: number
}

const TEXTS = [
  ...[
    '1',
    '2',
    '3',
    'yes',
    'no',
    'YES ',
    'label 2',
    'say 1',
    '5',
    '-3',
    '12,5',
    '2026-11-21',
    '2023-02-29',
    '12#',
    'abc',
    'stop',
  ],
  ...['', ' ', 'ü', '😀😀', '__proto__', '\ud800', 'x'.repeat(130), 'y'.repeat(3_000)],
]

const DIGITS = ['1', '2', '3', '9', '12*#', '', 'x', '5'.repeat(200)]

const BODIES: readonly Json[] = [
  ...[
    null,
    'text',
    5,
    [],
    {},
    { result: 'connected' },
    { result: 'busy' },
    { result: 'noAnswer' },
    { result: 'failed' },
    { outcome: 'fine' },
    { outcome: 'poor' },
    { url: 'https://x.test/1.wav', durationMs: 900 },
  ],
  ...[{ hash: 'nowhere' }, { list: Array.from({ length: 80 }, (_, index) => index) }, 'z'.repeat(2_500)],
]

const MALFORMED: readonly unknown[] = [
  ...[
    undefined,
    null,
    5,
    'text',
    [],
    {},
    { type: 'shout' },
    { type: 'text' },
    { type: 'text', text: 5 },
    { type: 'digits' },
  ],
  ...[
    { type: 'timer' },
    { type: 'text', text: 'x', channel: 5 },
    { type: 'digits', digits: '1', channel: null },
    { type: 'button', waitId: 's:1' },
    { type: 'result', status: 200 },
    { type: 'event' },
  ],
  ...[
    { type: 'text', text: 'x', at: new Date(0) },
    { type: 'digits', digits: '1', more: { deep: 'm'.repeat(9_000) } },
  ],
  ...[
    { type: 'result', waitId: 's:2', status: '200' },
    { type: 'result', waitId: 's:2', error: { code: 5 } },
  ],
  ...[
    { type: 'signal', name: 'hang up' },
    { type: 'event', name: 'paid', data: [1] },
    { type: 'event', name: 'paid', data: { n: Number.NaN } },
  ],
]

/**
 * Something that may come next: mostly what the open wait is for, and now and then a stale or early answer, an
 * input for later, a signal or garbage. `hashes` are the programs that a host could name as official.
 */
export function generateEvent(
  dice: Dice,
  session: Session,
  now: number,
  hashes: readonly string[],
): TimedEvent {
  const at = now + dice.pick([0, 1, 500, 5_000])
  if (dice.chance(0.03)) return { event: dice.pick(MALFORMED) as SessionEvent, now: at }
  if (dice.chance(0.025))
    return { event: { type: 'signal', name: dice.pick(['hangup', 'stop', 'cancel', 'other']) }, now: at }
  const wait = session.wait
  if (wait === undefined || dice.chance(0.12)) return { event: anything(dice, session, hashes), now: at }
  const due = wait.dueAt === undefined ? undefined : Math.max(now, wait.dueAt)
  if (due !== undefined && (wait.for.length === 0 || dice.chance(0.3))) {
    const late = dice.pick([0, 0, 1, 60_000])
    return { event: { type: 'timer', waitId: wait.id }, now: dice.chance(0.1) ? at : due + late }
  }
  const kind = wait.for.length === 0 ? undefined : dice.pick(wait.for)
  return {
    event: kind === undefined ? anything(dice, session, hashes) : eventOf(dice, kind, wait.id, hashes),
    now: at,
  }
}

function anything(dice: Dice, session: Session, hashes: readonly string[]): SessionEvent {
  const stale = `${session.id}:${Math.max(0, session.seq - dice.below(4))}`
  const waitId = dice.pick([stale, 'other:1', session.wait?.id ?? stale])
  const kind = dice.pick([
    'text',
    'digits',
    'button',
    'result',
    'timer',
    ...EVENT_NAMES.map((name) => `event:${name}`),
    'event:other',
  ])
  return kind === 'timer' ? { type: 'timer', waitId } : eventOf(dice, kind, waitId, hashes)
}

function channel(dice: Dice): { readonly channel?: string } {
  return dice.chance(0.5) ? { channel: dice.pick(CHANNELS) } : {}
}

function eventOf(dice: Dice, kind: string, waitId: string, hashes: readonly string[]): SessionEvent {
  switch (kind) {
    case 'text':
      return { type: 'text', text: dice.pick(TEXTS), ...channel(dice) }
    case 'digits':
      return { type: 'digits', digits: dice.pick(DIGITS), ...channel(dice) }
    case 'button':
      return { type: 'button', waitId, value: dice.pick(['1', '2', '3', '9', '']) }
    case 'result':
      return {
        type: 'result',
        waitId,
        ...(dice.chance(0.6) ? { status: dice.pick([200, 201, 204, 302, 404, 503]) } : {}),
        ...(dice.chance(0.7)
          ? { body: dice.chance(0.3) ? { hash: dice.pick(hashes) } : dice.pick(BODIES) }
          : {}),
        ...(dice.chance(0.15) ? { error: dice.pick(['timeout', 'no route']) } : {}),
      }
    default:
      return {
        type: 'event',
        name: kind.slice('event:'.length),
        ...(dice.chance(0.6)
          ? { data: dice.pick([{}, { sum: 5 }, { deep: { list: [1, [2]] } }, { long: 'd'.repeat(2_200) }]) }
          : {}),
      }
  }
}
