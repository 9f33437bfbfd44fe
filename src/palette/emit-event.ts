import { defineNode, f } from '../nodes/index.ts'
import { valuesOf } from './named-values.ts'

/**
 * Tells the world outside that something has happened: an event by name, with data. The host passes it on, to sessions
 * that wait for it and to whoever else wants to know.
 *
 * @example { "event": "order.cancelled", "data": { "order": "trigger.data.order" } }
 */
export const emitEvent = defineNode({
  runtime: {
    type: 'emit-event',
    major: 1,
    outcomes: () => ['next'],
    enter(context) {
      const { event, data } = context.config
      return { effects: [{ type: 'event.emit', name: event, data: valuesOf(context, data) }], then: 'next' }
    },
  },
  title: 'Emit event',
  category: 'integration',
  icon: 'radio',
  help: 'Tells other systems that something has happened.',
  fields: {
    event: f.text({ label: 'Event', maxLength: 128, role: 'event' }),
    data: f.record(f.expression('any'), { label: 'Data', max: 200, optional: true }),
  },
})
