import { describe, expect, it } from 'vitest'
import {
  call,
  createRegistry,
  end,
  implicitOutcome,
  isImplicitOutcome,
  isMessage,
  isScript,
  jump,
  pinOf,
  runtimesByPin,
  wait,
} from '../../src/nodes/index.ts'
import { thrownCode } from '../support/errors.ts'
import { nodeType } from '../support/nodes.ts'

describe('a registry', () => {
  const one = nodeType({ type: 'odd', major: 1 })
  const two = nodeType({ type: 'odd', major: 2 })

  it('finds node types by their pins, several majors of one type among them', () => {
    const registry = createRegistry([one, two])
    expect(registry.get('odd@1')).toBe(one)
    expect(registry.get('odd@2')).toBe(two)
    expect(registry.get('odd@3')).toBeUndefined()
    expect(registry.get('odd')).toBeUndefined()
  })

  it('lists node types in the order in which they came', () => {
    expect([...createRegistry([two, one])]).toEqual([two, one])
    expect([...createRegistry(createRegistry([two, one]))]).toEqual([two, one])
  })

  it('suggests the pin that was meant', () => {
    const registry = createRegistry([one, nodeType({ type: 'menu' })])
    expect(registry.suggest('mneu@1')).toBe('menu@1')
    expect(registry.suggest('telepathy@1')).toBeUndefined()
  })

  it('throws where two node types share type and major', () => {
    expect(thrownCode(() => createRegistry([one, one]))).toBe('registry.repeated')
  })

  it('gives the running halves, of whole node types and of halves alike', () => {
    expect([...runtimesByPin([one, two.runtime])]).toEqual([
      ['odd@1', one.runtime],
      ['odd@2', two.runtime],
    ])
  })

  it('names a type with its major', () => {
    expect(pinOf({ type: 'menu', major: 3 })).toBe('menu@3')
  })
})

describe('what a node can ask for', () => {
  it('is a wait, a call, a jump or the end', () => {
    expect(jump({ flow: 'f', inputs: { a: 1 } })).toEqual({ kind: 'jump', flow: 'f', inputs: { a: 1 } })
    expect(wait({ for: ['text'], timeoutMs: 5 })).toEqual({ kind: 'wait', for: ['text'], timeoutMs: 5 })
    expect(wait({ for: [], until: 7 })).toEqual({ kind: 'wait', for: [], until: 7 })
    expect(end('ok')).toEqual({ kind: 'end', outcome: 'ok' })
    expect(call({ flow: 'f', inputs: {}, outputs: {} })).toEqual({
      kind: 'call',
      flow: 'f',
      inputs: {},
      outputs: {},
    })
  })

  it('is told from other effects', () => {
    const effect = { key: 's:1', node: 'n', flow: 'f' }
    expect(isMessage({ ...effect, type: 'message.send' })).toBe(true)
    expect(isMessage({ ...effect, type: 'http.request' })).toBe(false)
    expect(isScript({ ...effect, type: 'script.run' })).toBe(true)
    expect(isScript({ ...effect, type: 'message.send' })).toBe(false)
  })
})

describe('outcomes that every node has', () => {
  it('begin with on:', () => {
    expect(implicitOutcome('hangup')).toBe('on:hangup')
    expect(isImplicitOutcome('on:hangup')).toBe(true)
    expect(isImplicitOutcome('online')).toBe(false)
  })
})
