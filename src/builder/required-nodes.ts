import { SluiceError } from '../base/sluice-error.ts'

/** The node types of some options; throws `build.nodes` where there are none, as plain JavaScript may have it. */
export function requiredNodes<Types extends Iterable<unknown>>(
  options: { readonly nodes: Types } | undefined,
): Types {
  if (typeof options?.nodes?.[Symbol.iterator] === 'function') return options.nodes
  throw new SluiceError({
    code: 'build.nodes',
    problem: 'No node types were passed',
    next: 'Pass { nodes: palette }, with palette from sluice/palette',
  })
}
