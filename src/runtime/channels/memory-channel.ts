import type { Effect } from '../../nodes/effects.ts'
import type { Channel, ChannelCapabilities, Delivery, EffectHandler } from './channel.ts'
import { SAYING, TAKING } from './usual.ts'

export interface MemoryChannelOptions extends Partial<ChannelCapabilities> {
  /**
   * What the channel answers. It is asked once the work is done, so that where it rejects, a host sees a provider whose
   * answer was lost; where it takes its time, one that is slow.
   */
  readonly answer?: EffectHandler
}

/** A channel that says nothing to anybody, and tells what it was asked to say. */
export interface MemoryChannel extends Channel {
  /** What it has done, in order, each key once. */
  readonly sent: readonly Sent[]
  /** Deliveries whose key it had done before. */
  readonly repeats: number
  /** Deliveries in all: those that failed or hung as well. */
  readonly tries: number
  /** The next so many deliveries reject, with nothing done. */
  failNext(count: number, error?: unknown): void
  /** The next so many deliveries neither do anything nor answer, until the host gives up. */
  hangNext(count: number): void
  /** What was said to an address, or to all, in order: texts of messages and notifications, of cards else their titles. */
  transcript(address?: string): string[]
}

export interface Sent {
  readonly effect: Effect
  readonly delivery: Delivery
}

/**
 * A channel for tests. It honours keys: work that comes again under a key is not done again. What a provider can do to a
 * host it does at will: fail before the work is done (`failNext`) or after (an `answer` that rejects), say nothing
 * (`hangNext`), or answer late.
 *
 * @example
 * const sms = memoryChannel('sms')
 * const host = await createHost({ workspace, nodes: palette, channels: [sms] })
 * await host.receive({ channel: 'sms', from: '+49151', to: '4711', text: 'hello' })
 * sms.transcript('+49151') // ['Hello Ada, how can we help?']
 */
export function memoryChannel(name: string, options: MemoryChannelOptions = {}): MemoryChannel {
  const { answer, effects = SAYING, inputs = TAKING, rate } = options
  const sent: Sent[] = []
  const done = new Set<string>()
  /** What the next deliveries come to instead; the first is next. */
  const script: ((delivery: Delivery) => Promise<never>)[] = []
  let tries = 0
  let repeats = 0
  const plan = (count: number, what: (delivery: Delivery) => Promise<never>) => {
    for (let i = 0; i < count; i++) script.push(what)
  }
  return {
    name,
    capabilities: { effects, inputs, ...(rate && { rate }) },
    sent,
    get repeats() {
      return repeats
    },
    get tries() {
      return tries
    },
    async deliver(effect, delivery) {
      tries++
      delivery.signal.throwIfAborted()
      await script.shift()?.(delivery)
      if (done.has(effect.key)) repeats++
      else {
        done.add(effect.key)
        sent.push({ effect, delivery })
      }
      return answer?.(effect, delivery)
    },
    failNext(count, error = new Error(`The channel ${name} was told to fail`)) {
      plan(count, () => Promise.reject(error))
    },
    hangNext(count) {
      plan(count, aborted)
    },
    transcript(address) {
      const to = sent.filter(({ delivery }) => address === undefined || delivery.to === address)
      return to.map(({ effect }) => saidBy(effect)).filter((text) => text !== undefined)
    },
  }
}

/** Rejects when the host gives up. */
function aborted({ signal }: Delivery): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function saidBy({ text, title }: Effect): string | undefined {
  return [text, title].find((said) => typeof said === 'string')
}
