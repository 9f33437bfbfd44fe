import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../src/document/flow-document.ts'
import { palette } from '../../src/palette/index.ts'
import { withoutSecrets } from '../../src/sharing/index.ts'

/** The config that is left of one. */
function cleaned(type: string, config: object): unknown {
  const document = {
    schema: 1,
    id: 'f',
    name: 'F',
    medium: 'any',
    role: 'main',
    audience: 'interaction',
    settings: {},
    nodes: [{ id: 'n', type, config }],
    connectors: [],
    notes: [],
  } as unknown as FlowDocument
  return withoutSecrets(document, palette).document.nodes[0]!.config
}

describe('[SHR-2] an address', () => {
  it.each([
    ['{{base}}/orders?api_key=hunter2&page=1', '{{base}}/orders?page=1'],
    ['{{base}}?token=hunter2', '{{base}}'],
    ['{{base}}/orders?api_key={{key}}', '{{base}}/orders?api_key={{key}}'],
    ['wss://user:hunter2@pbx.example/x?token=hunter2', 'wss://pbx.example/x'],
    ['https://user:hunter2@a.example/', 'https://a.example/'],
  ])('loses its credentials, also where its beginning is filled in: %s', (url, left) => {
    expect(cleaned('http-request@1', { url })).toEqual({ url: left })
  })

  it.each([
    ['postgres://user:hunter2@db.example/orders', 'postgres://db.example/orders'],
    ['amqps://user:hunter2@queue.example', 'amqps://queue.example'],
    ['sip:ada@pbx.example', 'sip:ada@pbx.example'],
    ['mailto:ada@shop.example', 'mailto:ada@shop.example'],
    ['Call 1:1 a@b', 'Call 1:1 a@b'],
  ])('of anything else than the web does so, too: %s', (url, left) => {
    const fields = { to: JSON.stringify(url) }
    expect(cleaned('custom-effect@1', { effect: 'x', fields })).toEqual({
      effect: 'x',
      fields: { to: JSON.stringify(left) },
    })
  })

  it.each(['{{name}}? token=1 is your number', '{{name}} / pin=1234', '{{name}}, see a?token=1'])(
    'is not what only begins like one: %s',
    (text) => {
      expect(cleaned('send-message@1', { prompt: text })).toEqual({ prompt: text })
    },
  )
})
