import { randomUUID } from 'node:crypto'
import { type Answer, escapeHtml, page } from './answer.ts'

/** What somebody sees who opens a link: what will start, and the button that starts it. */
export function invitationPage(name: string, frameAncestors: string): Answer {
  // Sent to where the page came from, parameters and token included.
  // Pressed twice, or sent again, it starts once.
  const once = `<input type="hidden" name="once" value="${randomUUID()}">`
  const form = `<form method="post">${once}<button>Start</button></form>`
  return page(name, `<p>You have been sent a link to “${escapeHtml(name)}”.</p>${form}`, {
    frameAncestors,
    sendsForm: true,
  })
}

/** What a session said first. */
export function startedPage(name: string, said: readonly string[], frameAncestors: string): Answer {
  const words = said.length === 0 ? ['It has started.'] : said
  return page(name, words.map((text) => `<p>${escapeHtml(text)}</p>`).join(''), { frameAncestors })
}

/** The same for every reason. */
export function unavailablePage(reason: string, lift: string): Answer {
  return page(reason, `<p>${escapeHtml(lift)}</p>`, { status: 404 })
}

export function brokenPage(name: string, frameAncestors: string): Answer {
  return page(name, '<p>This cannot start at the moment. Try again later.</p>', {
    status: 503,
    frameAncestors,
  })
}

/** A page as somebody else has it, with the code by which a link is embedded, in both forms. */
export function embeddingPage(
  embed: { readonly iframe: string; readonly script: string },
  origin: string,
): Answer {
  return page('A page of somebody else', `<h2>A frame</h2>${embed.iframe}<h2>A script</h2>${embed.script}`, {
    policy: [`frame-src ${origin}`, `script-src ${origin}`],
  })
}
