import { describe, expect, it } from 'vitest'
import { compile, type JsonObject, validate } from '../../src/index.ts'
import { configSchema, createRegistry, defineNode, f, type NodeType, wait } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { end, flow, node, program } from '../support/flow.ts'
import { play } from '../support/play.ts'

const TYPES = palette as readonly unknown[] as readonly NodeType[]
const REGISTRY = createRegistry(palette)

/** Everything in a schema that an author fills in, whatever its depth. */
function fieldsIn(schema: JsonObject): JsonObject[] {
  const { properties = {}, items, additionalProperties } = schema as { readonly [name: string]: JsonObject }
  const below = [...Object.values(properties), items, additionalProperties].filter(
    (each) => typeof each === 'object' && each !== null && 'x-kind' in each,
  ) as JsonObject[]
  return below.flatMap((each) => [each, ...fieldsIn(each)])
}

describe.each(TYPES.map((type) => [type.runtime.type, type] as const))('%s', (_, type) => {
  it('[DOC-17] ships with category, title and help', () => {
    expect(['flow', 'messaging', 'voice', 'data', 'integration']).toContain(type.category)
    expect(type.title).not.toBe('')
    expect(type.help).toMatch(/\.$/)
  })

  it('[DOC-17] ships with a config schema that forms can be made of', () => {
    const schema = configSchema(type.fields)
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
    expect(JSON.parse(JSON.stringify(schema))).toBeTruthy()
    for (const field of Object.values(schema.properties as JsonObject))
      expect((field as JsonObject).title).toMatch(/^\S/)
    for (const field of fieldsIn(schema)) expect(field['x-kind']).toMatch(/^[a-zA-Z]+$/)
  })
})

describe('the palette', () => {
  it.each([
    ['makes HTTP requests', 'http-request'],
    ['sends messages', 'send-message'],
    ['receives messages', 'receive-message'],
    ['sends withdrawable cards', 'send-card'],
    ['sends push notifications', 'push-notification'],
    ['emits events', 'emit-event'],
    ['evaluates conditions', 'branch'],
    ['evaluates expressions', 'evaluate'],
  ])('[DOC-17] %s', (_, type) => {
    expect(REGISTRY.get(`${type}@1`)?.runtime.type).toBe(type)
  })

  it.each(['sms', 'whatsapp', 'viber', 'email', 'webchat'])(
    '[DOC-17] sends and receives messages: by %s',
    (channel) => {
      const run = play(
        program({
          nodes: {
            tell: node('send-message', { prompt: 'Hello', channel }),
            hear: node('receive-message', { channels: [channel], byChannel: true }),
            done: end('ok'),
          },
          connect: ['start -> tell', 'tell -> hear', `hear:${channel} -> done`],
        }),
      )
      expect(run.effects[0]).toMatchObject({ type: 'message.send', text: 'Hello', channel })
      expect(run.give({ type: 'text', text: 'hi', channel }).outcome).toBe('ok')
    },
  )
})

describe('a node type of a host', () => {
  const weigh = defineNode({
    runtime: {
      type: 'acme-weigh',
      major: 1,
      outcomes: () => ['light', 'heavy'],
      enter: (context) => ({
        effects: [{ type: 'acme.weigh', parcel: context.text(context.config.parcel), awaited: true }],
        then: wait({ for: ['result'] }),
      }),
      on: (event) => (event.type === 'result' ? (Number(event.body) > 5 ? 'heavy' : 'light') : undefined),
    },
    title: 'Weigh',
    category: 'integration',
    icon: 'scale',
    help: 'Weighs a parcel.',
    fields: { parcel: f.template({ label: 'Parcel' }) },
    pauses: () => true,
  })
  const document = flow(
    {
      nodes: { it: node('acme-weigh', { parcel: 'A-{{1}}' }), done: end('light'), much: end('heavy') },
      connect: ['start -> it', 'it:light -> done', 'it:heavy -> much'],
    },
    [weigh],
  )

  it('[DOC-17] is registered as those that ship are, and runs as they do', () => {
    const run = play(compile(document, { nodes: [...palette, weigh] }))
    expect(run.effects[0]).toMatchObject({ type: 'acme.weigh', parcel: 'A-1' })
    expect(run.result({ body: 7 }).outcome).toBe('heavy')
  })

  it('[DOC-17] is checked as they are', () => {
    const nodes = [...palette, weigh]
    expect(validate(document, { nodes })).toEqual([])
    expect(validate(document, { nodes: palette }).map(({ code }) => code)).toEqual(['node.unknownType'])
    const blank = {
      ...document,
      nodes: document.nodes.map((each) => (each.id === 'it' ? { ...each, config: {} } : each)),
    }
    expect(validate(blank, { nodes }).map(({ code }) => code)).toEqual(['config.missing'])
  })

  it('[DOC-17] has a config schema as they have', () => {
    expect(configSchema(weigh.fields)).toMatchObject({
      required: ['parcel'],
      properties: { parcel: { title: 'Parcel' } },
    })
  })

  it('[DOC-17] cannot take the name of one that ships', () => {
    expect(() =>
      createRegistry([...palette, { ...weigh, runtime: { ...weigh.runtime, type: 'menu' } }]),
    ).toThrow('registry.repeated')
  })
})
