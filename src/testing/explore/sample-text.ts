/**
 * A text that a regular expression is likely to match: the shortest that its parts ask for. Knows what flows use:
 * literals, classes, groups, alternatives and counts; whatever else it meets it leaves out.
 *
 * @example sampleText('^[A-Z]{2}-\\d{4}$') // 'AA-0000'
 */
export function sampleText(pattern: string): string {
  return new Sampler(pattern.slice(0, 1_000), 0).alternatives()
}

/** The same, and where there is one another text, of other characters and alternatives. */
export function sampleTexts(pattern: string): readonly string[] {
  const texts = [0, 1].map((choice) => new Sampler(pattern.slice(0, 1_000), choice).alternatives())
  return [...new Set(texts)]
}

/** Two characters of each class. */
const CLASSES: { readonly [letter: string]: string } = {
  d: '01',
  w: 'ab',
  s: ' \t',
  D: 'ab',
  W: '-#',
  S: 'ab',
}
const MAX_REPEAT = 100
const MAX_DEPTH = 50

class Sampler {
  readonly #pattern: string
  /** Which alternative is taken, and which character of a class, as far as there are so many. */
  readonly #choice: number
  #at = 0
  #depth = 0

  constructor(pattern: string, choice: number) {
    this.#pattern = pattern
    this.#choice = choice
  }

  /** One alternative; the others are read over. */
  alternatives(): string {
    let taken = this.#sequence()
    for (let index = 1; this.#take('|'); index++) {
      const next = this.#sequence()
      if (index === this.#choice) taken = next
    }
    return taken
  }

  #sequence(): string {
    let text = ''
    while (this.#at < this.#pattern.length && !this.#sees('|') && !this.#sees(')')) {
      text += this.#repeat(this.#atom())
      if (text.length > 10_000) return text
    }
    return text
  }

  #atom(): string {
    const char = this.#pattern[this.#at++]!
    switch (char) {
      case '^':
      case '$':
        return ''
      case '.':
        return 'a'
      case '[':
        return this.#class()
      case '(':
        return this.#group()
      case '\\': {
        const escaped = this.#pattern[this.#at++] ?? ''
        return escaped === 'b' || escaped === 'B' ? '' : (CLASSES[escaped]?.[this.#choice] ?? escaped)
      }
      default:
        return char
    }
  }

  #group(): string {
    // Flags and names of groups match nothing by themselves.
    const head = /^\?(?:[a-zA-Z]*:|P?<\w+>|[a-zA-Z]*(?=\)))/.exec(
      this.#pattern.slice(this.#at, this.#at + 80),
    )
    this.#at += head?.[0].length ?? 0
    if (++this.#depth > MAX_DEPTH) return ''
    const text = this.alternatives()
    this.#depth--
    this.#take(')')
    return text
  }

  /** A character of a class; for one that excludes, something that is not in it. */
  #class(): string {
    const negated = this.#take('^')
    const end = this.#pattern.indexOf(']', this.#at + 1)
    if (end < 0) {
      this.#at = this.#pattern.length
      return ''
    }
    const body = this.#pattern.slice(this.#at, end)
    this.#at = end + 1
    if (negated) return [...'a0 -_'].find((char) => !body.includes(char)) ?? '~'
    if (body[0] === '\\') return CLASSES[body[1]!]?.[this.#choice] ?? body[1] ?? ''
    // The end of a range, or what stands next to the first.
    const second = body[1] === '-' ? body[2] : body[1]
    return (this.#choice === 1 && second !== '\\' ? second : undefined) ?? body[0] ?? ''
  }

  #repeat(text: string): string {
    let least = 1
    if (this.#take('*') || this.#take('?')) least = 0
    else if (!this.#take('+')) {
      const count = /^\{(\d{1,4})(?:,\d*)?\}/.exec(this.#pattern.slice(this.#at, this.#at + 12))
      if (count !== null) {
        this.#at += count[0].length
        least = Math.min(Number(count[1]), MAX_REPEAT)
      }
    }
    this.#take('?')
    return text.repeat(least)
  }

  #sees(char: string): boolean {
    return this.#pattern[this.#at] === char
  }

  #take(char: string): boolean {
    if (!this.#sees(char)) return false
    this.#at++
    return true
  }
}
