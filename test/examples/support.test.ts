import { describe, expect, it } from 'vitest'
import { createCoverage, simulate } from '../../src/testing/index.ts'
import { ADA, ASK, CONFIRM, compileSupport, ERROR, MENU, OWE, WELCOME } from '../testing/support.ts'

const program = compileSupport()

/** The table of the support flow: what goes in, what is said, what the conversation comes to. */
const TRANSCRIPTS = [
  {
    inputs: ['1', '2', '9', '1', '3', 'AB-1234'],
    said: [WELCOME, MENU, OWE, MENU, MENU, ERROR, MENU, OWE, MENU, ASK, CONFIRM],
    flowOutcome: 'resolved',
  },
  {
    inputs: ['9', '3', 'nope', 'x'],
    said: [WELCOME, MENU, ERROR, MENU, ASK, ERROR, MENU, ERROR],
    flowOutcome: 'abandoned',
  },
  { inputs: ['2', '2', '2'], said: [WELCOME, MENU, MENU, MENU], flowOutcome: 'looped' },
]

describe.each(TRANSCRIPTS)('the support flow, given $inputs', ({ inputs, said, flowOutcome }) => {
  it.each([
    ['live', false],
    ['through JSON between all inputs', true],
  ])('says its texts word for word and ends %s', (_, roundTrip) => {
    const simulation = simulate(program, { contact: ADA, roundTrip })
    for (const input of inputs) simulation.expectWaiting().say(input)
    simulation.expectEnd(flowOutcome)
    expect(simulation.said).toEqual(said)
  })
})

it('visits 26 nodes in the first transcript: 20 entries and 6 resumptions', () => {
  const simulation = simulate(program, { contact: ADA })
  for (const input of TRANSCRIPTS[0]!.inputs) simulation.say(input)
  expect(simulation.session.steps).toBe(20)
  const visits = simulation.entries.filter(({ type }) => type === 'enter' || type === 'event')
  expect(visits).toHaveLength(26)
})

it('gives up after three menus without an answer', () => {
  simulate(program, { contact: ADA })
    .wait('9s')
    .expectWaiting('menu')
    .wait('1s')
    .expectSaid(ERROR, MENU)
    .wait('20s')
    .expectEnd('abandoned')
})

it.each([
  [150, 'high'],
  [100, 'low'],
  [0, 'none'],
])('calls a balance of %d %s', (balance, level) => {
  simulate(program, { contact: { ...ADA, balance } })
    .say('1')
    .expectSaid(`Ada, you owe ${balance} (${level}).`, MENU)
})

it('has no outcome that no contact can reach', () => {
  const coverage = createCoverage(program)
  for (const { inputs } of TRANSCRIPTS) {
    const simulation = simulate(program, { contact: ADA, coverage })
    for (const input of inputs) simulation.say(input)
  }
  for (const balance of [100, 0])
    simulate(program, { contact: { ...ADA, balance }, coverage })
      .say('1')
      .timeout()
  expect(coverage.missed).toEqual([])
  expect(coverage.taken).toBe(coverage.total)
})
