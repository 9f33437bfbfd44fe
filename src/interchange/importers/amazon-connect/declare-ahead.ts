import type { Names } from '../shared/names.ts'
import { type ConnectAction, objectAt } from './connect-flow.ts'
import type { Carried } from './handing-over.ts'
import { type Root, textsIn } from './namespaces.ts'
import { isDynamic, piecesOf } from './paths.ts'
import { OWN } from './references.ts'

/** Actions that leave something with the contact, or need it, by the variable that keeps it. */
const KEPT: { readonly [type: string]: string } = {
  CreateCallbackContact: 'CustomerCallbackNumber',
  TransferContactToQueue: 'TargetQueue',
  UpdateContactCallbackNumber: 'CustomerCallbackNumber',
  UpdateContactTargetQueue: 'TargetQueue',
}

/**
 * Declares what a flow reads or sets of the contact anywhere, by the names of the variables: an action that goes on in
 * another flow hands over all of them.
 */
export function declareAhead(
  actions: readonly ConnectAction[],
  roots: ReadonlyMap<string, Root>,
  names: Names,
): readonly Carried[] {
  const variables = new Map<string, string>()
  for (const [root, place] of roots)
    if ('variable' in place) variables.set(`$.${root}`, names.own(root, { any: true }))
  const declare = (name: string) => variables.set(name, names.variable(name, { input: true }))
  for (const { type, properties } of actions) {
    for (const text of textsIn(properties))
      for (const piece of piecesOf(text)) {
        if (!('path' in piece)) continue
        else if (piece.path[0] === 'Attributes' && piece.path.length > 1)
          declare(piece.path.slice(1).join('.'))
        else if (OWN.some((name) => name === piece.path[0]))
          variables.set(`$.${piece.path[0]}`, names.own(piece.path[0]!))
      }
    const kept = Object.hasOwn(KEPT, type) ? KEPT[type] : undefined
    if (kept !== undefined) variables.set(`$.${kept}`, names.own(kept))
    if (type !== 'UpdateContactAttributes' || properties.TargetContact === 'Related') continue
    const keys = Object.keys(objectAt(properties, 'Attributes'))
    if (!keys.some(isDynamic)) for (const key of keys) declare(key)
  }
  return [...variables].map(([name, variable]) => ({ name, variable }))
}
