import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { escapeXml } from '../../drawing/xml.ts'
import type { Removed } from '../without-secrets.ts'
import { section, table, userText } from './html.ts'
import type { NodeNames } from './name-nodes.ts'
import type { ViewerWords } from './words.ts'

/** Errors and warnings that the page names one by one. */
const MAX_FINDINGS = 500
const MAX_MESSAGE = 1_000

/** What is wrong with the flow, errors first. */
export function findingSection(
  findings: readonly Diagnostic[],
  names: NodeNames,
  words: ViewerWords,
): string {
  const rows = findings.slice(0, MAX_FINDINGS).map((each) => findingRow(each, names, words))
  const hidden = findings.length - rows.length
  return section(
    'findings',
    words.findings,
    rows.length === 0
      ? `<p>${escapeXml(words.found(0, 0))}.</p>`
      : table('findings', [words.severity, words.place, words.message], rows),
    hidden > 0 ? `<p class="more">${escapeXml(words.more(hidden))}</p>` : '',
  )
}

/**
 * Findings for strangers: those of the flow, errors first. A message may quote what it speaks of, so that of a place from
 * which a secret was taken says no more than that there is one.
 */
export function shownFindings(
  flow: string,
  diagnostics: readonly Diagnostic[],
  removed: readonly Removed[],
  words: ViewerWords,
): readonly Diagnostic[] {
  const secret = new Map<string | undefined, Removed[]>()
  for (const each of removed) {
    const there = secret.get(each.node)
    if (there === undefined) secret.set(each.node, [each])
    else there.push(each)
  }
  const told = diagnostics
    .filter(({ location }) => (location.flow ?? flow) === flow)
    .map((each): Diagnostic => {
      const { node, path = [] } = each.location
      const quotes =
        path.length > 0 &&
        secret.get(node)?.some((one) => isWithin(one.path, path) || isWithin(path, one.path))
      return quotes === true ? { ...each, message: words.messageWithheld } : each
    })
  return [
    ...told.filter(({ severity }) => severity === 'error'),
    ...told.filter(({ severity }) => severity === 'warning'),
  ]
}

function isWithin(outer: readonly (string | number)[], inner: readonly (string | number)[]): boolean {
  return outer.length <= inner.length && outer.every((part, index) => part === inner[index])
}

function findingRow(
  { severity, location, message, code }: Diagnostic,
  names: NodeNames,
  words: ViewerWords,
): string {
  const place = location.node === undefined ? escapeXml(words.wholeFlow) : names.linkWithId(location.node)
  return (
    `<tr><th scope="row"><span class="severity ${severity}">${escapeXml(words.severities[severity])}</span></th>` +
    `<td>${place}</td><td>${userText(message, MAX_MESSAGE)} <code class="code">${userText(code)}</code></td></tr>\n`
  )
}
