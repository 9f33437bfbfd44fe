const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** A text as a literal of CEL, on one line. */
export function quoteText(text: string, quote: '"' | "'" = '"'): string {
  let inside = ''
  for (const char of text) {
    if (char === quote) inside += `\\${quote}`
    else if (char < ' ' || char === '\\' || char === '\u007f' || char === '\u2028' || char === '\u2029')
      inside += ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
    else inside += char
  }
  return quote + inside + quote
}

/** Words that the parser takes for values or operators, also after a dot. */
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'in'])

/** True for a name that may stand after a dot; every other member is written in brackets. */
export function canFollowDot(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !WORDS.has(name)
}

/** A member as it is written behind an object: `.name` or `["first name"]`. */
export function memberAccess(name: string): string {
  return canFollowDot(name) ? `.${name}` : `[${quoteText(name)}]`
}
