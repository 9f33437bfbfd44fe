/** Nobody searches for more than this, in UTF-16 units; a longer text is found nowhere. */
export const MAX_SEARCH = 1_000

/**
 * A name for searching and sorting, the same in every country: without case, without accents on letters, and with
 * variants of one character alike, as full-width letters and ligatures.
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
}

/** A test for names that hold a text; every name does where the text is blank. */
export function nameFilter(text = ''): (name: string) => boolean {
  const wanted = foldName(text.trim())
  if (wanted === '') return () => true
  if (text.length > MAX_SEARCH) return () => false
  return (name) => foldName(name).includes(wanted)
}

/** Order of texts by their code units: negative, positive, or 0 for the same. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
