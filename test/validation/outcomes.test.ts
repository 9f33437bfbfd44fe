import { describe, expect, it } from 'vitest'
import { applyCommand, openDraft } from '../../src/editing/index.ts'
import type { FlowDocument, JsonObject } from '../../src/index.ts'
import { f, type NodeType } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { end, type FlowSpec, flow, node, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { around, codes, find, findingsWithFix, fixedFindingsOf, goodFlow } from './find.ts'

const MENU = node('menu', { prompt: '?', options: [{ value: '1' }] })

const unassigned = (outcome: string, fix?: object, severity = 'error') => ({
  code: 'outcome.unassigned',
  severity,
  location: { node: 'it', outcome },
  details: { outcome },
  ...(fix === undefined ? {} : { fix }),
})

const connectTo = (to: string, outcome: string) => ({
  title: `Connect to ${to}`,
  commands: [{ type: 'connect', from: { node: 'it', outcome }, to }],
})

/** A node type whose outcome `other` may be left open, as far as the policy allows it. */
const easy = nodeType({ type: 'easy' }, { optionalOutcomes: () => ['other'] })

function apply(document: FlowDocument, commands: readonly JsonObject[]): FlowDocument {
  const edit = applyCommand(openDraft(document, { nodes: palette }), { type: 'batch', commands })
  if (!edit.ok) throw new Error(edit.reason)
  return edit.draft.document
}

describe('an unassigned outcome', () => {
  const spec: FlowSpec = { nodes: { it: MENU, done: end('ok') }, connect: ['start -> it', 'it:1 -> done'] }

  it('[VAL-4] is an error, and its fix connects it to a tagged end', () => {
    expect(findingsWithFix(spec)).toEqual([unassigned('noMatch', connectTo('done', 'noMatch'))])
  })

  it('[VAL-4] is none when it is connected', () => {
    expect(codes({ ...spec, otherwise: 'done' })).toEqual([])
  })

  it('[VAL-4] is an error for each outcome of a node', () => {
    const it = node('http-request', { url: 'https://example.com' })
    const found = findingsWithFix({
      nodes: { it, done: end('ok') },
      connect: ['start -> it', 'it:success -> done'],
    })
    expect(found).toEqual(
      ['httpError', 'timeout', 'failed'].map((each) => unassigned(each, connectTo('done', each))),
    )
  })

  it('[VAL-4] is judged by the config: without a timeout there is no such outcome', () => {
    const timed = node('menu', { prompt: '?', options: [{ value: '1' }], timeout: '10s' })
    const connect = ['start -> it', 'it:1 -> done', 'it:noMatch -> done']
    expect(codes({ nodes: { it: MENU, done: end('ok') }, connect })).toEqual([])
    expect(codes({ nodes: { it: timed, done: end('ok') }, connect })).toEqual(['outcome.unassigned'])
  })

  it('[VAL-4] does not hold for outcomes that every node has', () => {
    expect(codes(goodFlow())).toEqual([])
    expect(
      codes(goodFlow({ connect: ['start -> hello', 'hello -> done', 'hello:on:error -> done'] })),
    ).toEqual([])
  })

  it('[VAL-4] is mended by an end that tells of trouble, where there is one', () => {
    const kinds: FlowSpec = {
      ...spec,
      nodes: { it: MENU, done: end('ok'), untagged: end('none'), lost: end('lost') },
      connect: ['start -> it', 'it:1 -> done', 'it:on:stop -> lost', 'it:on:cancel -> untagged'],
      settings: {
        outcomes: [
          { code: 'ok', kind: 'completed' },
          { code: 'lost', kind: 'incomplete' },
        ],
      },
    }
    expect(fixedFindingsOf('outcome.unassigned', kinds)).toEqual([
      unassigned('noMatch', connectTo('lost', 'noMatch')),
    ])
  })

  it('[VAL-4] is mended by a new end, where there is none that is tagged', () => {
    const document = flow({
      nodes: { it: say('Hello'), end: say('taken'), end_2: say('taken too') },
      connect: ['start -> it'],
      settings: {
        outcomes: [
          { code: 'ok', kind: 'completed' },
          { code: 'broken', kind: 'error' },
        ],
      },
    })
    const found = fixedFindingsOf('outcome.unassigned', document).find(
      ({ location }) => location.node === 'it',
    )
    expect(found).toEqual(
      unassigned('next', {
        title: 'Add an end with broken and connect to it',
        commands: [
          { type: 'add', node: { id: 'end_3', type: 'end@1', config: { outcome: 'broken' } } },
          { type: 'connect', from: { node: 'it', outcome: 'next' }, to: 'end_3' },
        ],
      }),
    )
    const mended = apply(document, found!.fix!.commands)
    expect(find(mended).map(({ code, location }) => [code, location.node])).not.toContainEqual([
      'outcome.unassigned',
      'it',
    ])
  })

  it('[VAL-4] is tagged with the only flow outcome there is', () => {
    const [found] = fixedFindingsOf('outcome.unassigned', {
      nodes: { it: say('Hello') },
      connect: ['start -> it'],
      settings: { outcomes: [{ code: 'ok', kind: 'completed' }] },
    })
    expect(found!.fix!.commands[0]).toEqual({
      type: 'add',
      node: { id: 'end', type: 'end@1', config: { outcome: 'ok' } },
    })
  })

  it('[VAL-4] has no fix where no flow outcome is declared', () => {
    const nothing: FlowSpec = {
      nodes: { it: say('Hello') },
      connect: ['start -> it'],
      settings: { outcomes: [] },
    }
    expect(fixedFindingsOf('outcome.unassigned', nothing)).toEqual([unassigned('next')])
  })

  it('[VAL-4] is gone once the fix is applied', () => {
    const document = flow(spec)
    const [found] = find(document)
    expect(find(apply(document, found!.fix!.commands))).toEqual([])
  })

  it('[VAL-4] that its node type declares optional is an error all the same', () => {
    const optional: FlowSpec = {
      nodes: { it: node('easy'), done: end('ok') },
      connect: ['start -> it', 'it -> done'],
    }
    expect(findingsWithFix(optional, { types: [easy] })).toEqual([
      unassigned('other', connectTo('done', 'other')),
    ])
    expect(findingsWithFix(optional, { types: [easy], policy: { optionalOutcomes: 'error' } })).toEqual([
      unassigned('other', connectTo('done', 'other')),
    ])
  })

  it('[VAL-4] that its node type declares optional is a warning where the policy says so', () => {
    const optional: FlowSpec = {
      nodes: { it: node('easy'), done: end('ok') },
      connect: ['start -> it', 'it -> done'],
    }
    expect(findingsWithFix(optional, { types: [easy], policy: { optionalOutcomes: 'warning' } })).toEqual([
      unassigned('other', connectTo('done', 'other'), 'warning'),
    ])
  })

  it('[VAL-4] that is not declared optional stays an error under every policy', () => {
    const other: FlowSpec = {
      nodes: { it: node('easy'), done: end('ok') },
      connect: ['start -> it', 'it:other -> done'],
    }
    expect(findingsWithFix(other, { types: [easy], policy: { optionalOutcomes: 'warning' } })).toEqual([
      unassigned('next', connectTo('done', 'next')),
    ])
  })

  it('[VAL-4] makes an error of a node with no connected outcome, also where all may be left open', () => {
    const free = nodeType({ type: 'free' }, { optionalOutcomes: () => ['next', 'other'] })
    const none: FlowSpec = { nodes: { it: node('free'), done: end('ok') }, connect: ['start -> it'] }
    const found = findingsWithFix(none, {
      types: [free],
      policy: { optionalOutcomes: 'warning', unreachable: 'warning' },
    })
    expect(found.filter(({ location }) => location.node === 'it').slice(0, 3)).toEqual([
      unassigned('next', connectTo('done', 'next'), 'warning'),
      unassigned('other', connectTo('done', 'other'), 'warning'),
      {
        code: 'node.noOutcomeConnected',
        severity: 'error',
        location: { node: 'it' },
        details: {},
        fix: connectTo('done', 'next'),
      },
    ])
    const one = { ...none, connect: ['start -> it', 'it:other -> done'] }
    expect(codes(one, { types: [free], policy: { optionalOutcomes: 'warning' } })).toEqual([
      'outcome.unassigned',
    ])
  })
})

describe('an outcome of a start', () => {
  const begin = nodeType({ type: 'begin' }, { place: 'start' })
  const found = (connect: string[], config?: object) =>
    findingsWithFix(
      { nodes: { start: node('begin'), done: end('ok') }, connect, ...config },
      { types: [begin] },
    ).filter(({ location }) => location.node === 'start')

  it('[VAL-4] is an error where it leads nowhere', () => {
    expect(found(['start -> done'])).toEqual([
      {
        code: 'outcome.unassigned',
        severity: 'error',
        location: { node: 'start', outcome: 'other' },
        details: { outcome: 'other' },
        fix: {
          title: 'Connect to done',
          commands: [{ type: 'connect', from: { node: 'start', outcome: 'other' }, to: 'done' }],
        },
      },
    ])
    expect(found(['start -> done', 'start:other -> done'])).toEqual([])
  })

  it.each([[['start:on:hangup -> done']], [['start', 'start:on:error -> done']]])(
    '[VAL-2] is no way into the flow where only a signal leads on: %j',
    (connect) => {
      const codesFound = found(connect).map(({ code }) => code)
      expect(codesFound).toContain('flow.empty')
      expect(codesFound).not.toContain('outcome.unassigned')
    },
  )
})

describe('the end that a fix adds', () => {
  const tagged = { verdict: f.text({ label: 'Verdict', role: 'flowOutcome' as const }) }
  const finish = nodeType({ type: 'finish', major: 3, outcomes: () => [] }, { place: 'end', fields: tagged })
  const farewell = nodeType(
    { type: 'farewell', outcomes: () => [] },
    { place: 'end', fields: { ...tagged, words: f.text({ label: 'Words' }) } },
  )
  const untagged = nodeType({ type: 'vanish', outcomes: () => [] }, { place: 'end' })
  const document = flow({
    nodes: { it: say('Hello') },
    connect: ['start -> it'],
    settings: {
      outcomes: [
        { code: '', kind: 'error' },
        { code: 'ok', kind: 'completed' },
      ],
    },
  })
  const others = palette.filter(({ place }) => place !== 'end')
  const fixFor = (types: readonly NodeType[]) =>
    validate(document, { nodes: [...others, ...types] }).find(({ code }) => code === 'outcome.unassigned')!
      .fix

  it('[VAL-4] is of the first type of the palette that needs nothing but a flow outcome', () => {
    expect(fixFor([untagged, farewell, finish])!.commands).toEqual([
      { type: 'add', node: { id: 'end', type: 'finish@3', config: { verdict: 'ok' } } },
      { type: 'connect', from: { node: 'it', outcome: 'next' }, to: 'end' },
    ])
  })

  it('[VAL-4] is not there where no type will do', () => {
    expect(fixFor([untagged, farewell])).toBeUndefined()
  })

  it('[VAL-4] is not needed beside an end of a host’s own type', () => {
    const nodes = { it: say('Hello'), over: { type: 'finish@3', config: { verdict: 'ok' } } }
    const spec = flow({ nodes, connect: ['start -> it'], settings: document.settings })
    expect(fixedFindingsOf('outcome.unassigned', spec, { types: [finish] })).toEqual([
      unassigned('next', connectTo('over', 'next')),
    ])
  })
})

describe('names of outcomes', () => {
  it('may not be repeated in one node', () => {
    const rules = [
      { outcome: 'a', condition: 'true' },
      { outcome: 'a', condition: 'false' },
    ]
    expect(findingsWithFix(around(node('branch', { rules, default: 'b' })))).toEqual([
      {
        code: 'outcome.repeated',
        severity: 'error',
        location: { node: 'it', outcome: 'a' },
        details: { outcome: 'a' },
      },
    ])
  })

  it('may not be those that the node has anyway', () => {
    const spec = around(node('menu', { prompt: '?', options: [{ value: 'noMatch' }] }))
    expect(findingsWithFix(spec)).toEqual([
      {
        code: 'outcome.repeated',
        severity: 'error',
        location: { node: 'it', outcome: 'noMatch' },
        details: { outcome: 'noMatch' },
      },
    ])
  })

  it.each([
    ['menu', { prompt: '?', options: [{ label: 'no value' }, { value: 'on:x' }] }, ['options', 1, 'value']],
    [
      'branch',
      { rules: [{ condition: 'true' }, { outcome: 'on:x', condition: 'true' }] },
      ['rules', 1, 'outcome'],
    ],
    ['branch', { rules: [{ outcome: 'a', condition: 'true' }], default: 'on:x' }, ['default']],
    ['call-subflow', { flow: 'other', outcomes: ['a', 'on:x'] }, ['outcomes', 1]],
  ])('may not begin as those of signals do: %s', (type, config, path) => {
    expect(fixedFindingsOf('outcome.badName', around(node(type, config)))).toEqual([
      {
        code: 'outcome.badName',
        severity: 'error',
        location: { node: 'it', path: ['config', ...path] },
        details: { outcome: 'on:x' },
      },
    ])
  })

  it.each([
    ['', true],
    ['x'.repeat(64), false],
    ['x'.repeat(65), true],
  ])('have 1 to 64 characters: %j', (outcome, bad) => {
    const odd = nodeType({ outcomes: () => [outcome] })
    const spec: FlowSpec = {
      nodes: { it: node('odd'), done: end('ok') },
      connect: ['start -> it', `it:${outcome} -> done`],
    }
    expect(findingsWithFix(spec, { types: [odd] })).toEqual(
      bad
        ? [
            {
              code: 'outcome.badName',
              severity: 'error',
              location: { node: 'it', outcome },
              details: { outcome },
            },
          ]
        : [],
    )
  })
})

describe('the tag of an end', () => {
  it.each([[{}], [{ outcome: '' }], [{ outcome: null }]])('[VAL-8] is needed: %j', (config) => {
    expect(
      findingsWithFix(goodFlow({ nodes: { done: node('end', config) }, settings: { outcomes: [] } })),
    ).toEqual([
      {
        code: 'end.untagged',
        severity: 'error',
        location: { node: 'done', path: ['config', 'outcome'] },
        details: {},
      },
    ])
  })

  it('[VAL-8] is one of the declared flow outcomes', () => {
    const settings = { outcomes: [{ code: 'resolved', kind: 'completed' as const }] }
    expect(codes(goodFlow({ nodes: { done: end('resolved') }, settings }))).toEqual([])
    expect(
      fixedFindingsOf('end.unknownOutcome', goodFlow({ nodes: { done: end('resovled') }, settings })),
    ).toEqual([
      {
        code: 'end.unknownOutcome',
        severity: 'error',
        location: { node: 'done', path: ['config', 'outcome'] },
        details: { outcome: 'resovled', suggestion: 'resolved' },
        fix: {
          title: 'Tag done with resolved',
          commands: [{ type: 'configure', node: 'done', path: ['outcome'], value: 'resolved' }],
        },
      },
    ])
  })

  it('[VAL-8] may be shared by several ends', () => {
    const nodes = { pick: node('branch', { rules: [{ outcome: 'a', condition: 'true' }] }), other: end('ok') }
    const connect = ['start -> pick', 'pick:a -> hello', 'pick:else -> other', 'hello -> done']
    expect(codes(goodFlow({ nodes, connect }))).toEqual([])
  })

  it('[VAL-8] is missed, with a warning, for a flow outcome that no end uses', () => {
    const settings = {
      outcomes: [
        { code: 'ok', kind: 'completed' as const },
        { code: 'lost', kind: 'error' as const },
      ],
    }
    expect(findingsWithFix(goodFlow({ settings }))).toEqual([
      {
        code: 'flowOutcome.unused',
        severity: 'warning',
        location: { path: ['settings', 'outcomes', 1] },
        details: { outcome: 'lost' },
        fix: {
          title: 'Remove lost from the settings',
          commands: [{ type: 'changeSettings', path: ['outcomes', 1] }],
        },
      },
    ])
  })
})
