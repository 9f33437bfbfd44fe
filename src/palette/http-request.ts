import type { Template } from '../expressions/types.ts'
import {
  defineNode,
  type Entry,
  f,
  type NodeContext,
  NodeFault,
  type RetryPolicy,
  type SessionEvent,
  wait,
} from '../nodes/index.ts'
import { isGiven } from './is-given.ts'
import { resultTimedOut } from './results.ts'

/**
 * Makes an HTTP request and waits for the answer. Statuses 200 to 299 lead to `success`, others to `httpError`,
 * a request that could not be made to `failed`. Expressions read `nodes.<id>.status` and `nodes.<id>.body`. What is
 * filled into the address belongs into `urlEncode`, or into `query`, which encodes by itself. `form` sends its fields
 * as the body of a web form.
 *
 * @example
 * { "method": "PUT", "url": "https://api.example.com/orders/{{urlEncode(id)}}", "body": "order", "timeout": "5s" }
 */
export const httpRequest = defineNode({
  runtime: {
    type: 'http-request',
    major: 1,
    outcomes: () => ['success', 'httpError', 'timeout', 'failed'],
    defaults: { httpError: 'failed', timeout: 'failed' },
    enter(context) {
      const { config } = context
      const url = withQuery(address(context.text(config.url)), encodePairs(config.query, context))
      const headers: { [name: string]: string } = {}
      for (const { name, value } of config.headers ?? [])
        headers[headerName(name)] = headerValue(context.text(value))
      const form = encodePairs(config.form, context)
      if (form !== undefined && !Object.keys(headers).some((name) => /^content-type$/i.test(name)))
        headers['content-type'] = FORM_TYPE
      const body = form ?? (config.body === undefined ? undefined : context.evaluate(config.body))
      return {
        effects: [
          {
            type: 'http.request',
            method: config.method,
            url,
            headers,
            ...(body === undefined ? {} : { body }),
            timeoutMs: config.timeout,
            awaited: true,
            ...retryPolicy(config.attempts),
          },
        ],
        then: wait({
          for: ['result'],
          timeoutMs: longestMs(config.timeout, config.attempts) + TIMER_SLACK_MS,
        }),
      }
    },
    on(event: SessionEvent) {
      if (event.type === 'timer') return 'timeout'
      if (event.type !== 'result') return undefined
      if (resultTimedOut(event)) return 'timeout'
      if (event.error !== undefined) return 'failed'
      const status = event.status ?? 200
      return {
        output: { status, body: event.body ?? null },
        then: status >= 200 && status < 300 ? 'success' : 'httpError',
      }
    },
  },
  title: 'HTTP request',
  category: 'integration',
  icon: 'globe',
  help: 'Calls a web service and waits for its answer.',
  fields: {
    method: f.options(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], { label: 'Method', default: 'GET' }),
    url: f.template({
      label: 'Address',
      help: 'Wrap what is filled in, as in {{urlEncode(order)}}: it may hold characters that mean something there.',
    }),
    headers: f.record(f.template(), { label: 'Headers', max: 50, optional: true }),
    body: f.expression('any', {
      label: 'Body',
      help: 'Sent as JSON; a text is sent as it stands.',
      optional: true,
    }),
    query: f.record(f.template(), {
      label: 'Query',
      help: 'Parameters to put behind the address, encoded.',
      max: 50,
      optional: true,
    }),
    form: f.record(f.template(), {
      label: 'Form fields',
      help: 'Sent as a web form sends them, in place of a body.',
      max: 50,
      optional: true,
    }),
    timeout: f.duration({ label: 'Wait at most', default: '10s' }),
    attempts: f.number({
      label: 'Tries',
      help: 'In all, the first included.',
      min: 1,
      max: 10,
      integer: true,
      default: 1,
    }),
  },
  outputs: () => ({ status: 'number', body: 'any' }),
  // An address or header that is refused leaves by on:error at once; such a cycle ends at the limit of steps.
  pauses: () => true,
  check({ body, form }, report) {
    if (isGiven(body) && isGiven(form)) {
      report('config.wrongType', ['form'], {
        field: 'Form fields',
        expected: 'empty where a body is given',
        got: 'both',
      })
    }
  },
})

/** The host's own deadline should pass first; the wait's timer is the net below it. */
const TIMER_SLACK_MS = 30_000

/** White space and control characters would end the address early, or begin another line of the request. */
function address(url: string): string {
  if (!/^https?:\/\//i.test(url))
    throw new NodeFault('http.badUrl', 'The address does not begin with http:// or https://')
  if (/[\s\p{Cc}]/u.test(url))
    throw new NodeFault('http.badUrl', 'The address holds white space or a control character')
  return url
}

const FORM_TYPE = 'application/x-www-form-urlencoded'

/** Names and values as a web form writes them (WHATWG URL, 5.2); `undefined` where there are none. */
function encodePairs(
  entries: readonly Entry<Template>[] | undefined,
  context: NodeContext<unknown>,
): string | undefined {
  if (entries === undefined || entries.length === 0) return undefined
  return new URLSearchParams(
    entries.map(({ name, value }): [string, string] => [name, context.text(value)]),
  ).toString()
}

/** Behind what the address asks for already, and before its fragment. */
function withQuery(url: string, query: string | undefined): string {
  if (query === undefined) return url
  const hash = url.indexOf('#')
  const [base, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash)]
  return `${base}${base.includes('?') ? '&' : '?'}${query}${fragment}`
}

/** A token of RFC 9110, 5.6.2: a colon or a line break would begin a value or another header. */
function headerName(name: string): string {
  if (!/^[\w!#$%&'*+\-.^`|~]+$/.test(name))
    throw new NodeFault('http.badHeader', 'The name of a header holds a character that none may have')
  return name
}

/** A line break in a header would let its value add headers of its own. */
function headerValue(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new NodeFault('http.badHeader', 'A header holds a line break')
  return text
}

const BACKOFF_MS = 500

/** How long the host takes at most: every try runs into its timeout, and the pause doubles with each. */
function longestMs(timeoutMs: number, attempts: number): number {
  return timeoutMs * attempts + BACKOFF_MS * (2 ** (attempts - 1) - 1)
}

function retryPolicy(attempts: number): { readonly retry?: RetryPolicy } {
  return attempts > 1 ? { retry: { attempts, backoffMs: BACKOFF_MS } } : {}
}
