import type { HistoryView, ListedSession, SessionView } from 'sluice/runtime'

/** The sessions, the latest first. */
export function listPage(sessions: readonly ListedSession[]): string {
  const rows = sessions.map(({ session, head }) => {
    const link = `<a href="/sessions/${encodeURIComponent(session)}">${escapeHtml(session)}</a>`
    const cells = [
      head.flow,
      head.version,
      head.contact ?? '',
      head.status,
      head.outcome ?? '',
      when(head.startedAt),
    ]
    return `<tr><td>${link}</td>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
  })
  const head = ['Session', 'Flow', 'Version', 'Contact', 'Status', 'Outcome', 'Started']
  return page(
    'Sessions',
    `<table><tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>${rows.join('')}</table>`,
  )
}

/** One session: what it said and where it went, step by step. */
export function sessionPage({ session, head }: SessionView, history: readonly HistoryView[]): string {
  const items = history.flatMap(({ at, event, entries }) => {
    const lines = entries.flatMap((entry) => {
      if (entry.type === 'leave') return [`${entry.node} → ${entry.outcome}`]
      if (entry.type === 'end') return [`${entry.node} ■ ${entry.outcome}`]
      const { type, text } = entry.type === 'effect' ? entry.effect : { type: '', text: undefined }
      return type === 'message.send' && typeof text === 'string' ? [`“${text}”`] : []
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

export function missingPage(): string {
  return page('Not found', '<p>There is no such session.</p>')
}

function page(title: string, body: string): string {
  const style =
    'body{font:16px sans-serif;margin:2em}td,th{padding:.2em 1em .2em 0;text-align:left}h2{font-size:1em}'
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style><h1>${escapeHtml(title)}</h1>${body}</html>`
}

function when(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}
