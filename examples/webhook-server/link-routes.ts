import type { Host } from 'sluice/runtime'
import type { Links } from 'sluice/sharing'
import { type Answer, notAllowed } from './answer.ts'
import { WEB } from './flows.ts'
import { brokenPage, invitationPage, startedPage, unavailablePage } from './link-pages.ts'
import { saidBy } from './pages.ts'

export interface LinkRoutes {
  readonly links: Links
  readonly host: Host
  readonly log: (line: string) => void
}

/** By its whole address, with the form that was sent. */
export interface LinkRequest {
  readonly method: string
  readonly url: string
  readonly body: string
}

/**
 * Answers a request for a link. To look at it costs nothing: messengers and mail programs do so before
 * a person does. The button starts the flow, and counts.
 */
export async function answerLink(
  { links, host, log }: LinkRoutes,
  { method, url, body }: LinkRequest,
): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') return notAllowed('GET', 'HEAD', 'POST')
  const once = new URLSearchParams(body).get('once')
  const resolved =
    method === 'POST' ? await links.resolve(url, once === null ? {} : { once }) : await links.peek(url)
  if (!resolved.ok) return unavailablePage(resolved.reason, resolved.lift)
  const { trigger, frameAncestors } = resolved
  const { name } = resolved.link
  if (method !== 'POST') return invitationPage(name, frameAncestors)
  const started = await host.trigger({ ...trigger, channel: WEB.channel })
  if (!started.ok) {
    log(`link not started: ${started.code}`)
    return brokenPage(name, frameAncestors)
  }
  const [first] = await host.sessions.history(started.session)
  return startedPage(name, first?.entries.flatMap(saidBy) ?? [], frameAncestors)
}
