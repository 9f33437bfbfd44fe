import type { Refusal } from '../interpreter/refusal.ts'
import type { Session, SessionError } from '../interpreter/session.ts'

/** What a simulated session can be held to. Every failure throws an `Error` that shows the whole conversation. */
export abstract class Expectations {
  abstract get status(): Session['status']
  abstract get flowOutcome(): string | undefined
  abstract get error(): SessionError | undefined
  abstract get node(): string
  abstract get saidSince(): readonly string[]
  abstract get refusal(): Refusal | undefined
  abstract toString(): string

  /** Throws where the last event was refused and nobody expected it. */
  protected abstract requireTaken(): void

  #refusalExpected: Refusal | undefined

  /**
   * Since the last act the flow said these texts in this order; others may stand between them. Without
   * arguments: it said nothing.
   */
  expectSaid(...texts: readonly (string | RegExp)[]): this {
    this.requireTaken()
    const said = this.saidSince
    if (texts.length === 0 && said.length > 0)
      this.#fail('Expected the flow to say nothing', `it said ${quote(said)}`)
    let from = 0
    for (const text of texts) {
      const at = said.findIndex((each, index) => index >= from && fits(each, text))
      if (at < 0)
        this.#fail(
          `Expected the flow to say ${show(text)}${from > 0 ? ' after that' : ''}`,
          `it said ${quote(said)}`,
        )
      from = at + 1
    }
    return this
  }

  /** The session has ended, with this flow outcome where one is given. */
  expectEnd(flowOutcome?: string): this {
    this.requireTaken()
    const expected = `Expected the session to end${flowOutcome === undefined ? '' : ` with ${flowOutcome}`}`
    if (this.status !== 'ended') this.#fail(expected, this.#whereItIs())
    if (flowOutcome !== undefined && this.flowOutcome !== flowOutcome)
      this.#fail(expected, `it ended with ${this.flowOutcome}`)
    return this
  }

  /** The session has failed, with an error of this code where one is given. */
  expectFailed(code?: string): this {
    this.requireTaken()
    const expected = `Expected the session to fail${code === undefined ? '' : ` with ${code}`}`
    if (this.status !== 'failed') this.#fail(expected, this.#whereItIs())
    if (code !== undefined && this.error?.code !== code)
      this.#fail(expected, `it failed with ${this.error?.code}`)
    return this
  }

  /** The session waits, at this node where one is given. */
  expectWaiting(node?: string): this {
    this.requireTaken()
    const expected = `Expected the session to wait${node === undefined ? '' : ` at ${node}`}`
    if (this.status !== 'waiting' || (node !== undefined && this.node !== node))
      this.#fail(expected, this.#whereItIs())
    return this
  }

  /** The last event was refused, with this code where one is given, and changed nothing. */
  expectRefused(code?: string): this {
    const refusal = this.refusal
    const expected = `Expected the last event to be refused${code === undefined ? '' : ` with ${code}`}`
    if (refusal === undefined) this.#fail(expected, 'it was taken')
    if (code !== undefined && refusal.code !== code)
      this.#fail(expected, `it was refused with ${refusal.code}`)
    this.#refusalExpected = refusal
    return this
  }

  /** True once `expectRefused` has looked at a refusal. */
  protected wasExpected(refusal: Refusal): boolean {
    return this.#refusalExpected === refusal
  }

  #whereItIs(): string {
    if (this.status === 'waiting') return `it waits at ${this.node}`
    return this.status === 'ended'
      ? `it ended with ${this.flowOutcome}`
      : `it failed with ${this.error?.code}`
  }

  #fail(expected: string, got: string): never {
    throw new Error(`${expected}, but ${got}.\n${this}`)
  }
}

function fits(said: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? said === expected : said.search(expected) >= 0
}

function show(text: string | RegExp): string {
  return typeof text === 'string' ? JSON.stringify(text) : String(text)
}

function quote(said: readonly string[]): string {
  return said.length === 0 ? 'nothing' : said.map((text) => JSON.stringify(text)).join(', ')
}
