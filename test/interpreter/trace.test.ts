import { describe, expect, it } from 'vitest'
import { NodeFault, wait } from '../../src/nodes/index.ts'
import { ask, end, node, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { EPOCH, play } from '../support/play.ts'

/** Asks for a word; leaves by what it is, and fails at "bad". */
const custom = nodeType({
  type: 'custom',
  enter: () => ({ effects: [{ type: 'custom.ask' }], state: 'waiting', then: wait({ for: ['text'] }) }),
  on(event) {
    if (event.type !== 'text') return undefined
    if (event.text === 'bad') throw new NodeFault('custom.bad', 'Bad.')
    return event.text === 'other' ? 'other' : { effects: [{ type: 'custom.thanks' }], then: 'next' }
  },
})

const withCustom = () =>
  program(
    {
      nodes: { it: node('custom'), done: end('ok'), other: end('other'), failed: end('failed') },
      connect: ['start -> it', 'it -> done', 'it:other -> other', 'it:on:error -> failed'],
    },
    { types: [custom] },
  )

const summary = (run: ReturnType<typeof play>) => run.entries.map((entry) => `${entry.type} ${entry.node}`)

describe('the trace', () => {
  it('[RUN-21] a node passes through entry, execution and an outcome, in this order', () => {
    const run = play(
      program({ nodes: { it: say('Hi'), done: end('ok') }, connect: ['start -> it', 'it -> done'] }),
    )
    expect(run.entries).toEqual([
      { type: 'enter', flow: 'main', node: 'start' },
      { type: 'leave', flow: 'main', node: 'start', outcome: 'next' },
      { type: 'enter', flow: 'main', node: 'it' },
      {
        type: 'effect',
        flow: 'main',
        node: 'it',
        effect: { type: 'message.send', text: 'Hi', key: 's:1', node: 'it', flow: 'main' },
      },
      { type: 'leave', flow: 'main', node: 'it', outcome: 'next' },
      { type: 'enter', flow: 'main', node: 'done' },
      { type: 'end', flow: 'main', node: 'done', outcome: 'ok' },
    ])
  })

  it('[RUN-21] a custom node enters, asks and waits', () => {
    expect(play(withCustom()).entries.slice(2)).toEqual([
      { type: 'enter', flow: 'main', node: 'it' },
      {
        type: 'effect',
        flow: 'main',
        node: 'it',
        effect: { type: 'custom.ask', key: 's:1', node: 'it', flow: 'main' },
      },
      { type: 'wait', flow: 'main', node: 'it', waitId: 's:2' },
    ])
  })

  it('[RUN-21] a custom node takes an event, works and leaves by an outcome', () => {
    expect(play(withCustom()).text('fine').entries).toEqual([
      { type: 'event', flow: 'main', node: 'it', event: 'text' },
      {
        type: 'effect',
        flow: 'main',
        node: 'it',
        effect: { type: 'custom.thanks', key: 's:3', node: 'it', flow: 'main' },
      },
      { type: 'leave', flow: 'main', node: 'it', outcome: 'next' },
      { type: 'enter', flow: 'main', node: 'done' },
      { type: 'end', flow: 'main', node: 'done', outcome: 'ok' },
    ])
    expect(play(withCustom()).text('other').outcome).toBe('other')
  })

  it('[RUN-21] a custom node’s error is handled between the event and the outcome', () => {
    expect(play(withCustom()).text('bad').entries).toEqual([
      { type: 'event', flow: 'main', node: 'it', event: 'text' },
      {
        type: 'error',
        flow: 'main',
        node: 'it',
        error: { code: 'custom.bad', message: 'Bad.', flow: 'main', node: 'it' },
      },
      { type: 'leave', flow: 'main', node: 'it', outcome: 'on:error' },
      { type: 'enter', flow: 'main', node: 'failed' },
      { type: 'end', flow: 'main', node: 'failed', outcome: 'failed' },
    ])
  })

  it('[RUN-21] every kind of node passes through the same entries: a built-in one that waits', () => {
    const run = play(
      program({ nodes: { it: ask(), done: end('ok') }, connect: ['start -> it', 'it:valid -> done'] }),
    )
    expect(summary(run)).toEqual(['enter start', 'leave start', 'enter it', 'effect it', 'wait it'])
    expect(summary(run.text('x'))).toEqual(['event it', 'leave it', 'enter done', 'end done'])
  })

  it('[RUN-21] a subflow is entered between the caller’s entry and its outcome, under its own name', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { ask: ask(), back: end('back') },
      connect: ['start -> ask', 'ask:valid -> back'],
    })
    const run = play(
      program(
        {
          nodes: { call: node('call-subflow', { flow: 'child' }), done: end('ok') },
          connect: ['start -> call', 'call:done -> done'],
        },
        { subflows: [child] },
      ),
    )
    const named = () => run.entries.map(({ type, flow, node: at }) => `${type} ${flow}.${at}`)
    expect(named()).toEqual([
      'enter main.start',
      'leave main.start',
      'enter main.call',
      'enter child.start',
      'leave child.start',
      'enter child.ask',
      'effect child.ask',
      'wait child.ask',
    ])
    run.text('x')
    expect(named()).toEqual([
      'event child.ask',
      'leave child.ask',
      'enter child.back',
      'end child.back',
      'leave main.call',
      'enter main.done',
      'end main.done',
    ])
  })

  it('[RUN-21] the exception flow is entered after the error', () => {
    const exception = program({
      id: 'oops',
      role: 'exception',
      nodes: { done: end('handled') },
      connect: ['start -> done'],
    })
    const run = play(
      program(
        {
          nodes: { call: node('call-subflow', { flow: 'gone' }), done: end('ok') },
          connect: ['start -> call', 'call:done -> done'],
        },
        { exception },
      ),
    )
    expect(run.entries.slice(3).map(({ type, flow, node: at }) => `${type} ${flow}.${at}`)).toEqual([
      'error main.call',
      'enter oops.start',
      'leave oops.start',
      'enter oops.done',
      'end oops.done',
    ])
  })

  it('[RUN-21] a self loop leaves and enters the same node', () => {
    const run = play(
      program({
        nodes: { it: node('menu', { prompt: '?', options: [{ value: '1' }] }), done: end('ok') },
        connect: ['start -> it', 'it:noMatch -> it', 'it:1 -> done'],
      }),
    )
    expect(summary(run.text('x'))).toEqual(['event it', 'leave it', 'enter it', 'effect it', 'wait it'])
  })

  it('[RUN-21] steps are the outcomes alone', () => {
    const run = play(withCustom())
    expect(run.run.trace.steps()).toEqual([{ flow: 'main', node: 'start', outcome: 'next' }])
    expect(run.text('other').run.trace.steps()).toEqual([
      { flow: 'main', node: 'it', outcome: 'other' },
      { flow: 'main', node: 'other', outcome: 'other' },
    ])
  })

  it('[RUN-21] says when, and turns into JSON', () => {
    const run = play(withCustom())
    run.now = EPOCH + 5
    run.text('fine')
    expect(JSON.parse(JSON.stringify(run.run.trace))).toEqual({ at: EPOCH + 5, entries: run.entries })
  })

  it('[RUN-21] an event that nobody has use for is not recorded as taken', () => {
    const picky = nodeType({
      enter: () => ({ then: wait({ for: ['text'] }) }),
      on: (event) => (event.type === 'text' && event.text === 'yes' ? 'next' : undefined),
    })
    const run = play(
      program(
        { nodes: { it: node('odd'), done: end('ok') }, connect: ['start -> it'], otherwise: 'done' },
        { types: [picky] },
      ),
    )
    expect(run.text('no').entries).toEqual([{ type: 'kept', flow: 'main', node: 'it', event: 'text' }])
    expect(run.session.inbox).toEqual([{ type: 'text', text: 'no' }])
    expect(run.text('yes').outcome).toBe('ok')
  })

  it('[RUN-21] holds no content of an event', () => {
    const run = play(withCustom()).text('secret-word')
    expect(JSON.stringify(run.run.trace)).not.toContain('secret-word')
  })
})
