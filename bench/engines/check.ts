import { deepStrictEqual } from 'node:assert/strict'
import { type Engine, TIMED_INPUTS, TIMEOUT, type Transcript } from './engine.ts'

const WELCOME = 'Hello Ada, welcome to ACME.'
const MENU = 'Press 1 for balance, 2 to hear this again, 3 for a ticket.'
const OWE = 'Ada, you owe 150 (high).'
const ASK = 'Please give your ticket number.'
const CONFIRM = 'Ticket AB-1234 is being handled.'
const ERROR = 'Sorry, that did not work.'

/** The transcripts are written out, so that a slip in the texts shared by the peers cannot hide. */
export const TRANSCRIPTS: readonly { readonly inputs: readonly string[]; readonly expected: Transcript }[] = [
  {
    inputs: TIMED_INPUTS,
    expected: {
      said: [WELCOME, MENU, OWE, MENU, MENU, ERROR, MENU, OWE, MENU, ASK, CONFIRM],
      outcome: 'resolved',
    },
  },
  {
    inputs: ['9', '3', 'nope', 'x'],
    expected: { said: [WELCOME, MENU, ERROR, MENU, ASK, ERROR, MENU, ERROR], outcome: 'abandoned' },
  },
  { inputs: ['2', '2', '2'], expected: { said: [WELCOME, MENU, MENU, MENU], outcome: 'looped' } },
  {
    inputs: [TIMEOUT, TIMEOUT, TIMEOUT],
    expected: { said: [WELCOME, MENU, ERROR, MENU, ERROR, MENU, ERROR], outcome: 'abandoned' },
  },
]

/** Throws where an engine tells another story than the support flow; nothing is timed before this passed. */
export function checkEngine(engine: Engine): void {
  for (const { inputs, expected } of TRANSCRIPTS) {
    const story = `${engine.name}, inputs ${inputs.join(', ')}`
    deepStrictEqual(engine.play(inputs), expected, `${story}, live`)
    deepStrictEqual(engine.playThroughJson(inputs), expected, `${story}, through JSON`)
  }
  const parked = engine.park()
  const balance: Transcript = { said: [OWE, MENU], outcome: null }
  deepStrictEqual(engine.resume(parked, '1'), balance, `${engine.name}, restored`)
  deepStrictEqual(engine.resume(parked, '1'), balance, `${engine.name}, restored a second time`)
  for (const n of [1, 2, 10, 101]) {
    deepStrictEqual(engine.chain(n)(), Math.ceil(n / 2), `${engine.name}, chain of ${n}`)
  }
}
