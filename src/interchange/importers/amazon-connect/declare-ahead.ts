import type { Names } from '../shared/names.ts'
import { type ConnectAction, objectAt } from './connect-flow.ts'
import { type Root, textsIn } from './namespaces.ts'
import { isDynamic, piecesOf } from './paths.ts'

/**
 * Declares what a flow reads or sets of the contact anywhere, by the names of the variables: an action that goes on in
 * another flow hands over all of them.
 */
export function declareAhead(
  actions: readonly ConnectAction[],
  roots: ReadonlyMap<string, Root>,
  names: Names,
): readonly string[] {
  const variables = new Set<string>()
  for (const [root, place] of roots) if ('variable' in place) variables.add(names.own(root, { any: true }))
  const declare = (name: string) => variables.add(names.variable(name, { input: true }))
  for (const { type, properties } of actions) {
    for (const text of textsIn(properties))
      for (const piece of piecesOf(text)) {
        if (!('path' in piece)) continue
        else if (piece.path[0] === 'Attributes' && piece.path.length > 1)
          declare(piece.path.slice(1).join('.'))
        else if (piece.path[0] === 'StoredCustomerInput') variables.add(names.own('StoredCustomerInput'))
      }
    if (type !== 'UpdateContactAttributes' || properties.TargetContact === 'Related') continue
    const keys = Object.keys(objectAt(properties, 'Attributes'))
    if (!keys.some(isDynamic)) for (const key of keys) declare(key)
  }
  return [...variables]
}
