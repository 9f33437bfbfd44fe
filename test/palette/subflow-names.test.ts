import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.ts'
import { paletteType } from './node-fixtures.ts'

/** What the node type itself has to say about a config, as code and place. */
function faults(config: JsonObject): string[] {
  const found: string[] = []
  paletteType('call-subflow').check!(config, (code, path) => found.push(`${code} ${path.join('.')}`))
  return found
}

describe('names of the variables of a subflow', () => {
  it.each(['total', '_1', 'a'.repeat(64)])('%s can be one', (name) => {
    expect(faults({ inputs: { [name]: '1' }, outputs: [{ variable: 'v', from: name }] })).toEqual([])
  })

  it.each([
    'toString',
    'constructor',
    '__proto__',
    'hasOwnProperty',
    '1st',
    'a b',
    'a.b',
    'größe',
    'a'.repeat(65),
  ])('%s cannot', (name) => {
    const inputs = JSON.parse(`{"fine": "1", ${JSON.stringify(name)}: "2"}`) as JsonObject
    const outputs = [
      { variable: 'v', from: 'fine' },
      { variable: 'v', from: name },
    ]
    expect(faults({ inputs, outputs })).toEqual([
      `config.wrongType inputs.${name}`,
      'config.wrongType outputs.1.from',
    ])
  })

  it('are no matter of a config that is half filled in', () => {
    expect(faults({})).toEqual([])
    expect(faults({ inputs: 'none', outputs: 'none' })).toEqual([])
    expect(faults({ inputs: {}, outputs: [null, {}, { from: '' }, { from: 7 }] })).toEqual([])
  })
})
