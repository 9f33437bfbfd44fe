import { isJsonObject } from '../base/json.ts'
import { defineNode, f } from '../nodes/index.ts'
import { reportBadNames, valuesOf } from './named-values.ts'

/**
 * Changes fields of the contact: asks the host to store them, and goes on at once. What this session reads of the
 * contact changes with it. An expression that gives null empties the field.
 *
 * @example { "fields": { "tier": "\"gold\"", "visits": "default(contact.visits, 0) + 1" } }
 */
export const updateContact = defineNode({
  runtime: {
    type: 'update-contact',
    major: 1,
    outcomes: () => ['next'],
    enter(context) {
      const fields = valuesOf(context, context.config.fields)
      return { effects: [{ type: 'contact.update', fields }], contact: fields, then: 'next' }
    },
  },
  title: 'Update contact',
  category: 'data',
  icon: 'user-pen',
  help: 'Changes what is known of the contact, here and in the host’s own records.',
  fields: {
    fields: f.record(f.expression('any'), { label: 'Fields', max: 100, names: 'contact' }),
  },
  check({ fields }, report) {
    reportBadNames(fields, 'Field of the contact', 'fields', report)
    if (isJsonObject(fields) && Object.keys(fields).length === 0)
      report('config.missing', ['fields'], { field: 'Fields' })
  },
})
