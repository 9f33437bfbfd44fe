import { describe, expect, it } from 'vitest'
import { type Field, type Fields, type NodeType, visitConfig } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'

const TYPES = palette as readonly unknown[] as readonly NodeType[]

/** Paths of the fields that name a channel, by node type; the config has one item in each list. */
const NAMING: { readonly [type: string]: { readonly config: object; readonly paths: readonly string[] } } = {
  start: { config: {}, paths: ['channel'] },
  'send-message': { config: {}, paths: ['channel'] },
  'receive-message': { config: { channels: ['sms'] }, paths: ['channels.0'] },
}

/** Channels that nodes open without naming them. */
const OPENING: { readonly [type: string]: readonly string[] } = {
  'place-call': ['voice'],
  'push-notification': ['push'],
}

function channelPaths(fields: Fields, config: object): string[] {
  const paths: string[] = []
  visitConfig(fields, config as never, (field: Field, _value, path) => {
    if (field.kind === 'text' && field.role === 'channel') paths.push(path.join('.'))
  })
  return paths
}

describe('the channels of node types', () => {
  it.each(TYPES.map((type) => [type.runtime.type, type] as const))(
    '[REL-9] of %s are told by its fields or by itself',
    (name, { fields, channels }) => {
      const { config = {}, paths = [] } = NAMING[name] ?? {}
      expect(channelPaths(fields, config)).toEqual(paths)
      expect(channels?.({})).toEqual(OPENING[name])
    },
  )

  it('leave no field that is called after a channel unmarked', () => {
    const fields = TYPES.flatMap((type) =>
      Object.keys(type.fields).map((field) => [type.runtime.type, field]),
    )
    const called = fields.filter(([, field]) => /^channels?$/.test(field!)).map(([type]) => type)
    expect(called.sort()).toEqual(Object.keys(NAMING).sort())
  })
})
