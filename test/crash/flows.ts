import type { FlowDocument } from '../../src/index.ts'
import { support } from '../runtime/host/bureau.ts'

/** The numbers that flows are reached at: one each, so that what comes in says which flow it starts. */
export const NUMBERS = { support: '+4930100', reminder: '+4930101', survey: '+4930102' } as const

type Node = { readonly id: string; readonly type: string; readonly config: object }

/** The workload of the harness. No deadline of theirs passes by itself, however slow the machine, unless it is meant to. */
export function flows(): readonly FlowDocument[] {
  return [patientSupport(), order(), receipt(), reminder(), survey()]
}

/** The support flow. Ten seconds for an answer are too few for somebody whose provider is killed all the time. */
function patientSupport(): FlowDocument {
  const document = support('support')
  const nodes = document.nodes.map((node) =>
    node.id === 'menu' ? { ...node, config: { ...node.config, timeout: '1h' } } : node,
  )
  return { ...document, nodes } as FlowDocument
}

/** Started through the API, once for each order: a web service, an event for another flow, one from outside, a log. */
function order(): FlowDocument {
  const nodes: Node[] = [
    {
      id: 'start',
      type: 'start@1',
      config: { trigger: 'manual', data: [{ name: 'order', type: 'text' }] },
    },
    {
      id: 'quote',
      type: 'http-request@1',
      config: {
        method: 'POST',
        url: 'https://shop.example/quotes',
        body: 'trigger.data.order',
        timeout: '10s',
        attempts: 6,
      },
    },
    {
      id: 'price',
      type: 'send-message@1',
      config: {
        prompt: 'Order {{trigger.data.order}} costs {{nodes.quote.body.price}}.',
        await: 'accepted',
        timeout: '10m',
      },
    },
    {
      id: 'visit',
      type: 'update-contact@1',
      config: { fields: { visits: 'default(contact.visits, 0) + 1' } },
    },
    {
      id: 'placed',
      type: 'emit-event@1',
      config: { event: 'order.placed', data: { order: 'trigger.data.order' } },
    },
    { id: 'shipped', type: 'wait-for-event@1', config: { event: 'order.shipped' } },
    {
      id: 'away',
      type: 'send-message@1',
      config: { prompt: 'It is on its way with {{nodes.shipped.data.carrier}}.' },
    },
    { id: 'note', type: 'log@1', config: { logbook: 'orders', fields: { order: 'trigger.data.order' } } },
    { id: 'end', type: 'end@1', config: { outcome: 'done' } },
    { id: 'pity', type: 'end@1', config: { outcome: 'failed' } },
  ]
  const links = [
    'start next quote',
    'quote success price',
    'quote httpError pity',
    'quote timeout pity',
    'quote failed pity',
    'price sent visit',
    'price failed pity',
    'price timeout pity',
    'visit next placed',
    'placed next shipped',
    'shipped received away',
    'away next note',
    'note next end',
  ]
  return flow('order', nodes, links, {
    duplicates: { prevent: true, identifier: 'trigger.data.order' },
    contact: [{ name: 'visits', type: 'number' }],
    logbooks: [{ name: 'orders', fields: ['order'] }],
  })
}

/** Started by an event of the flow `order`. */
function receipt(): FlowDocument {
  const data = [{ name: 'order', type: 'text' }]
  const nodes: Node[] = [
    { id: 'start', type: 'start@1', config: { trigger: 'event', event: 'order.placed', data } },
    {
      id: 'paper',
      type: 'send-message@1',
      config: { prompt: 'Your receipt for order {{trigger.data.order}}.', channel: 'sms' },
    },
    { id: 'end', type: 'end@1', config: { outcome: 'done' } },
  ]
  return flow('receipt', nodes, ['start next paper', 'paper next end'])
}

/** Lives by its timers alone once it has begun. */
function reminder(): FlowDocument {
  const nodes: Node[] = [
    { id: 'start', type: 'start@1', config: { trigger: 'message', channel: 'sms' } },
    { id: 'promise', type: 'send-message@1', config: { prompt: 'You will hear from us.' } },
    { id: 'rest', type: 'delay@1', config: { duration: '40ms' } },
    { id: 'remind', type: 'send-message@1', config: { prompt: 'This is your reminder.' } },
    { id: 'thanks', type: 'wait-for-event@1', config: { event: 'reminder.thanks', timeout: '30ms' } },
    { id: 'again', type: 'send-message@1', config: { prompt: 'And this is the last one.' } },
    { id: 'end', type: 'end@1', config: { outcome: 'done' } },
  ]
  return flow('reminder', nodes, [
    'start next promise',
    'promise next rest',
    'rest done remind',
    'remind next thanks',
    'thanks received end',
    'thanks timeout again',
    'again next end',
  ])
}

/** A card with buttons, a question, a log. */
function survey(): FlowDocument {
  const buttons = [
    { value: 'yes', text: 'I did' },
    { value: 'no', text: 'Not really' },
  ]
  const nodes: Node[] = [
    { id: 'start', type: 'start@1', config: { trigger: 'message', channel: 'sms' } },
    { id: 'card', type: 'send-card@1', config: { title: 'Did you like it?', buttons } },
    { id: 'what', type: 'collect-input@1', config: { prompt: 'What of it?', variable: 'what' } },
    { id: 'note', type: 'log@1', config: { logbook: 'likes', fields: { what: 'what' } } },
    { id: 'thanks', type: 'send-message@1', config: { prompt: 'Thank you, {{what}} it is.' } },
    { id: 'end', type: 'end@1', config: { outcome: 'done' } },
    { id: 'pity', type: 'end@1', config: { outcome: 'failed' } },
  ]
  const links = [
    'start next card',
    'card yes what',
    'card no pity',
    'card failed pity',
    'what valid note',
    'note next thanks',
    'thanks next end',
  ]
  return flow('survey', nodes, links, {
    variables: [{ name: 'what', type: 'text' }],
    logbooks: [{ name: 'likes', fields: ['what'] }],
  })
}

/** A document of its nodes and of links such as `start next end`: a node, its outcome, the node that this leads to. */
function flow(
  id: string,
  nodes: readonly Node[],
  links: readonly string[],
  settings: object = {},
): FlowDocument {
  return {
    ...support(id),
    name: id,
    settings: {
      outcomes: [
        { code: 'done', kind: 'completed' },
        { code: 'failed', kind: 'incomplete' },
      ],
      ...settings,
    },
    nodes: nodes.map((node, index) => ({ ...node, position: { x: 240 * index, y: 0 } })),
    connectors: links.map((link) => {
      const [node, outcome, to] = link.split(' ') as [string, string, string]
      return { id: `${node}:${outcome}`, from: { node, outcome }, to }
    }),
    notes: [],
  } as unknown as FlowDocument
}
