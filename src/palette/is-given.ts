import type { Json } from '../base/json.ts'

/** False for a field that is left out, and for what a form leaves behind in one that was cleared. */
export function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}
