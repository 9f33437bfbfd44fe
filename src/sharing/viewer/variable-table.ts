import type { Variable } from '../../document/flow-document.ts'
import { escapeXml } from '../../drawing/xml.ts'
import { plainText, section, table, userText } from './html.ts'
import { idAfter } from './name-nodes.ts'
import type { ViewerWords } from './words.ts'

const MAX_VARIABLES = 500

/** The variables in the order in which they are declared; of sensitive ones the name and the type. */
export function variableSection(variables: readonly Variable[], words: ViewerWords): string {
  if (variables.length === 0) return ''
  const rows = variables.slice(0, MAX_VARIABLES).map((variable) => variableRow(variable, words))
  const hidden = variables.length - rows.length
  return section(
    'variables',
    words.variables,
    table('variables', [words.name, words.type, words.initialValue], rows),
    hidden > 0 ? `<p class="more">${escapeXml(words.more(hidden))}</p>` : '',
  )
}

function variableRow(
  { name, label = '', type, sensitive, default: initial }: Variable,
  words: ViewerWords,
): string {
  const shown = plainText(label) || plainText(name)
  const mark = sensitive === true ? ` <span class="tag">${escapeXml(words.sensitive)}</span>` : ''
  const value =
    sensitive === true
      ? `<span class="quiet">${escapeXml(words.sensitiveValue)}</span>`
      : initial === undefined || initial === null
        ? `<span class="quiet">${escapeXml(words.noValue)}</span>`
        : `<code>${userText(JSON.stringify(initial))}</code>`
  return (
    `<tr><th scope="row"><bdi>${escapeXml(shown)}</bdi>${idAfter(shown, name)}${mark}</th>` +
    `<td>${escapeXml(words.types[type])}</td><td>${value}</td></tr>\n`
  )
}
