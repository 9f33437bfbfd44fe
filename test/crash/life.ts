import { type ChildProcess, fork } from 'node:child_process'
import type { Answer, FromChild, Go, Handed, HandedOver, Question } from './messages.ts'

/** How a life has ended. */
export interface Death {
  readonly signal: string | null
  readonly code: number | null
  /** What the process has written to its standard error. */
  readonly said: string
}

export interface LifePorts {
  take(handed: HandedOver): Promise<Handed>
  /** Something has come from the child. */
  heard(): void
  failed(code: string, problem: string): void
}

/** Rejects questions to a process that is dead, or dies before it has answered. */
export class Died extends Error {
  constructor() {
    super('The process has died')
    this.name = 'Died'
  }
}

/** One process, from its birth to its death. Its code is loaded ahead of time; `go` lets it open the database. */
export class Life {
  readonly died: Promise<Death>
  readonly #process: ChildProcess
  readonly #ports: LifePorts
  readonly #awake: Promise<void>
  readonly #asked = new Map<number, { resolve(answer: Answer): void; reject(error: Died): void }>()
  #wake = () => {}
  #opened = () => {}
  #open: Promise<void> | undefined
  #next = 0
  #over = false

  constructor(program: string, ports: LifePorts) {
    this.#ports = ports
    // None of the loaders that the parent was started with: the program is plain JavaScript.
    this.#process = fork(program, { execArgv: [], stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
    let said = ''
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4_000)
    })
    this.#process.on('message', (message: FromChild) => this.#hear(message))
    this.#process.on('error', () => {})
    this.#awake = new Promise((resolve) => {
      this.#wake = resolve
    })
    this.died = new Promise((resolve) => {
      // `close` comes when what it has written has been read as well.
      this.#process.once('close', (code, signal) => {
        this.#over = true
        for (const { reject } of this.#asked.values()) reject(new Died())
        this.#asked.clear()
        resolve({ code, signal, said })
      })
    })
  }

  /** Opens the database, and resolves when the host runs. Rejects where the process dies before that. */
  go(go: Go): Promise<void> {
    this.#open ??= this.#go(go)
    return this.#open
  }

  /** Rejects with `Died` where the answer is lost. */
  ask(question: Question): Promise<Answer> {
    if (this.#over) return Promise.reject(new Died())
    return new Promise((resolve, reject) => {
      const number = ++this.#next
      this.#asked.set(number, { resolve, reject })
      this.#send({ kind: 'ask', number, question })
    })
  }

  /** Ends the process, whatever it does. */
  kill(): Promise<Death> {
    this.#process.kill('SIGKILL')
    return this.died
  }

  async #go(go: Go): Promise<void> {
    const dead = this.died.then(() => {
      throw new Died()
    })
    await Promise.race([this.#awake, dead])
    const opened = new Promise<void>((resolve) => {
      this.#opened = resolve
    })
    this.#send({ kind: 'go', ...go })
    await Promise.race([opened, dead])
  }

  #hear(message: FromChild): void {
    this.#ports.heard()
    switch (message.kind) {
      case 'awake':
        this.#wake()
        break
      case 'open':
        this.#opened()
        break
      case 'answer':
        this.#asked.get(message.number)?.resolve(message.answer)
        this.#asked.delete(message.number)
        break
      case 'effect': {
        const { number } = message
        void this.#ports.take(message).then((answer) => this.#send({ kind: 'effectDone', number, answer }))
        break
      }
      case 'error':
        this.#ports.failed(message.code, message.problem)
        break
    }
  }

  #send(message: object): void {
    // A process that has just died is told nothing; whoever asked hears of its death.
    if (this.#process.connected) this.#process.send(message, () => {})
  }
}
