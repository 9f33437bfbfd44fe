import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.ts'
import { resume } from '../../src/index.ts'
import type { NodeType } from '../../src/nodes/index.ts'
import { ask, end, node, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { play } from '../support/play.ts'

const FIELDS = [
  { name: 'name', type: 'any' },
  { name: 'tier', type: 'any' },
] as const

/** A node type that changes the contact so. */
const changing = (contact: JsonObject): NodeType => nodeType({ enter: () => ({ contact, then: 'next' }) })

/** Changes the contact and says what expressions read of it then. */
function told(contact: JsonObject, text = '{{contact.name}}, {{contact.tier}}', limits = {}) {
  return play(
    program(
      {
        settings: { limits },
        contact: FIELDS,
        nodes: { it: node('odd'), tell: say(text), wait: ask('?'), sorry: end('sorry'), done: end('ok') },
        connect: ['start -> it', 'it:next -> tell', 'it:on:error -> sorry', 'tell -> wait'],
        otherwise: 'done',
      },
      { types: [changing(contact)] },
    ),
    { trigger: { type: 'manual', contact: { name: 'Ada', other: 1 } } },
  )
}

describe('a node that changes the contact', () => {
  it('is followed by expressions that read it anew', () => {
    const run = told({ name: 'Alan', tier: 'gold' })
    expect(run.said).toContain('Alan, gold')
    expect(run.session.contact).toEqual({ name: 'Alan', tier: 'gold' })
  })

  it('leaves other fields as they are', () => {
    expect(told({ tier: 'gold' }).session.contact).toEqual({ name: 'Ada', tier: 'gold' })
  })

  it('takes away what becomes null, and the contact with its last field', () => {
    expect(told({ name: null }).said).toContain(', ')
    expect(told({ name: null }).session.contact).toBeUndefined()
    expect(told({ name: undefined, tier: 1 }).session.contact).toEqual({ tier: 1 })
  })

  it('changes nothing that no expression can read', () => {
    expect(told({ shoes: 42 }).session.contact).toEqual({ name: 'Ada' })
  })

  it('changes everything where some expression reads the whole', () => {
    const run = told({ shoes: 42 }, '{{size(contact)}}')
    expect(run.session.contact).toEqual({ name: 'Ada', other: 1, shoes: 42 })
  })

  it('cannot reach a prototype', () => {
    const run = told(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}'), '{{size(contact)}}')
    expect(run.session.contact).toEqual({ name: 'Ada', other: 1 })
    expect((run.session.contact as { polluted?: number }).polluted).toBeUndefined()
  })

  it('gives JSON, as for variables', () => {
    expect(told({ name: new Date(0) as never }).outcome).toBe('sorry')
    const kept: { list: number[] } = { list: [-0] }
    expect(told({ name: kept }, 'x{{contact.name == null}}').session.contact).toEqual({ name: { list: [0] } })
  })

  it.each([
    [40, undefined],
    [39, 'sorry'],
  ])('[RUN-15] gives no value larger than the payload limit: %i', (maxPayloadBytes, outcome) => {
    expect(told({ name: ['x'.repeat(36)] }, '{{contact.name[0]}}', { maxPayloadBytes }).outcome).toBe(outcome)
  })

  it('cannot make the session too large: it fails, with the contact as it was', () => {
    const flow = program(
      {
        settings: { limits: { maxSessionBytes: 1_000 } },
        contact: FIELDS,
        nodes: {
          wait: ask('?'),
          it: node('odd'),
          tell: say('{{contact.name}}'),
          more: ask('?'),
          done: end('ok'),
        },
        connect: ['start -> wait', 'wait:valid -> it', 'it:next -> tell', 'tell -> more'],
        otherwise: 'done',
      },
      { types: [changing({ name: 'x'.repeat(1_000) })] },
    )
    const run = play(flow, { trigger: { type: 'manual', contact: { name: 'Ada' } } }).text('go')
    expect(run.errorCode).toBe('limit.session')
    expect(run.session.contact).toEqual({ name: 'Ada' })
  })

  it('never changes the session that was passed', () => {
    const flow = program(
      {
        contact: FIELDS,
        nodes: { wait: ask('?'), it: node('odd'), tell: say('{{contact.name}}'), done: end('ok') },
        connect: ['start -> wait', 'wait:valid -> it', 'it:next -> tell', 'tell -> done'],
        otherwise: 'done',
      },
      { types: [changing({ name: 'Alan' })] },
    )
    const before = play(flow, { trigger: { type: 'manual', contact: { name: 'Ada' } } }).session
    const after = resume(flow, before, { type: 'text', text: 'go' }, { now: 1_700_000_000_000 }).session
    expect(before.contact).toEqual({ name: 'Ada' })
    expect(after.contact).toEqual({ name: 'Alan' })
  })

  it('is seen in the flow that called this one', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { it: node('update-contact', { fields: { name: '"Alan"' } }), done: end('back') },
      connect: ['start -> it', 'it -> done'],
    })
    const run = play(
      program(
        {
          contact: FIELDS,
          nodes: {
            call: node('call-subflow', { flow: 'child' }),
            tell: say('{{contact.name}}'),
            done: end('ok'),
          },
          connect: ['start -> call', 'call:done -> tell', 'tell -> done'],
        },
        { subflows: [child] },
      ),
      { trigger: { type: 'manual', contact: { name: 'Ada' } } },
    )
    expect(run.said).toEqual(['Alan'])
  })
})

describe('the flow that runs', () => {
  it('can be read as session.flow', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { tell: say('in {{session.flow}}'), done: end('back') },
      connect: ['start -> tell', 'tell -> done'],
    })
    const run = play(
      program(
        {
          nodes: {
            call: node('call-subflow', { flow: 'child' }),
            tell: say('in {{session.flow}}'),
            done: end('ok'),
          },
          connect: ['start -> call', 'call:done -> tell', 'tell -> done'],
        },
        { subflows: [child] },
      ),
    )
    expect(run.said).toEqual(['in child', 'in main'])
  })
})
