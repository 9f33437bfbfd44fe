/**
 * Why a request came to no answer. `final` ones come out the same at every try: the request, or what it leads to, is wrong.
 */
export class HttpFault extends Error {
  readonly code: HttpFaultCode
  readonly final: boolean

  constructor(code: HttpFaultCode, message: string) {
    super(message)
    this.name = 'HttpFault'
    this.code = code
    this.final = !PASSING.has(code)
  }
}

export type HttpFaultCode =
  /** The effect is none that this handler does, or lacks a member. */
  | 'http.badRequest'
  | 'http.badUrl'
  | 'http.credentialsInUrl'
  | 'http.badMethod'
  | 'http.badHeader'
  | 'http.portRefused'
  | 'http.addressRefused'
  | 'http.badRedirect'
  | 'http.tooManyRedirects'
  | 'http.tooLarge'
  | 'http.encoded'
  | 'http.badBody'
  /** From here on another try may do better. */
  | 'http.network'
  | 'http.timeout'
  | 'http.aborted'

const PASSING: ReadonlySet<HttpFaultCode> = new Set(['http.network', 'http.timeout', 'http.aborted'])
