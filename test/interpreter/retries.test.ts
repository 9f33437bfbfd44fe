import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/index.ts'
import { ask, end, node, program } from '../support/flow.ts'
import { type Play, play } from '../support/play.ts'

const OPTIONS = [
  { value: '1', label: 'One', synonyms: ['first'] },
  { value: '2', label: 'Two' },
]

/** A node that asks, every outcome of it led to an end of the same name. */
function asking(type: string, config: JsonObject, outcomes: readonly string[]): Play {
  const ends = Object.fromEntries(outcomes.map((outcome) => [`end_${outcome}`, end(outcome)]))
  return play(
    program({
      nodes: { it: node(type, config), ...ends },
      connect: ['start -> it', ...outcomes.map((outcome) => `it:${outcome} -> end_${outcome}`)],
    }),
  )
}

const menu = (config: JsonObject, outcomes: readonly string[]) =>
  asking('menu', { prompt: 'Choose', options: OPTIONS, ...config }, ['1', '2', ...outcomes])
const collect = (config: JsonObject, outcomes: readonly string[]) =>
  asking('collect-input', { prompt: 'Number?', accept: 'number', ...config }, ['valid', ...outcomes])

const PROMPTS = { retryPrompt: 'Again?', timeoutPrompt: 'Still there?' }

describe('a node that asks again by itself', () => {
  it('[RUN-9] leaves at once without retries: no match', () => {
    expect(menu({}, ['noMatch']).text('9').outcome).toBe('noMatch')
  })

  it('[RUN-9] leaves at once without retries: timeout', () => {
    expect(menu({ timeout: '5s' }, ['noMatch', 'timeout']).timeout().outcome).toBe('timeout')
  })

  it('[RUN-9] leaves at once without retries: invalid', () => {
    expect(collect({}, ['invalid']).text('x').outcome).toBe('invalid')
  })

  it('[RUN-9] asks as often as it should, then leaves by the last failure', () => {
    const run = menu({ retries: 2, timeout: '5s' }, ['noMatch', 'timeout'])
    expect(run.text('9').said).toEqual(['Choose'])
    expect(run.text('9').said).toEqual(['Choose'])
    expect(run.session.status).toBe('waiting')
    expect(run.timeout().outcome).toBe('timeout')
  })

  it('[RUN-9] asks again in the words for asking again, and after no answer in those for no answer', () => {
    const run = collect({ retries: 3, timeout: '5s', ...PROMPTS }, ['invalid', 'timeout'])
    expect(run.said).toEqual(['Number?'])
    expect(run.text('x').said).toEqual(['Again?'])
    expect(run.timeout().said).toEqual(['Still there?'])
    expect(run.text('x').said).toEqual(['Again?'])
    expect(run.text('x').outcome).toBe('invalid')
  })

  it('[RUN-9] after no answer uses the words for asking again where no others are given', () => {
    const run = collect({ retries: 1, timeout: '5s', retryPrompt: 'Again?' }, ['invalid', 'timeout'])
    expect(run.timeout().said).toEqual(['Again?'])
  })

  it('[RUN-9] a later answer succeeds, and a later visit starts to count afresh', () => {
    const run = play(
      program(
        {
          nodes: {
            it: node('collect-input', { prompt: '?', accept: 'number', retries: 1 }),
            done: end('ok'),
            failed: end('failed'),
          },
          connect: ['start -> it', 'it:valid -> it', 'it:invalid -> failed'],
          otherwise: 'done',
        },
        { policy: { unreachable: 'warning' } },
      ),
    )
    run.text('x').text('5')
    expect(run.session.wait?.state).toBeUndefined()
    expect(run.text('x').session.status).toBe('waiting')
    expect(run.session.wait?.state).toEqual({ asked: 1 })
    expect(run.text('x').outcome).toBe('failed')
  })

  it('[RUN-9] each try has its own wait and its own deadline', () => {
    const run = menu({ retries: 1, timeout: '5s' }, ['noMatch', 'timeout'])
    const { id, dueAt } = run.session.wait!
    run.now += 1_000
    run.text('9')
    expect(run.waitId).not.toBe(id)
    expect(run.session.wait?.dueAt).toBe(dueAt! + 1_000)
    expect(run.session.frames[0]?.failures).toBeUndefined()
  })

  it('[RUN-9] a menu with buttons offers them again', () => {
    const run = menu({ retries: 1, buttons: true }, ['noMatch'])
    const buttons = [
      { value: '1', text: 'One' },
      { value: '2', text: 'Two' },
    ]
    expect(run.effects[0]).toMatchObject({ type: 'message.send', text: 'Choose', buttons })
    expect(run.session.wait?.for).toEqual(['text', 'digits', 'button'])
    expect(run.text('9').effects[0]).toMatchObject({ text: 'Choose', buttons })
    expect(run.button('2').outcome).toBe('2')
  })

  it('[RUN-9] a button that is no option is no match', () => {
    expect(menu({ buttons: true }, ['noMatch']).button('9').outcome).toBe('noMatch')
  })
})

/** Comes back to the node after each failure, so that failures add up. */
function counting(
  type: string,
  config: JsonObject,
  failures: readonly string[],
  successes: readonly string[],
): Play {
  return play(
    program(
      {
        nodes: { it: node(type, { countFailures: true, ...config }), struck: end('struck'), done: end('ok') },
        connect: [
          'start -> it',
          ...failures.map((outcome) => `it:${outcome} -> it`),
          'it:strikeOut -> struck',
          ...successes.map((outcome) => `it:${outcome} -> it`),
        ],
        otherwise: 'done',
      },
      { policy: { unreachable: 'warning' } },
    ),
  )
}

/** The outcomes by which the node `it` was left in the last call. */
const leftBy = (run: Play) =>
  run.entries.flatMap((entry) => (entry.type === 'leave' && entry.node === 'it' ? [entry.outcome] : []))

const countingMenu = () =>
  counting(
    'menu',
    { prompt: 'Choose', options: OPTIONS, retries: 2, timeout: '5s' },
    ['noMatch1', 'timeout1', 'noMatch2', 'timeout2'],
    ['1', '2'],
  )
const countingInput = () =>
  counting(
    'collect-input',
    { prompt: 'Number?', accept: 'number', retries: 2, timeout: '5s' },
    ['invalid1', 'timeout1', 'invalid2', 'timeout2'],
    ['valid'],
  )

describe('a node with an outcome for each failure', () => {
  it('[RUN-9] menu: the first and second timeout have outcomes of their own, the third strikes out', () => {
    const run = countingMenu()
    expect(leftBy(run.timeout())).toEqual(['timeout1'])
    expect(leftBy(run.timeout())).toEqual(['timeout2'])
    expect(leftBy(run.timeout())).toEqual(['strikeOut'])
    expect(run.outcome).toBe('struck')
  })

  it('[RUN-9] menu: so have the first and second answer that matches nothing', () => {
    const run = countingMenu()
    expect(leftBy(run.text('9'))).toEqual(['noMatch1'])
    expect(leftBy(run.digits('9'))).toEqual(['noMatch2'])
    expect(leftBy(run.text('9'))).toEqual(['strikeOut'])
  })

  it('[RUN-9] menu: kinds of failures count together', () => {
    const run = countingMenu()
    expect(leftBy(run.text('9'))).toEqual(['noMatch1'])
    expect(leftBy(run.timeout())).toEqual(['timeout2'])
    expect(leftBy(run.text('9'))).toEqual(['strikeOut'])
  })

  it('[RUN-9] menu: a success sets the count to zero', () => {
    const run = countingMenu()
    run.text('9').timeout()
    expect(run.session.frames[0]?.failures).toEqual({ it: 2 })
    expect(leftBy(run.text('1'))).toEqual(['1'])
    expect(run.session.frames[0]?.failures).toBeUndefined()
    expect(leftBy(run.text('9'))).toEqual(['noMatch1'])
  })

  it('[RUN-9] menu: the third strike sets the count to zero too', () => {
    const run = play(
      program({
        nodes: {
          it: node('menu', { prompt: '?', options: OPTIONS, retries: 1, countFailures: true }),
          done: end('ok'),
        },
        connect: ['start -> it', 'it:noMatch1 -> it', 'it:strikeOut -> it', 'it:1 -> done', 'it:2 -> done'],
      }),
    )
    expect(leftBy(run.text('9'))).toEqual(['noMatch1'])
    expect(leftBy(run.text('9'))).toEqual(['strikeOut'])
    expect(leftBy(run.text('9'))).toEqual(['noMatch1'])
  })

  it('[RUN-9] menu: without retries the first failure strikes out', () => {
    const run = menu({ countFailures: true, timeout: '5s' }, ['strikeOut'])
    expect(run.text('9').outcome).toBe('strikeOut')
  })

  it('[RUN-9] collect input: timeouts and answers that are not valid count together, the third strikes out', () => {
    const run = countingInput()
    expect(leftBy(run.timeout())).toEqual(['timeout1'])
    expect(leftBy(run.text('x'))).toEqual(['invalid2'])
    expect(leftBy(run.timeout())).toEqual(['strikeOut'])
    expect(run.outcome).toBe('struck')
  })

  it('[RUN-9] collect input: a valid answer sets the count to zero', () => {
    const run = countingInput()
    expect(leftBy(run.text('x'))).toEqual(['invalid1'])
    expect(leftBy(run.text('5'))).toEqual(['valid'])
    expect(leftBy(run.timeout())).toEqual(['timeout1'])
  })

  it('[RUN-9] counts each node by itself, also where another fails in between', () => {
    const config = { prompt: '?', accept: 'number', countFailures: true, retries: 1 }
    const run = play(
      program({
        nodes: { a: node('collect-input', config), b: node('collect-input', config), done: end('ok') },
        connect: ['start -> a', 'a:invalid1 -> b', 'b:invalid1 -> a'],
        otherwise: 'done',
      }),
    )
    run.text('x').text('x')
    expect(run.session.frames[0]?.failures).toEqual({ a: 1, b: 1 })
    run.text('5')
    expect(run.outcome).toBe('ok')
    expect(run.session.frames[0]?.failures).toEqual({ b: 1 })
  })

  it('[RUN-9] counts in the run: a subflow that is called again starts afresh', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: {
        it: node('collect-input', { prompt: '?', accept: 'number', countFailures: true, retries: 1 }),
        back: end('back'),
      },
      connect: ['start -> it'],
      otherwise: 'back',
    })
    const run = play(
      program(
        {
          nodes: { call: node('call-subflow', { flow: 'child' }), pause: ask('more?'), done: end('ok') },
          connect: ['start -> call', 'call:done -> pause', 'pause:valid -> call', 'pause:on:hangup -> done'],
        },
        { subflows: [child] },
      ),
    )
    expect(leftBy(run.text('x'))).toEqual(['invalid1'])
    expect(leftBy(run.text('again').text('x'))).toEqual(['invalid1'])
  })
})

describe('what answers mean', () => {
  it.each<[string, string]>([
    ['1', '1'],
    ['One', '1'],
    [' one ', '1'],
    ['FIRST', '1'],
    ['two', '2'],
    ['3', 'noMatch'],
    ['', 'noMatch'],
    ['__proto__', 'noMatch'],
  ])('[RUN-9] menu: the text %j leads to %s', (text, outcome) => {
    expect(menu({}, ['noMatch']).text(text).outcome).toBe(outcome)
  })

  it('[RUN-9] menu: keys match values alone', () => {
    expect(menu({}, ['noMatch']).digits('2').outcome).toBe('2')
    expect(menu({}, ['noMatch']).digits('first').outcome).toBe('noMatch')
  })

  it('[RUN-9] menu: a value as written wins over the label of an earlier option', () => {
    const run = play(
      program({
        nodes: {
          it: node('menu', { prompt: '?', options: [{ value: 'a', label: 'b' }, { value: 'b' }] }),
          one: end('one'),
          two: end('two'),
        },
        connect: ['start -> it', 'it:a -> one', 'it:b -> two'],
        otherwise: 'one',
      }),
    )
    expect(run.text('b').outcome).toBe('two')
  })

  it.each<[JsonObject, string, Json | undefined]>([
    [{ accept: 'text' }, ' as it is ', ' as it is '],
    [{ accept: 'text', minLength: 2 }, 'ab', 'ab'],
    [{ accept: 'text', minLength: 2 }, 'a', undefined],
    [{ accept: 'text', maxLength: 2 }, 'ab', 'ab'],
    [{ accept: 'text', maxLength: 2 }, 'abc', undefined],
    [{ accept: 'text', pattern: '^[a-z]+$' }, 'abc', 'abc'],
    [{ accept: 'text', pattern: '^[a-z]+$' }, 'aBc', undefined],
    [{ accept: 'number' }, '12', 12],
    [{ accept: 'number' }, ' -3 ', -3],
    [{ accept: 'number' }, '+12,5', 12.5],
    [{ accept: 'number' }, '12.', undefined],
    [{ accept: 'number' }, '1e3', undefined],
    [{ accept: 'number' }, '1234567890123456', undefined],
    [{ accept: 'number', min: 5 }, '5', 5],
    [{ accept: 'number', min: 5 }, '4', undefined],
    [{ accept: 'number', max: 5 }, '5', 5],
    [{ accept: 'number', max: 5 }, '6', undefined],
    [{ accept: 'date' }, ' 2024-02-29 ', '2024-02-29'],
    [{ accept: 'date' }, '2023-02-29', undefined],
    [{ accept: 'date' }, '2024-13-01', undefined],
    [{ accept: 'date' }, '29.02.2024', undefined],
    [{ accept: 'digits' }, '12*#', '12*#'],
    [{ accept: 'digits' }, '12a', undefined],
    [{ accept: 'digits' }, '', undefined],
  ])('[RUN-9] collect input: with %j the answer %j gives %j', (config, answer, value) => {
    const run = play(
      program(
        {
          variables: [{ name: 'v', type: 'any' }],
          nodes: {
            it: node('collect-input', { prompt: '?', variable: 'v', ...config }),
            done: end('ok'),
            bad: end('bad'),
          },
          connect: ['start -> it', 'it:valid -> done'],
          otherwise: 'bad',
        },
        { policy: { unreachable: 'warning' } },
      ),
    ).text(answer)
    expect(run.outcome).toBe(value === undefined ? 'bad' : 'ok')
    expect(run.vars.v).toEqual(value)
  })
})
