import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { Source } from '../document/flow-document.ts'
import type { Field } from '../nodes/fields.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { isSource, promptTemplates } from '../nodes/prompt.ts'
import { visitConfig } from '../nodes/visit-config.ts'
import { oneLine } from './fit-text.ts'

/**
 * What a node says or does, in a few words: the first field of its config that tells. Fields stand in the order in
 * which people fill them in, so that this is the prompt of a menu, the condition of a branch, the address of a request.
 */
export function summarise(type: NodeType | undefined, config: JsonObject): string {
  if (type === undefined) return ''
  let found = ''
  let variable = ''
  visitConfig(type.fields, config, (field, value) => {
    if (found !== '' || value === undefined || value === null) return
    if (field.kind === 'variable' && typeof value === 'string') variable = value
    const told = tell(field, value)
    if (told === '') return
    found = field.kind === 'expression' && field.forVariable !== undefined ? `${variable} = ${told}` : told
  })
  return oneLine(found)
}

function tell(field: Field, value: Json): string {
  switch (field.kind) {
    case 'prompt':
      return tellPrompt(value)
    case 'template':
    case 'expression':
      return isSource(value) ? textOf(value) : ''
    case 'text':
      return typeof value === 'string' && field.role !== 'outcome' ? value : ''
    case 'duration':
    case 'flowRef':
    case 'pattern':
      return typeof value === 'string' ? value : ''
    case 'options':
      // Says little where it stands beside a text, but `call` is all that a start has to tell.
      return typeof value === 'string' && field.default === undefined ? value : ''
    default:
      return ''
  }
}

/** The text in the first language, else the name of the recording. */
function tellPrompt(value: Json): string {
  const [first] = promptTemplates(value)
  if (first !== undefined && textOf(first.source) !== '') return textOf(first.source)
  return isJsonObject(value) && typeof value.audio === 'string' ? value.audio : ''
}

function textOf(source: Source): string {
  const text = typeof source === 'string' ? source : source.source
  return text.split('\n').find((line) => line.trim() !== '') ?? ''
}
