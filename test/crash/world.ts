import { compare, compareTranscripts, type Finding, nameOf, type Outcome, outcomeOf } from './findings.ts'
import { Died } from './life.ts'
import { Lives } from './lives.ts'
import type { Answer, Go, Handed, HandedOver, Ledger, Question } from './messages.ts'
import type { KillPlan } from './places.ts'
import { Receiver, type ReceiverOptions } from './receiver.ts'
import { addressOf, contactOf, questionOf, STORIES, storyOf } from './stories.ts'

export interface WorldOptions {
  /** The child’s program, and the database that it is to use. */
  readonly program: string
  readonly file: string
  readonly receiver?: ReceiverOptions
  /** What every story comes to; nothing is compared unless given. */
  readonly expected?: readonly Outcome[]
  /** How each life begins. */
  next?(): Omit<Go, 'file'>
  killed?(plan: KillPlan, lostBytes: number): void
  readonly chance?: () => number
  /** Errors that a host may tell of, by code. */
  readonly mayFail?: readonly string[]
  /** Nothing moves any more when nothing has come from the child for so long. */
  readonly quietMs?: number
}

const QUIET_MS = 10_000
/** How long the provider waits before it sends something again that was not taken. */
const AGAIN_MS = 20

/** What came in and what became of it. */
export interface Traffic {
  /** How often something was sent. */
  sent: number
  /** Answers that said that it is taken. */
  acknowledged: number
  /** Of those, what had been taken before. */
  repeated: number
  /** Answers that said to send it again. */
  turnedAway: number
}

/** Everybody outside of the process that is killed: people and the provider, and the receiver of effects. */
export class World {
  readonly receiver: Receiver
  readonly lives: Lives
  readonly traffic: Traffic = { sent: 0, acknowledged: 0, repeated: 0, turnedAway: 0 }
  readonly findings: Finding[] = []
  /** Codes of errors that hosts told of. */
  readonly failures = new Map<string, number>()
  /** Steps of stories that were made. */
  steps = 0

  readonly #options: WorldOptions
  readonly #played: number[] = []
  readonly #open = new Set<number>()
  readonly #halted: Promise<void>
  readonly #watch: NodeJS.Timeout
  #halt = () => {}
  #settling = false
  #heardAt = performance.now()

  constructor(options: WorldOptions) {
    this.#options = options
    this.receiver = new Receiver(options.receiver)
    this.#halted = new Promise((resolve) => {
      this.#halt = resolve
    })
    this.lives = new Lives(options.program, options.file, {
      next: () => options.next?.() ?? {},
      killed: (plan, lostBytes) => options.killed?.(plan, lostBytes),
      crashed: ({ code, signal, said }) =>
        this.found({ code: 'process.crashed', problem: `It ended with ${signal ?? code}: ${said}` }),
      chance: options.chance ?? Math.random,
      take: (handed) => this.#take(handed),
      heard: () => {
        this.#heardAt = performance.now()
      },
      failed: (code, problem) => this.#failed(code, problem),
    })
    this.#watch = setInterval(() => this.#look(), 100)
  }

  /** Something must not be: whatever is under way is given up. */
  found(finding: Finding): void {
    this.findings.push(finding)
    this.#halt()
  }

  /** Plays one story after the other, several at once, for as long as `next` names one. */
  async play(next: () => number | undefined, atOnce = 8): Promise<void> {
    if (this.lives.count === 0) this.lives.begin()
    const player = async () => {
      for (let number = next(); number !== undefined; number = next()) {
        if (this.findings.length > 0) return
        await this.#play(number)
      }
    }
    const all = Promise.all(Array.from({ length: atOnce }, player))
    await Promise.race([all, this.#halted])
  }

  /** What is stored in the end, held against the undisturbed run. */
  async settle(): Promise<Ledger | undefined> {
    if (this.findings.length > 0) return undefined
    this.#settling = true
    const asked = this.lives.insist({ type: 'ledger' })
    const answer = await Promise.race([asked, this.#halted.then(() => undefined)])
    this.#settling = false
    const ledger = answer?.ledger
    if (ledger === undefined) return undefined
    if (ledger.integrity !== 'ok') this.found({ code: 'file.damaged', problem: ledger.integrity })
    for (const number of this.#played) {
      const expected = this.#expectedOf(number)
      if (expected !== undefined)
        for (const finding of compare(number, expected, this.outcome(number, ledger))) this.found(finding)
    }
    return ledger
  }

  outcome(number: number, ledger?: Ledger): Outcome {
    const transcript = this.receiver.transcript(addressOf(number))
    return outcomeOf(number, transcript, ledger?.contacts[contactOf(number)])
  }

  async close(): Promise<void> {
    clearInterval(this.#watch)
    await this.lives.close()
  }

  #expectedOf(number: number): Outcome | undefined {
    return this.#options.expected?.[number % STORIES.length]
  }

  async #play(number: number): Promise<void> {
    this.#open.add(number)
    this.#played.push(number)
    const address = addressOf(number)
    let session: string | undefined
    for (const [index, { heard }] of storyOf(number).steps.entries()) {
      const question = questionOf(number, index, this.receiver.cardOf(address))
      // Everything is sent three times: now and then twice at once, and once more when its effects have been seen.
      const first = this.#send(number, question)
      if ((number + index) % 3 > 0) await first
      const answers = await Promise.all([first, this.#send(number, question)])
      await this.receiver.whenHeard(address, heard)
      answers.push(await this.#send(number, question))
      this.#check(number, answers, session)
      session ??= answers[0]!.session
      this.steps++
    }
    this.#open.delete(number)
    const expected = this.#expectedOf(number)
    if (expected === undefined) return
    for (const finding of compareTranscripts(number, expected, this.outcome(number))) this.found(finding)
  }

  /** One of the answers to what was sent several times may say that it was new, for all that was between them. */
  #check(number: number, answers: readonly Answer[], session = answers[0]!.session): void {
    const story = nameOf(number)
    if (answers.filter(({ repeated }) => repeated !== true).length > 1) {
      const problem = 'What had been acknowledged was taken in again'
      this.found({ code: 'input.again', story, problem })
    }
    for (const answer of answers) {
      if (answer.session === undefined || answer.session === session) continue
      const problem = `An answer named the session ${answer.session} instead of ${session}`
      this.found({ code: 'input.strayed', story, problem })
    }
  }

  /** Sends something until it is taken, as providers do. */
  async #send(number: number, question: Question): Promise<Answer> {
    for (;;) {
      let answer: Answer
      try {
        answer = await this.lives.insist(question, () => this.traffic.sent++)
      } catch (error) {
        // Everything is over.
        if (error instanceof Died) return new Promise(() => {})
        throw error
      }
      if (answer.status < 500) {
        this.traffic.acknowledged++
        if (answer.repeated === true) this.traffic.repeated++
        if (answer.problem !== undefined)
          this.found({ code: 'input.refused', story: nameOf(number), problem: answer.problem })
        return answer
      }
      this.traffic.turnedAway++
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }

  async #take(handed: HandedOver): Promise<Handed> {
    const { repeated } = this.receiver
    const answer = await this.receiver.take(handed)
    const { key, node } = handed.effect
    if (this.receiver.repeated > repeated)
      this.found({ code: 'effect.twice', problem: `The receiver did ${key} of ${node} again` })
    for (const problem of this.receiver.reused.splice(0)) this.found({ code: 'key.reused', problem })
    return answer
  }

  #failed(code: string, problem: string): void {
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1)
    if (this.#options.mayFail?.includes(code) !== true)
      this.found({ code: 'host.failed', problem: `${code}: ${problem}` })
  }

  /** Whoever waits for something that does not come waits for ever: no event says so. */
  #look(): void {
    const { quietMs = QUIET_MS } = this.#options
    if ((this.#open.size === 0 && !this.#settling) || performance.now() - this.#heardAt < quietMs) return
    if (this.#settling) this.found({ code: 'session.stuck', problem: 'The host never comes to rest' })
    for (const number of this.#open) {
      const expected = this.#expectedOf(number)?.transcript
      const problem = `Nothing has happened for ${quietMs} ms, and the story is not at its end`
      const { transcript: actual } = this.outcome(number)
      this.found({ code: 'session.stuck', story: nameOf(number), problem, expected, actual })
    }
  }
}
