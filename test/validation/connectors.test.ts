import { describe, expect, it } from 'vitest'
import { end, flow, node, say } from '../support/flow.ts'
import { codes, findingsWithFix, fixedFindingsOf, goodFlow } from './find.ts'

const removed = (connector: string) => ({
  title: 'Remove the connector',
  commands: [{ type: 'disconnect', connector }],
})

const ledTo = (to: string, connector: string) => ({
  title: `Connect to ${to}`,
  commands: [{ type: 'reconnect', connector, to }],
})

const leavingBy = (outcome: string, connector: string) => ({
  title: `Leave by ${outcome}`,
  commands: [{ type: 'reconnect', connector, from: { node: 'hello', outcome } }],
})

describe('a connector', () => {
  it('[VAL-5] without a target is an error', () => {
    expect(fixedFindingsOf('connector.noTarget', goodFlow({ connect: ['start -> hello', 'hello'] }))).toEqual(
      [
        {
          code: 'connector.noTarget',
          severity: 'error',
          location: { node: 'hello', outcome: 'next', connector: 'hello:next' },
          details: { outcome: 'next' },
          fix: ledTo('done', 'hello:next'),
        },
      ],
    )
  })

  it('[VAL-5] without a target is not reported as an unassigned outcome too', () => {
    expect(codes(goodFlow({ connect: ['start -> hello', 'hello'] }))).toEqual([
      'connector.noTarget',
      'flow.noEndReachable',
      'node.unreachable',
      'node.noWayToEnd',
      'node.noWayToEnd',
    ])
  })

  it('[VAL-5] to a node that is gone is an error that names the one that was meant', () => {
    expect(
      fixedFindingsOf('connector.targetGone', goodFlow({ connect: ['start -> hello', 'hello -> dnoe'] })),
    ).toEqual([
      {
        code: 'connector.targetGone',
        severity: 'error',
        location: { node: 'hello', outcome: 'next', connector: 'hello:next' },
        details: { target: 'dnoe', suggestion: 'done' },
        fix: ledTo('done', 'hello:next'),
      },
    ])
  })

  it('[VAL-5] to a node that is gone suggests nothing where nothing is near', () => {
    const [found] = fixedFindingsOf(
      'connector.targetGone',
      goodFlow({ connect: ['start -> hello', 'hello -> xyzxyz'] }),
    )
    expect(found!.details).toEqual({ target: 'xyzxyz' })
  })

  it('[VAL-5] from a node that is gone is an error', () => {
    const connect = ['start -> hello', 'hello -> done', 'helo -> done']
    expect(findingsWithFix(goodFlow({ connect }))).toEqual([
      {
        code: 'connector.sourceGone',
        severity: 'error',
        location: { connector: 'helo:next' },
        details: { source: 'helo', suggestion: 'hello' },
        fix: removed('helo:next'),
      },
    ])
  })

  it('[VAL-5] from an outcome that is gone is an error', () => {
    const connect = ['start -> hello', 'hello -> done', 'hello:nxet -> done']
    expect(findingsWithFix(goodFlow({ connect }))).toEqual([
      {
        code: 'connector.unknownOutcome',
        severity: 'error',
        location: { node: 'hello', outcome: 'nxet', connector: 'hello:nxet' },
        details: { outcome: 'nxet', suggestion: 'next' },
        fix: removed('hello:nxet'),
      },
    ])
  })

  it.each(['on:error', 'on:hangup', 'on:own.signal'])(
    '[VAL-5] from %s, which every node has, is none',
    (outcome) => {
      expect(
        codes(goodFlow({ connect: ['start -> hello', 'hello -> done', `hello:${outcome} -> done`] })),
      ).toEqual([])
    },
  )

  it.each([
    ['on:', undefined],
    ['on:hangpu', 'on:hangup'],
    ['on:Error', 'on:error'],
    ['on:cancle', 'on:cancel'],
    ['on:stopp', 'on:stop'],
  ])('[VAL-5] from %s, which no signal can mean, is a warning', (outcome, suggestion) => {
    const connect = ['start -> hello', 'hello -> done', `hello:${outcome} -> done`]
    expect(findingsWithFix(goodFlow({ connect }))).toEqual([
      {
        code: 'connector.unknownSignal',
        severity: 'warning',
        location: { node: 'hello', outcome, connector: `hello:${outcome}` },
        details: { outcome, ...(suggestion === undefined ? {} : { suggestion }) },
        fix:
          suggestion === undefined ? removed(`hello:${outcome}`) : leavingBy(suggestion, `hello:${outcome}`),
      },
    ])
  })

  describe('is mended without an error of another kind', () => {
    const noEnd = (connect: string[]) => ({ nodes: { hello: say('Hello') }, connect })
    const fixOf = (code: string, spec: Parameters<typeof fixedFindingsOf>[1]) =>
      fixedFindingsOf(code, spec)[0]!.fix

    it.each([
      ['connector.noTarget', 'hello'],
      ['connector.targetGone', 'hello -> gone'],
      ['connector.intoStart', 'hello -> start'],
    ])('by nothing, where there is no end and its outcome must lead on: %s', (code, broken) => {
      expect(fixOf(code, noEnd(['start -> hello', broken]))).toBeUndefined()
    })

    it.each([
      ['connector.noTarget', 'hello:on:error'],
      ['connector.targetGone', 'hello:on:error -> gone'],
      ['connector.intoStart', 'hello:on:error -> start'],
    ])('by its removal, where there is no end and no outcome needs it: %s', (code, broken) => {
      expect(fixOf(code, noEnd(['start -> hello', broken]))).toEqual(removed('hello:on:error'))
    })

    it.each([
      ['connector.noTarget', 'gone', 'gone:next'],
      ['connector.targetGone', 'gone -> nobody', 'gone:next'],
      ['connector.intoStart', 'hello:gone -> start', 'hello:gone'],
      ['connector.targetGone', 'done:next -> gone', 'done:next'],
    ])('by its removal, where nothing can leave by it: %s', (code, broken, id) => {
      const connect = ['start -> hello', 'hello -> done', broken]
      expect(fixOf(code, goodFlow({ connect }))).toEqual(removed(id))
    })

    it('by nothing, where it would lead to an end without a declared flow outcome', () => {
      const spec = goodFlow({ connect: ['start -> hello', 'hello -> gone'], settings: { outcomes: [] } })
      expect(fixOf('connector.targetGone', spec)).toBeUndefined()
    })
  })

  it('[VAL-5] with a target that exists is none', () => {
    expect(codes(goodFlow())).toEqual([])
  })
})

describe('start and end', () => {
  it('[VAL-16] a second start is an error, and the first is named beside it', () => {
    const nodes = { other: node('start') }
    const connect = ['start -> hello', 'hello -> done', 'other -> hello']
    expect(findingsWithFix(goodFlow({ nodes, connect }))).toEqual([
      {
        code: 'flow.secondStart',
        severity: 'error',
        location: { node: 'start' },
        details: { node: 'start', first: 'other' },
        related: [{ node: 'other' }],
        fix: { title: 'Remove start', commands: [{ type: 'remove', node: 'start' }] },
      },
    ])
  })

  it('[VAL-16] each further start is an error of its own', () => {
    const nodes = { b: node('start'), c: node('start') }
    const connect = ['start -> hello', 'hello -> done', 'b -> hello', 'c -> hello']
    const found = fixedFindingsOf('flow.secondStart', goodFlow({ nodes, connect }))
    expect(found.map(({ location }) => location.node)).toEqual(['c', 'start'])
  })

  it('[VAL-16] one start is none', () => {
    expect(codes(goodFlow())).toEqual([])
  })

  it('[VAL-16] a connector into the start is an error', () => {
    const connect = ['start -> hello', 'hello -> done', 'hello:on:error -> start']
    expect(fixedFindingsOf('connector.intoStart', goodFlow({ connect }))).toEqual([
      {
        code: 'connector.intoStart',
        severity: 'error',
        location: { node: 'hello', outcome: 'on:error', connector: 'hello:on:error' },
        details: {},
        related: [{ node: 'start' }],
        fix: ledTo('done', 'hello:on:error'),
      },
    ])
  })

  it.each(['next', 'on:error'])('[VAL-16] a connector out of an end is an error: %s', (outcome) => {
    const connect = ['start -> hello', 'hello -> done', `done:${outcome} -> hello`]
    expect(fixedFindingsOf('connector.outOfEnd', goodFlow({ connect }))).toEqual([
      {
        code: 'connector.outOfEnd',
        severity: 'error',
        location: { node: 'done', outcome, connector: `done:${outcome}` },
        details: {},
        fix: removed(`done:${outcome}`),
      },
    ])
  })

  it('[VAL-16] connectors into an end are none, however many', () => {
    const nodes = { pick: node('branch', { rules: [{ outcome: 'a', condition: 'true' }] }) }
    const connect = ['start -> pick', 'pick:a -> done', 'pick:else -> hello', 'hello -> done']
    expect(codes(goodFlow({ nodes, connect }))).toEqual([])
  })
})

describe('nodes that lead nowhere', () => {
  const lost = { lost: say('Nobody hears this') }

  it('[VAL-6] a node that the start does not reach is an error, which its removal mends', () => {
    const connect = ['start -> hello', 'hello -> done', 'lost -> done']
    expect(findingsWithFix(goodFlow({ nodes: lost, connect }))).toEqual([
      {
        code: 'node.unreachable',
        severity: 'error',
        location: { node: 'lost' },
        details: {},
        fix: { title: 'Remove lost', commands: [{ type: 'remove', node: 'lost' }] },
      },
    ])
  })

  it('[VAL-6] a node that only an unreachable one leads to is unreachable too', () => {
    const nodes = { ...lost, after: say('Nor this') }
    const connect = ['start -> hello', 'hello -> done', 'lost -> after', 'after -> done']
    expect(
      fixedFindingsOf('node.unreachable', goodFlow({ nodes, connect })).map(({ location }) => location.node),
    ).toEqual(['after', 'lost'])
  })

  it('[VAL-6] a node that an unreachable one leads to is not removed before that one', () => {
    const nodes = { ...lost, after: say('Nor this') }
    const fixes = (connect: string[]) =>
      fixedFindingsOf('node.unreachable', goodFlow({ nodes, connect })).map(({ fix }) => fix?.title)
    const connect = ['start -> hello', 'hello -> done', 'lost -> after', 'after -> done']
    expect(fixes(connect)).toEqual([undefined, 'Remove lost'])
    expect(fixes([...connect, 'lost:on:error -> lost'])).toEqual([undefined, 'Remove lost'])
  })

  it('[VAL-6] a node that is reached by an error alone is reached', () => {
    const connect = ['start -> hello', 'hello -> done', 'hello:on:error -> lost', 'lost -> done']
    expect(codes(goodFlow({ nodes: lost, connect }))).toEqual([])
  })

  it('[VAL-6] a node from which no end can be reached is an error', () => {
    const nodes = {
      pick: node('branch', { rules: [{ outcome: 'a', condition: 'true' }] }),
      pause: node('delay', { duration: '1s' }),
    }
    const connect = [
      'start -> pick',
      'pick:a -> hello',
      'pick:else -> pause',
      'pause:done -> pause',
      'hello -> done',
    ]
    expect(findingsWithFix(goodFlow({ nodes, connect }))).toEqual([
      { code: 'node.noWayToEnd', severity: 'error', location: { node: 'pause' }, details: {} },
    ])
  })

  it('[VAL-6] both are warnings where the policy says so', () => {
    const connect = ['start -> hello', 'hello -> done', 'lost -> lost']
    const nodes = { lost: node('delay', { duration: '1s' }) }
    const spec = goodFlow({ nodes, connect: [...connect.slice(0, 2), 'lost:done -> lost'] })
    const severities = (policy: object) =>
      findingsWithFix(spec, { policy }).map(({ code, severity }) => [code, severity])
    expect(severities({ unreachable: 'warning' })).toEqual([
      ['node.unreachable', 'warning'],
      ['node.noWayToEnd', 'warning'],
    ])
    expect(severities({ unreachable: 'error' })).toEqual([
      ['node.unreachable', 'error'],
      ['node.noWayToEnd', 'error'],
    ])
    expect(severities({})).toEqual(severities({ unreachable: 'error' }))
  })

  it('[VAL-6] nothing is called unreachable in a flow without a start', () => {
    const document = flow(goodFlow({ connect: ['hello -> done'] }))
    const nodes = document.nodes.filter(({ id }) => id !== 'start')
    expect(codes({ ...document, nodes })).toEqual(['flow.noStart'])
  })
})

describe('a cycle', () => {
  const pick = node('branch', { rules: [{ outcome: 'again', condition: 'true' }] })
  const circle = (it: ReturnType<typeof node>, outcome: string) =>
    goodFlow({
      nodes: { pick, it },
      connect: [
        'start -> it',
        `it:${outcome} -> pick`,
        'pick:again -> it',
        'pick:else -> hello',
        'hello -> done',
      ],
    })
  const endless = (spec: Parameters<typeof fixedFindingsOf>[1]) => fixedFindingsOf('cycle.endless', spec)

  it('[VAL-6] without a wait is an error that names its nodes', () => {
    expect(findingsWithFix(circle(say('Again'), 'next'))).toEqual([
      {
        code: 'cycle.endless',
        severity: 'error',
        location: { node: 'it' },
        details: { nodes: 'it, pick' },
        related: [{ node: 'pick' }],
      },
    ])
  })

  it('[VAL-6] of one node is an error too', () => {
    const spec = goodFlow({
      nodes: { pick },
      connect: ['start -> pick', 'pick:again -> pick', 'pick:else -> hello', 'hello -> done'],
    })
    expect(findingsWithFix(spec)).toEqual([
      {
        code: 'cycle.endless',
        severity: 'error',
        location: { node: 'pick' },
        details: { nodes: 'pick' },
        related: [],
      },
    ])
  })

  it('[VAL-6] that no session can reach is an error as well', () => {
    const spec = goodFlow({
      nodes: { pick },
      connect: ['start -> hello', 'hello -> done', 'pick:again -> pick', 'pick:else -> done'],
    })
    expect(codes(spec)).toEqual(['node.unreachable', 'cycle.endless'])
  })

  it.each([
    ['waits for an answer', node('collect-input', { prompt: '?' }), 'valid'],
    ['waits for a span of time', node('delay', { duration: '1s' }), 'done'],
    ['waits for an event', node('wait-for-event', { event: 'paid' }), 'received'],
    ['calls a flow, which may wait', node('call-subflow', { flow: 'other' }), 'done'],
    [
      'awaits the official version of a flow',
      node('call-subflow', { flow: 'other', version: 'official' }),
      'done',
    ],
  ])('[VAL-6] with a node that %s is none', (_, it, outcome) => {
    expect(codes(circle(it, outcome))).toEqual([])
  })

  it.each([
    ['an HTTP request', node('http-request', { url: 'https://example.com' }), 'success'],
    ['a message that must arrive', node('send-message', { prompt: 'Hi', await: 'accepted' }), 'sent'],
    ['a transfer', node('transfer', { to: '1' }), 'connected'],
  ])('[VAL-6] with an awaited effect is none: %s', (_, it, outcome) => {
    expect(endless(circle(it, outcome))).toEqual([])
  })

  it.each([
    ['a message that is sent and forgotten', node('send-message', { prompt: 'Hi' }), 'next'],
    ['a delay until an instant that may have passed', node('delay', { until: 'now' }), 'done'],
  ])('[VAL-6] with %s is an error', (_, it, outcome) => {
    expect(endless(circle(it, outcome))).toHaveLength(1)
  })

  it('[VAL-6] is judged apart from others', () => {
    const spec = goodFlow({
      nodes: { a: pick, b: pick },
      connect: [
        'start -> a',
        'a:again -> a',
        'a:else -> b',
        'b:again -> b',
        'b:else -> hello',
        'hello -> done',
      ],
    })
    expect(endless(spec).map(({ details }) => details!.nodes)).toEqual(['a', 'b'])
  })

  it('[VAL-6] of many nodes names ten of them and relates a hundred', () => {
    const ids = Array.from({ length: 120 }, (_, i) => `n${1000 + i}`)
    const spec = goodFlow({
      nodes: { ...Object.fromEntries(ids.map((id) => [id, say('x')])), last: end('ok') },
      connect: ['start -> n1000', ...ids.map((id, i) => `${id} -> ${ids[(i + 1) % ids.length]}`)],
    })
    const [found] = endless(spec)
    expect(found!.details!.nodes).toBe(ids.slice(0, 10).join(', '))
    expect(found!.related).toEqual(ids.slice(1, 100).map((id) => ({ node: id })))
  })

  it('[VAL-6] through a node of unknown type is not judged', () => {
    expect(endless(circle({ type: 'foreign@1' }, 'next'))).toEqual([])
  })

  it('[VAL-6] through a bounded outcome is none', () => {
    const again = node('jump', { max: 3 })
    expect(endless(circle(again, 'jump'))).toEqual([])
    expect(endless(circle(node('loop', { times: '3' }), 'each'))).toEqual([])
  })

  it('[VAL-6] through another outcome of the same node is an error', () => {
    expect(endless(circle(node('jump'), 'exceeded'))).toHaveLength(1)
    expect(endless(circle(node('loop', { times: '3' }), 'done'))).toHaveLength(1)
  })

  it('[VAL-6] through a bounded outcome and another one at once is an error', () => {
    const spec = goodFlow({
      nodes: { it: node('loop', { times: '3' }), pick },
      connect: [
        'start -> it',
        'it:each -> pick',
        'it:done -> pick',
        'pick:again -> it',
        'pick:else -> hello',
        'hello -> done',
      ],
    })
    expect(endless(spec)).toHaveLength(1)
  })

  it('[VAL-6] of loops inside of each other is none', () => {
    const spec = goodFlow({
      nodes: { outer: node('loop', { times: '2' }), inner: node('loop', { times: '2' }) },
      connect: [
        'start -> outer',
        'outer:each -> inner',
        'inner:each -> inner',
        'inner:done -> outer',
        'outer:done -> hello',
        'hello -> done',
      ],
    })
    expect(codes(spec)).toEqual([])
  })

  it('[VAL-6] by the error of a bounded node is an error', () => {
    const spec = goodFlow({
      nodes: { it: node('loop', { list: 'trigger.data.order' }) },
      data: [{ name: 'order', type: 'any' }],
      connect: ['start -> it', 'it:on:error -> it', 'it:each -> hello', 'it:done -> hello', 'hello -> done'],
    })
    expect(endless(spec)).toHaveLength(1)
  })
})

describe('a jump to another flow', () => {
  const leap = node('jump', { flow: 'other' })

  it('[VAL-2] counts as an end that can be reached', () => {
    expect(codes({ nodes: { leap }, connect: ['start -> leap'] })).toEqual([])
  })

  it('[VAL-6] counts as an end of the nodes before it', () => {
    expect(codes(goodFlow({ nodes: { leap }, connect: ['start -> hello', 'hello -> leap'] }))).toEqual([
      'node.unreachable',
    ])
  })

  it('[VAL-4] has no outcomes that must be connected', () => {
    const spec = { nodes: { leap, done: end('ok') }, connect: ['start -> leap', 'leap:jump -> done'] }
    expect(codes(spec)).toEqual(['connector.unknownOutcome'])
  })

  it('[VAL-6] may lead on where it fails, and so make an endless cycle', () => {
    const spec = { nodes: { leap, done: end('ok') }, connect: ['start -> leap', 'leap:on:error -> done'] }
    expect(codes(spec)).toEqual([])
    expect(codes({ nodes: { leap }, connect: ['start -> leap', 'leap:on:error -> leap'] })).toEqual([
      'cycle.endless',
    ])
  })

  it('[VAL-2] within the flow is no end', () => {
    const spec = {
      nodes: { it: node('jump') },
      connect: ['start -> it', 'it:jump -> it', 'it:exceeded -> it'],
    }
    expect(codes(spec)).toContain('flow.noEndReachable')
  })
})
