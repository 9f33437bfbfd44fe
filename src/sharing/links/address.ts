import { err, ok, type Result } from '../../base/result.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import type { Parameters } from './link.ts'
import { pairsOf, TOKEN_NAME } from './parameters.ts'

/** Characters of an address that every browser, mail program and messenger passes on whole. */
export const MAX_ADDRESS = 2_000

/** Characters of an address from outside that are looked at. */
const MAX_READ = 8_000

/** What an address says: which link, and what comes with it. */
export type Address =
  | {
      readonly kind: 'full'
      readonly id: string
      readonly parameters: Parameters
      readonly token?: string
    }
  | { readonly kind: 'short'; readonly code: string }

/** Ids and codes, so that nothing else is ever looked up. */
const NAME = /^[\w-]{8,64}$/

/** Makes and reads the addresses of one place on the web: `<base>/l/<id>?name=value` and `<base>/s/<code>`. */
export class Addresses {
  readonly #base: URL

  /** Throws `sharing.url` for a base that is no address of http or https. */
  constructor(base: string) {
    this.#base = baseOf(base)
  }

  full(id: string, parameters: Parameters, token: string | undefined): string {
    const url = new URL(`l/${id}`, this.#base)
    for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value)
    if (token !== undefined) url.searchParams.append(TOKEN_NAME, token)
    return url.href
  }

  short(code: string): string {
    return new URL(`s/${code}`, this.#base).href
  }

  /** Reads an address from outside, or says as the end of a sentence what is wrong with it. */
  read(text: unknown): Result<Address, string> {
    if (typeof text !== 'string') return err('it is no text')
    if (text.length > MAX_READ) return err(`it is longer than ${MAX_READ} characters`)
    if (!URL.canParse(text)) return err('it is no address')
    const url = new URL(text)
    if (url.origin !== this.#base.origin || url.username !== '' || url.password !== '')
      return err('it leads to another place')
    if (!url.pathname.startsWith(this.#base.pathname)) return err('it leads to another path')
    const [kind, name = '', ...more] = url.pathname.slice(this.#base.pathname.length).split('/')
    if ((kind !== 'l' && kind !== 's') || more.length > 0 || !NAME.test(name))
      return err('its path is none of a link')
    if (kind === 's')
      return url.search === '' ? ok({ kind: 'short', code: name }) : err('a short link carries no parameters')
    const tokens = url.searchParams.getAll(TOKEN_NAME)
    if (tokens.length > 1) return err('it carries more than one token')
    const others = [...url.searchParams].filter(([each]) => each !== TOKEN_NAME)
    const parameters = pairsOf(others)
    if (!parameters.ok) return err(parameters.error)
    const [token] = tokens
    return ok({
      kind: 'full',
      id: name,
      parameters: parameters.value,
      ...(token === undefined ? {} : { token }),
    })
  }
}

/** A base ends in a slash, so that what follows is put behind it and not in the place of its last part. */
export function baseOf(base: string): URL {
  const url = URL.canParse(base) ? new URL(base) : undefined
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new SluiceError({
      code: 'sharing.url',
      problem: `Links cannot begin with ${JSON.stringify(String(base))}`,
      next: 'Pass an address of http or https such as https://go.example/, without user, query and fragment',
    })
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
