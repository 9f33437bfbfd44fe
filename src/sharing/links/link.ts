import { isJsonObject } from '../../base/json.ts'
import type { StoredLink } from './link-store.ts'

/** A link as it was made: by it a contact starts a flow. */
export interface Link {
  readonly id: string
  readonly flow: string
  readonly application: string
  /** Which key of the application was in force when it was made. */
  readonly key: number
  /** True where its address carries a token. */
  readonly isProtected: boolean
  /** False where whoever opens it may change its parameters. */
  readonly fixedParameters: boolean
  readonly maxInvocations?: number
  /** From this instant on it cannot be opened. */
  readonly expiresAt?: number
  readonly at: number
  readonly by: string
  /** Kept for short links alone, whose address does not carry them. */
  readonly parameters?: Parameters
}

/** What an address passes to the flow, by name, as it is written there. */
export interface Parameters {
  readonly [name: string]: string
}

/** A link as a store keeps it, under the hash of its short code where it has one. */
export function storedLink(link: Link, code: string | undefined): StoredLink {
  const { id, flow, application, at, ...rest } = link
  return { id, flow, application, at, text: JSON.stringify(rest), ...(code === undefined ? {} : { code }) }
}

/** The link that a store has kept. Throws for one that it has not kept as it was. */
export function readLink({ id, flow, application, at, text }: StoredLink): Link {
  const rest: unknown = JSON.parse(text)
  if (!isJsonObject(rest) || typeof rest.key !== 'number' || typeof rest.isProtected !== 'boolean')
    throw new TypeError(`The link ${id} is not what was stored`)
  return {
    ...(rest as unknown as Omit<Link, 'id' | 'flow' | 'application' | 'at'>),
    id,
    flow,
    application,
    at,
  }
}
