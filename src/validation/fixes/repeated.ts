import { equalJson, type Json, type JsonObject } from '../../base/json.ts'
import { changeSettings, fixOf, short, type WithFix } from './fix.ts'

/** What the settings declare under a name. */
export type Declared<Member extends string> = { readonly [M in Member]: string } & {
  readonly label?: string
}

/**
 * Removes one of several declarations of a name. Of variables and fields of the contact the last one holds, so that an
 * earlier one goes, where it says nothing but another type; of flow outcomes, which are used by code alone, the later.
 */
export function removeRepeated<Member extends string>(
  list: 'variables' | 'contact' | 'outcomes',
  index: number,
  entries: readonly Declared<Member>[],
  member: Member,
): WithFix {
  const name = entries[index]![member]
  if (list === 'outcomes') return removal(`Remove the second ${short(name)}`, list, index)
  const first = entries.findIndex((entry) => entry[member] === name)
  const last = entries.findLast((entry) => entry[member] === name)!
  const dropped = entries[first]!
  const isLost = ([member, value]: readonly [string, unknown]) =>
    member !== 'type' && !equalJson(value as Json, (last as unknown as JsonObject)[member])
  return Object.entries(dropped).some(isLost) ? {} : removal(`Remove the first ${short(name)}`, list, first)
}

function removal(title: string, list: string, index: number): WithFix {
  return fixOf(title, changeSettings([list, index]))
}
