import { describe, expect, it } from 'vitest'
import { f, type NodeContext, type NodeRuntime, wait } from '../../src/nodes/index.ts'
import { ask, end, node, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { EPOCH, type PlayOptions, play } from '../support/play.ts'

/** Enters a node once and tells what it made of its context. */
function seen(look: (context: NodeContext<never>) => unknown, options: PlayOptions = {}, config = {}) {
  let found: unknown
  const enter: NodeRuntime['enter'] = (context) => {
    found = look(context as NodeContext<never>)
    return 'next'
  }
  const odd = nodeType(
    { enter },
    {
      fields: {
        size: f.number({ optional: true }),
        wait: f.duration({ default: '5s' }),
        when: f.expression('number', { optional: true }),
        words: f.template({ optional: true }),
        pairs: f.record(f.template(), { optional: true }),
        match: f.pattern({ optional: true }),
      },
      outputs: () => ({ value: 'number' }),
    },
  )
  const run = play(
    program(
      {
        variables: [{ name: 'n', type: 'number', default: 3 }],
        nodes: { it: node('odd', config), done: end('ok') },
        connect: ['start -> it'],
        otherwise: 'done',
      },
      { types: [odd] },
    ),
    options,
  )
  expect(run.errorCode).toBeUndefined()
  return found
}

describe('what a node sees', () => {
  it('its own id, the time of the call and the language of the session', () => {
    expect(seen(({ node: id, now, language, count }) => [id, now, language, count])).toEqual([
      'it',
      EPOCH,
      'en',
      0,
    ])
    expect(seen(({ language }) => language, { language: 'de-AT' })).toBe('de-AT')
  })

  it('its config with defaults, and durations in milliseconds', () => {
    expect(seen(({ config }) => config, {}, { size: 4 })).toEqual({ size: 4, wait: 5_000 })
  })

  it('expressions and templates to evaluate', () => {
    const config = { when: 'n + 1', words: 'n is {{n}}' }
    const look = (context: NodeContext<never>) => {
      const { when, words } = context.config as { when: never; words: never }
      return [context.evaluate(when), context.text(words)]
    }
    expect(seen(look, {}, config)).toEqual([4, 'n is 3'])
  })

  it('expressions over what it has not put out yet', () => {
    const look = (context: NodeContext<never>) => {
      const { when } = context.config as { when: never }
      const over = (output: { value: number } | undefined) => context.evaluate(when, output)
      return [over(undefined), over({ value: 7 }), over(undefined)]
    }
    expect(seen(look, {}, { when: 'default(nodes.it.value, 0) + n' })).toEqual([3, 10, 3])
  })

  it('the limits of the session', () => {
    expect(seen(({ limits }) => limits.maxPayloadBytes)).toBe(65_536)
  })

  it('a record as entries in the order of their names', () => {
    const look = (context: NodeContext<never>) => {
      const { pairs } = context.config as { pairs: { name: string; value: never }[] }
      return pairs.map(({ name, value }) => [name, context.text(value)])
    }
    expect(seen(look, {}, { pairs: { b: '{{n}}', a: 'x' } })).toEqual([
      ['a', 'x'],
      ['b', '3'],
    ])
  })

  it('a pattern as a test of texts', () => {
    const look = ({ config }: NodeContext<never>) =>
      ['ab', 'b'].map((text) => (config as { match(text: string): boolean }).match(text))
    expect(seen(look, {}, { match: '^a' })).toEqual([true, false])
  })

  it('what it has counted', () => {
    const counting = nodeType({
      enter: ({ count }) => ({
        effects: [{ type: 'count', count }],
        count: count + 1,
        then: wait({ for: ['text'] }),
      }),
      on: (event) => (event.type === 'text' ? event.text : undefined),
    })
    const run = play(
      program(
        {
          nodes: { it: node('odd'), done: end('ok') },
          connect: ['start -> it', 'it:next -> it', 'it:other -> done'],
        },
        { types: [counting] },
      ),
    )
    expect(run.effects[0]).toMatchObject({ count: 0 })
    expect(run.text('next').effects[0]).toMatchObject({ count: 1 })
    expect(run.text('next').effects[0]).toMatchObject({ count: 2 })
    expect(run.session.frames[0]?.failures).toEqual({ it: 3 })
  })
})

describe('what a node may ask for', () => {
  it('its members of an effect, but none of those that the engine gives', () => {
    const odd = nodeType({
      enter: () => ({
        effects: [
          {
            type: 'odd',
            waitId: 'mine',
            sensitive: true,
            key: 'mine',
            node: 'mine',
            flow: 'mine',
            extra: [1],
            gone: undefined,
          },
        ],
        then: 'next',
      }),
    })
    const run = play(
      program(
        { nodes: { it: node('odd'), done: end('ok') }, connect: ['start -> it'], otherwise: 'done' },
        { types: [odd] },
      ),
    )
    expect(run.effects).toEqual([{ type: 'odd', extra: [1], key: 's:1', node: 'it', flow: 'main' }])
  })

  it('several effects, of which those awaited name the wait', () => {
    const odd = nodeType({
      enter: () => ({
        effects: [{ type: 'a' }, { type: 'b', awaited: true }, { type: 'c', awaited: true }],
        then: wait({ for: ['result'] }),
      }),
    })
    const run = play(
      program(
        { nodes: { it: node('odd'), done: end('ok') }, connect: ['start -> it'], otherwise: 'done' },
        { types: [odd] },
      ),
    )
    expect(run.effects.map(({ type, key, waitId }) => [type, key, waitId])).toEqual([
      ['a', 's:1', undefined],
      ['b', 's:2', 's:4'],
      ['c', 's:3', 's:4'],
    ])
    expect(run.waitId).toBe('s:4')
  })

  it('no effects at all', () => {
    const odd = nodeType({ enter: () => ({ effects: [], set: {}, then: 'next' }) })
    const run = play(
      program(
        { nodes: { it: node('odd'), done: end('ok') }, connect: ['start -> it'], otherwise: 'done' },
        { types: [odd] },
      ),
    )
    expect(run.effects).toEqual([])
    expect(run.outcome).toBe('ok')
  })

  it('an instant to wait until, before a span', () => {
    const odd = nodeType({ enter: () => ({ then: wait({ for: [], until: EPOCH + 7, timeoutMs: 99 }) }) })
    const run = play(
      program(
        { nodes: { it: node('odd'), done: end('ok') }, connect: ['start -> it'], otherwise: 'done' },
        { types: [odd] },
      ),
    )
    expect(run.session.wait).toEqual({ id: 's:1', for: [], dueAt: EPOCH + 7 })
  })

  it('another subflow when a subflow has returned', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { done: end('back') },
      connect: ['start -> done'],
    })
    const odd = nodeType({
      enter: () => ({ then: { kind: 'call', flow: 'child', inputs: {}, outputs: {} } }),
      returned: (outcome) => ({ effects: [{ type: 'returned', outcome }], then: wait({ for: ['text'] }) }),
      on: () => 'other',
    })
    const run = play(
      program(
        { nodes: { it: node('odd'), done: end('ok') }, connect: ['start -> it'], otherwise: 'done' },
        { types: [odd], subflows: [child] },
      ),
    )
    expect(run.effects[0]).toMatchObject({ type: 'returned', outcome: 'back', node: 'it' })
    expect(run.session.status).toBe('waiting')
    expect(run.text('x').outcome).toBe('ok')
  })

  it('a subflow without saying how to go on: the flow outcome is the outcome', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { done: end('other') },
      connect: ['start -> done'],
    })
    const odd = nodeType({
      enter: () => ({ then: { kind: 'call', flow: 'child', inputs: {}, outputs: {} } }),
    })
    const run = play(
      program(
        {
          nodes: { it: node('odd'), a: end('a'), b: end('b') },
          connect: ['start -> it', 'it:next -> a', 'it:other -> b'],
        },
        { types: [odd], subflows: [child] },
      ),
    )
    expect(run.outcome).toBe('b')
  })

  it('the whole of the outputs, where an expression reads them all', () => {
    const run = play(
      program({
        nodes: { a: ask('a'), b: ask('b'), tell: say('{{size(nodes)}}'), done: end('ok') },
        connect: ['start -> a', 'a:valid -> b', 'b:valid -> tell', 'tell -> done'],
      }),
    )
    run.text('one')
    expect(run.session.frames[0]?.outputs).toEqual({ a: { value: 'one', kind: 'text' } })
    expect(run.text('two').said).toEqual(['2'])
  })
})
