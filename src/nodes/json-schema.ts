import type { Json, JsonObject } from '../base/json.ts'
import { type Field, type Fields, isOptional } from './fields.ts'

const SOURCE: JsonObject = {
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: { language: { type: 'string' }, source: { type: 'string' } },
      required: ['language', 'source'],
      additionalProperties: false,
    },
  ],
}

const LOCALISED: JsonObject = {
  anyOf: [
    SOURCE,
    {
      type: 'object',
      properties: { texts: { type: 'object', additionalProperties: SOURCE } },
      required: ['texts'],
      additionalProperties: false,
    },
  ],
}

const PROMPT: JsonObject = {
  anyOf: [
    SOURCE,
    {
      type: 'object',
      properties: { text: LOCALISED, speech: LOCALISED, audio: { type: 'string' }, media: SOURCE },
      minProperties: 1,
      additionalProperties: false,
    },
  ],
}

const DATA_FIELDS: JsonObject = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', pattern: '^[A-Za-z_]\\w*$' },
      type: { enum: ['text', 'number', 'boolean', 'date', 'list', 'object', 'any'] },
      required: { type: 'boolean' },
      sensitive: { type: 'boolean' },
      label: { type: 'string' },
    },
    required: ['name', 'type'],
    additionalProperties: false,
  },
}

/**
 * JSON Schema (draft 2020-12) of a node type's config, for form libraries. The member `x-kind` names the kind
 * of field, so that a form can offer an expression editor or a variable picker.
 */
export function configSchema(fields: Fields): JsonObject {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...objectSchema(fields) }
}

function objectSchema(fields: Fields): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
    required: Object.keys(fields).filter((name) => !isOptional(fields[name]!)),
    additionalProperties: false,
  }
}

function fieldSchema(field: Field): JsonObject {
  const { label, help, default: preset } = field
  const about: { [name: string]: Json } = { 'x-kind': field.kind }
  if (label !== undefined) about.title = label
  if (help !== undefined) about.description = help
  if (preset !== undefined) about.default = preset
  return { ...shapeSchema(field), ...about }
}

function shapeSchema(field: Field): JsonObject {
  switch (field.kind) {
    case 'text':
      return { type: 'string', maxLength: field.maxLength, pattern: field.pattern }
    case 'number':
      return { type: field.integer === true ? 'integer' : 'number', minimum: field.min, maximum: field.max }
    case 'boolean':
      return { type: 'boolean' }
    case 'options':
      return { enum: field.options }
    case 'duration':
      return { type: 'string', pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d|w))+$' }
    case 'template':
    case 'expression':
      return SOURCE
    case 'prompt':
      return PROMPT
    case 'pattern':
      return { type: 'string', maxLength: 1_000 }
    case 'variable':
    case 'flowRef':
      return { type: 'string' }
    case 'json':
      return {}
    case 'dataFields':
      return DATA_FIELDS
    case 'list':
      return { type: 'array', items: fieldSchema(field.of), minItems: field.min, maxItems: field.max }
    case 'object':
      return objectSchema(field.fields)
    case 'record':
      return { type: 'object', additionalProperties: fieldSchema(field.of), maxProperties: field.max }
  }
}
