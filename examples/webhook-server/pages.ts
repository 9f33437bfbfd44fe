import type { HistoryView, ListedSession, SessionView } from 'sluice/runtime'
import type { LinkView, RefusedLink } from 'sluice/sharing'
import { type Answer, escapeHtml, page } from './answer.ts'

/*
 * Pages for operators. A server of yours asks them to log in first.
 */

/** The sessions, the latest first. */
export function listPage(sessions: readonly ListedSession[]): Answer {
  const rows = sessions.map(({ session, head }) => {
    const link = `<a href="/sessions/${encodeURIComponent(session)}">${escapeHtml(session)}</a>`
    const { flow, version, contact = '', status, outcome = '', startedAt } = head
    return [link, ...[flow, version, contact, status, outcome, when(startedAt)].map(escapeHtml)]
  })
  const heads = ['Session', 'Flow', 'Version', 'Contact', 'Status', 'Outcome', 'Started']
  return page('Sessions', `<p><a href="/links">Links</a></p>${table(heads, rows)}`)
}

/** One session: what it said and where it went, step by step. */
export function sessionPage({ session, head }: SessionView, history: readonly HistoryView[]): Answer {
  const items = history.flatMap(({ at, event, entries }) => {
    const lines = entries.flatMap((entry) => {
      if (entry.type === 'leave') return [`${entry.node} → ${entry.outcome}`]
      if (entry.type === 'end') return [`${entry.node} ■ ${entry.outcome}`]
      return saidBy(entry).map((text) => `“${text}”`)
    })
    return [
      `<h2>${escapeHtml(when(at))} ${escapeHtml(event ?? 'start')}</h2>`,
      ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    ]
  })
  return page(
    `${head.flow} ${session}`,
    `<p>${escapeHtml(head.status)} ${escapeHtml(head.outcome ?? '')}</p>${items.join('')}`,
  )
}

/** The links that were made, and those that were refused lately, with the reason that their holders were not told. */
export function linksPage(links: readonly LinkView[], refused: readonly RefusedLink[]): Answer {
  const made = links.map(({ id, flow, application, by, at, isProtected, refusal }) =>
    [
      id,
      flow,
      application,
      by,
      when(at),
      isProtected ? 'protected' : 'unprotected',
      refusal?.code ?? 'open',
    ].map(escapeHtml),
  )
  const turned = refused.map(({ at, code, reason, link = '' }) =>
    [when(at), code, reason, link].map(escapeHtml),
  )
  return page(
    'Links',
    `${table(['Link', 'Flow', 'Application', 'By', 'Made', 'Protection', 'State'], made)}` +
      `<h2>Refused</h2>${table(['When', 'Code', 'Reason', 'Link'], turned)}`,
  )
}

export function missingPage(): Answer {
  return page('Not found', '<p>There is no such page.</p>', { status: 404 })
}

/** What a session says in one entry of its history. */
export function saidBy(entry: HistoryView['entries'][number]): readonly string[] {
  if (entry.type !== 'effect' || entry.effect.type !== 'message.send') return []
  return typeof entry.effect.text === 'string' ? [entry.effect.text] : []
}

/** A table of cells that are HTML. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  return `<table><tr>${heads.map((cell) => `<th>${cell}</th>`).join('')}</tr>${body.join('')}</table>`
}

function when(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
}
