import { losePower } from './disk.ts'
import { readDeath } from './doom.ts'
import { type Death, Died, Life, type LifePorts } from './life.ts'
import type { Answer, Go, Question } from './messages.ts'
import type { KillPlan } from './places.ts'

export interface LivesPorts extends LifePorts {
  /** How the next life begins, and how it is to end. */
  next(): Omit<Go, 'file'>
  /** It has ended as planned, and the loss of power has taken so many bytes that were written. */
  killed(plan: KillPlan, lostBytes: number): void
  /** It has ended in another way. */
  crashed(death: Death): void
  /** Numbers from 0 up to 1, for what the loss of power leaves. */
  readonly chance: () => number
}

/** A process on one file, and the next one when it has died. One is always loaded ahead, so that a death costs little. */
export class Lives {
  readonly #program: string
  readonly #file: string
  readonly #ports: LivesPorts
  #current: Life | undefined
  #opening!: Promise<void>
  #spare: Life
  #closed = false
  /** Births, the first included. */
  count = 0

  constructor(program: string, file: string, ports: LivesPorts) {
    this.#program = program
    this.#file = file
    this.#ports = ports
    this.#spare = new Life(program, ports)
  }

  /** The first of them. */
  begin(): void {
    this.#begin()
  }

  /** Asks whoever lives. Rejects with `Died` where the answer is lost. */
  async ask(question: Question): Promise<Answer> {
    const life = this.#current!
    await this.#opening
    return life.ask(question)
  }

  /** The same, of one life after the other until one answers; `asking` is called each time. */
  async insist(question: Question, asking: () => void = () => {}): Promise<Answer> {
    for (;;) {
      const life = this.#current!
      asking()
      try {
        return await this.ask(question)
      } catch (error) {
        if (!(error instanceof Died) || this.#closed) throw error
        await life.died
      }
    }
  }

  /** Kills whoever lives, and lets another one begin. */
  async restart(): Promise<void> {
    await this.#current!.kill()
    await this.#opening
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([this.#current?.kill(), this.#spare.kill()])
  }

  #begin(): void {
    this.count++
    const life = this.#spare
    this.#current = life
    this.#spare = new Life(this.#program, this.#ports)
    this.#opening = life.go({ file: this.#file, ...this.#ports.next() })
    // Those who ask hear of it.
    this.#opening.catch(() => {})
    void life.died.then((death) => {
      if (this.#closed) return
      const plan = readDeath(this.#file)
      const lost = plan?.power === true ? losePower(this.#file, this.#ports.chance) : 0
      if (plan !== undefined && death.signal === 'SIGKILL') this.#ports.killed(plan, lost)
      else if (death.signal !== 'SIGKILL') this.#ports.crashed(death)
      if (!this.#closed) this.#begin()
    })
  }
}
