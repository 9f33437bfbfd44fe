import { escapeXml } from '../../drawing/xml.ts'

/** Characters of a name that are shown. */
const MAX_NAME = 200

/** Marks that turn the direction of what follows, and what no page can hold. Lines may break. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu

/** Takes out what would show as something else than it is; also of HTML, which stays what it was. */
export function dropTricks(text: string): string {
  return text.replace(UNSEEN, '').replace(/[\u2028\u2029]/g, '\n')
}

/** A text of the flow as plain text, cut where it is too long. */
export function plainText(text: string, maxLength = MAX_NAME): string {
  const clean = dropTricks(text.slice(0, maxLength * 4)).trim()
  const characters = [...clean]
  return characters.length > maxLength ? `${characters.slice(0, maxLength).join('').trimEnd()}…` : clean
}

/** A text of the flow as HTML: escaped, and set apart, so that its direction turns nothing around it. */
export function userText(text: string, maxLength = MAX_NAME): string {
  return `<bdi>${escapeXml(plainText(text, maxLength))}</bdi>`
}

/** A heading of a part of the page, and the part. */
export function section(id: string, title: string, ...content: readonly string[]): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeXml(title)}</h2>\n${content.join('')}</section>\n`
}

/** A table that the heading with this id names. */
export function table(labelledBy: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((each) => `<th scope="col">${escapeXml(each)}</th>`).join('')
  return `<table aria-labelledby="${labelledBy}"><thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('')}</tbody></table>\n`
}
