import type { Handed, HandedOver } from './messages.ts'

/** What the receiver does with an effect instead of doing it and saying so; `undefined` for that. */
export type Mishap = 'throws' | 'throws afterwards' | 'hangs' | 'hangs afterwards' | 'late'

export interface ReceiverOptions {
  /** False for one that does whatever it is handed. */
  readonly honoursKeys?: boolean
  /** What is to go wrong with the so-manieth try at what a node of a session asks for, counted from 1. */
  readonly mishap?: (handed: HandedOver, nth: number) => Mishap | undefined
  /** How late an answer is that is late, in milliseconds. */
  readonly lateMs?: number
}

interface Waiting {
  readonly heard: number
  readonly resolve: () => void
}

/** What one address has got. */
interface Mailbox {
  /** What was done for it, in order, by flow. */
  readonly said: Map<string, string[]>
  /** Works of web services that were done for it. */
  readonly done: string[]
  heard: number
  /** The wait of the card that came last. */
  card: string | undefined
  waiting: Waiting[]
}

/** Those outside who do what a host asks for. It is never killed, and remembers every key. */
export class Receiver {
  /** Effects that were handed over, however often. */
  attempts = 0
  /** Effects that were done. */
  done = 0
  /** Effects that came again under a key and were not done again. */
  absorbed = 0
  /** Effects that were done again. */
  repeated = 0
  /** Keys under which two different things were asked for. */
  readonly reused: string[] = []

  readonly #options: ReceiverOptions
  readonly #boxes = new Map<string, Mailbox>()
  readonly #keys = new Map<string, string>()
  readonly #tries = new Map<string, number>()

  constructor(options: ReceiverOptions = {}) {
    this.#options = options
  }

  async take(handed: HandedOver): Promise<Handed> {
    this.attempts++
    // Not by key: a host that makes keys anew is to meet the same mishaps.
    const work = `${handed.session} ${handed.effect.node}`
    const nth = (this.#tries.get(work) ?? 0) + 1
    this.#tries.set(work, nth)
    const mishap = this.#options.mishap?.(handed, nth)
    if (mishap === 'throws') return FAILED
    if (mishap === 'hangs') return never()
    this.#do(handed)
    if (mishap === 'throws afterwards') return FAILED
    if (mishap === 'hangs afterwards') return never()
    const { lateMs = 0 } = this.#options
    if (mishap === 'late') await new Promise((resolve) => setTimeout(resolve, lateMs))
    return handed.effect.type === 'http.request' ? { answer: { status: 200, body: { price: 12 } } } : {}
  }

  /** How many things an address has been told. */
  heard(address: string): number {
    return this.#box(address).heard
  }

  /** Resolves when an address has been told so many things. */
  whenHeard(address: string, heard: number): Promise<void> {
    const box = this.#box(address)
    if (box.heard >= heard) return Promise.resolve()
    return new Promise((resolve) => box.waiting.push({ heard, resolve }))
  }

  cardOf(address: string): string | undefined {
    return this.#box(address).card
  }

  /** What an address was told, each flow by itself: two sessions of one contact need not keep an order between them. */
  transcript(address: string): readonly string[] {
    const { said, done } = this.#box(address)
    const lines = [...said].map(([flow, texts]) => texts.map((text) => `${flow}: ${text}`))
    return [...lines.sort((a, b) => (String(a) < String(b) ? -1 : 1)).flat(), ...done]
  }

  #do({ effect, to }: HandedOver): void {
    const { key, flow, type, title, text, url, method, body, waitId } = effect
    const what = JSON.stringify({ flow, type, title, text, url, body, to })
    const before = this.#keys.get(key)
    if (before !== undefined && before !== what) this.reused.push(`${key}: ${before} and ${what}`)
    if (before !== undefined && this.#options.honoursKeys !== false) {
      this.absorbed++
      return
    }
    if (before !== undefined) this.repeated++
    this.#keys.set(key, what)
    this.done++
    const box = this.#box(String(to))
    if (type === 'http.request') {
      box.done.push(`${flow} calls: ${method} ${url} ${body}`)
      return
    }
    if (type === 'card.send') box.card = waitId
    box.said.set(flow, [...(box.said.get(flow) ?? []), String(title ?? text)])
    box.heard++
    const ready = box.waiting.filter(({ heard }) => heard <= box.heard)
    box.waiting = box.waiting.filter(({ heard }) => heard > box.heard)
    for (const { resolve } of ready) resolve()
  }

  #box(address: string): Mailbox {
    let box = this.#boxes.get(address)
    if (box === undefined) {
      box = { said: new Map(), done: [], heard: 0, card: undefined, waiting: [] }
      this.#boxes.set(address, box)
    }
    return box
  }
}

/** The web service is out of order when it is called first: whoever calls has to try again. */
export function firstCallFails({ effect }: HandedOver, nth: number): Mishap | undefined {
  return effect.type === 'http.request' && nth === 1 ? 'throws' : undefined
}

const FAILED: Handed = { throws: { error: 'receiver.failed' } }

/** The host stops waiting at some time; the promise goes with its process. */
function never(): Promise<Handed> {
  return new Promise(() => {})
}
