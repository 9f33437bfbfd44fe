import type { Json } from '../base/json.ts'
import { defineNode, f } from '../nodes/index.ts'

/**
 * Writes an entry to a logbook of the flow. A value that is sensitive, or computed from one that is, stands there as
 * `***`.
 *
 * @example { "logbook": "calls", "fields": { "ticket": "ticket", "reason": "\"no answer\"" } }
 */
export const log = defineNode({
  runtime: {
    type: 'log',
    major: 1,
    outcomes: () => ['next'],
    enter(context) {
      const { logbook, fields: entries } = context.config
      const fields: { [name: string]: Json } = {}
      for (const { name, value } of entries) fields[name] = context.masked(value)
      return { effects: [{ type: 'log.write', logbook, fields }], then: 'next' }
    },
  },
  title: 'Write to logbook',
  category: 'data',
  icon: 'notebook',
  help: 'Writes an entry to a logbook; sensitive values are masked.',
  fields: {
    logbook: f.text({ label: 'Logbook', role: 'logbook' }),
    fields: f.record(f.expression('any', { masked: true }), { label: 'Fields', max: 100, names: 'logbook' }),
  },
})
