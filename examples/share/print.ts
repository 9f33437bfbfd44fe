import type { LinkOffer, RefusedLink, SharingRefusal } from 'sluice/sharing'

let steps = 0

/** The heading of the next step. */
export function heading(title: string): void {
  steps += 1
  console.log(`${steps === 1 ? '' : '\n'}${steps}. ${title}`)
}

export function tell(...lines: readonly string[]): void {
  for (const line of lines) console.log(`   ${line}`)
}

/** What something came to that was refused. */
export function tellRefusal(outcome: { readonly ok: true } | SharingRefusal): void {
  if (outcome.ok) throw new Error('It was not refused')
  tell(`Refused (${outcome.code}): ${outcome.reason}`, `To lift it: ${outcome.lift}`)
}

/** A line of the log, which nobody outside sees. */
export function tellLogged({ code, reason, application }: RefusedLink): void {
  tell(`Log: ${code}${application === undefined ? '' : ` (${application})`}: ${reason}`)
}

/** An application, with what holds for its links. */
export function tellOffer({ application, isProtected, rules }: LinkOffer): void {
  const { maxInvocations, lifetimeMs, embedding = [] } = rules
  const times = maxInvocations === undefined ? 'any number of times' : `${maxInvocations} times`
  const end = lifetimeMs === undefined ? 'no end' : `ends after ${lifetimeMs / 60_000} minutes`
  const pages = embedding.length === 0 ? 'nobody' : embedding.join(', ')
  tell(
    `${application.name}: ${isProtected ? 'protected' : 'unprotected'}, opened ${times}, ${end}, embedded by ${pages}`,
  )
}

/** An address without most of its token, which is as long as a line. */
export function shown(url: string): string {
  return url.replace(/_token=[^&"]*/, '_token=…')
}
