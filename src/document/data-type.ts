import { isJsonObject } from '../base/json.ts'
import type { DataType } from './flow-document.ts'

/** Whether a value that is not null may stand where a type is declared. A date is a text; its form is for whoever asks. */
export const FITS_TYPE: { readonly [Type in DataType]: (value: unknown) => boolean } = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string',
  list: (value) => Array.isArray(value),
  object: (value) => isJsonObject(value),
  any: () => true,
}
