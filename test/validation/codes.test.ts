import { describe, expect, it } from 'vitest'
import { FLOW_DIAGNOSTICS } from '../../src/diagnostics/flow-codes.ts'
import { assign, type FlowSpec, flow, node, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { around, codes, find, goodFlow } from './find.ts'

const HEAR_NOTHING = ['start -> hello', 'hello -> done']

/** For each code, a flow that has this wrong and little else. */
const BROKEN: { readonly [code: string]: FlowSpec } = {
  'flow.secondStart': goodFlow({
    nodes: { other: node('start') },
    connect: [...HEAR_NOTHING, 'other -> hello'],
  }),
  'flow.empty': goodFlow({ connect: ['hello -> done'] }),
  'flow.noEndReachable': goodFlow({ connect: ['start -> hello'] }),
  'node.unknownType': goodFlow({ nodes: { hello: node('telepathy') } }),
  'node.placeholder': goodFlow({ nodes: { hello: node('placeholder', { original: 'enqueue' }) } }),
  'node.unreachable': goodFlow({ nodes: { lost: say('x') }, connect: [...HEAR_NOTHING, 'lost -> done'] }),
  'node.noWayToEnd': goodFlow({ connect: ['start -> hello'] }),
  'config.missing': around(say('')),
  'config.wrongType': around(say(5)),
  'config.unknownField': around(node('send-message', { prompt: 'Hi', prmpt: 'Hi' })),
  'outcome.unassigned': goodFlow({ connect: ['start -> hello'] }),
  'outcome.repeated': around(node('menu', { prompt: '?', options: [{ value: '1' }, { value: '1' }] })),
  'outcome.badName': around(node('branch', { rules: [{ outcome: 'on:x', condition: 'true' }] })),
  'connector.noTarget': goodFlow({ connect: ['start -> hello', 'hello'] }),
  'connector.targetGone': goodFlow({ connect: ['start -> hello', 'hello -> gone'] }),
  'connector.sourceGone': goodFlow({ connect: [...HEAR_NOTHING, 'gone -> done'] }),
  'connector.unknownOutcome': goodFlow({ connect: [...HEAR_NOTHING, 'hello:gone -> done'] }),
  'connector.unknownSignal': goodFlow({ connect: [...HEAR_NOTHING, 'hello:on:hangpu -> done'] }),
  'connector.intoStart': goodFlow({ connect: [...HEAR_NOTHING, 'hello:on:error -> start'] }),
  'connector.outOfEnd': goodFlow({ connect: [...HEAR_NOTHING, 'done:next -> hello'] }),
  'cycle.endless': goodFlow({ connect: ['start -> hello', 'hello -> hello'] }),
  'end.unknownOutcome': goodFlow({ settings: { outcomes: [] } }),
  'end.untagged': goodFlow({ nodes: { done: node('end') }, settings: { outcomes: [] } }),
  'flowOutcome.unused': goodFlow({
    settings: {
      outcomes: [
        { code: 'ok', kind: 'completed' },
        { code: 'no', kind: 'error' },
      ],
    },
  }),
  'flowOutcome.badCode': goodFlow({
    settings: {
      outcomes: [
        { code: 'ok', kind: 'completed' },
        { code: '', kind: 'error' },
      ],
    },
  }),
  'flowOutcome.repeated': goodFlow({
    settings: {
      outcomes: [
        { code: 'ok', kind: 'completed' },
        { code: 'ok', kind: 'error' },
      ],
    },
  }),
  'contact.badName': goodFlow({ contact: [{ name: 'first name', type: 'text' }] }),
  'contact.repeated': goodFlow({
    contact: [
      { name: 'phone', type: 'text' },
      { name: 'phone', type: 'any' },
    ],
  }),
  'variable.badName': goodFlow({ variables: [{ name: '', type: 'any' }] }),
  'variable.repeated': goodFlow({
    variables: [
      { name: 'n', type: 'any' },
      { name: 'n', type: 'any' },
    ],
  }),
  'variable.unknown': around(assign({ gone: '1' })),
  'variable.reserved': goodFlow({ variables: [{ name: 'now', type: 'any' }] }),
  'variable.defaultType': goodFlow({ variables: [{ name: 'n', type: 'number', default: 'x' }] }),
  'variable.readBeforeSet': around(say('{{n}}'), { variables: [{ name: 'n', type: 'number' }] }),
  'sensitive.leak': around(assign({ open: 'pin' }), {
    variables: [
      { name: 'open', type: 'text', default: '' },
      { name: 'pin', type: 'text', default: '', sensitive: true },
    ],
  }),
  'action.unknownOutcome': around({ ...say('Hi'), onLeave: { gone: [] } }),
  'action.incomplete': around({ ...say('Hi'), onEnter: [{ set: '', to: '1' }] }),
  'logbook.noName': goodFlow({ settings: { logbooks: [{ name: '', fields: [] }] } }),
  'logbook.unknown': around({ ...say('Hi'), onEnter: [{ log: 'gone', fields: {} }] }),
  'logbook.unknownField': around(
    { ...say('Hi'), onEnter: [{ log: 'calls', fields: { gone: '1' } }] },
    { settings: { logbooks: [{ name: 'calls', fields: [] }] } },
  ),
  'source.unknownLanguage': around(say({ language: 'liquid', source: 'Hi' })),
  'settings.limit': goodFlow({ settings: { limits: { maxSteps: 0 } } }),
  'settings.blankStopWord': goodFlow({ settings: { stopWords: [' '] } }),
  'settings.noLanguage': goodFlow({ settings: { languages: { default: '' } } }),
  'settings.noDuplicateIdentifier': goodFlow({ settings: { duplicates: { prevent: true } } }),
}

describe('the codes of flows', () => {
  it.each(Object.entries(BROKEN))('%s is found in a flow that has it wrong', (code, spec) => {
    const found = find(spec).filter((each) => each.code === code)
    expect(found.length).toBeGreaterThan(0)
    for (const { severity, message } of found) {
      expect(severity).toBe(FLOW_DIAGNOSTICS[code]!.severity)
      expect(message).not.toMatch(/undefined|\[object|NaN/)
    }
  })

  it('flow.noStart is found in a flow without a start', () => {
    const { nodes, ...rest } = flow(goodFlow())
    expect(codes({ ...rest, nodes: nodes.slice(1), connectors: rest.connectors.slice(1) })).toEqual([
      'flow.noStart',
    ])
  })

  it('node.noOutcomeConnected is found at a node that can be left by nothing', () => {
    const wall = nodeType({ type: 'wall', outcomes: () => [] })
    expect(
      codes(goodFlow({ nodes: { hello: node('wall') }, connect: ['start -> hello'] }), { types: [wall] }),
    ).toContain('node.noOutcomeConnected')
  })

  it('are all in this table', () => {
    const known = [...Object.keys(BROKEN), 'flow.noStart', 'node.noOutcomeConnected']
    expect(Object.keys(FLOW_DIAGNOSTICS).filter((code) => !known.includes(code))).toEqual([])
    expect(known.filter((code) => FLOW_DIAGNOSTICS[code] === undefined)).toEqual([])
  })
})
