/**
 * The parts of a pattern: text between `\Q` and `\E`, which stands for itself; an escape such as `\p{Greek}` or
 * `\.`; a class such as `[^\]]` or `[[:alpha:]_]`, in which a bracket that comes first stands for itself; a counter;
 * the start of a group; any other character. Each alternative takes what it can get without going back, so that
 * splitting is linear whatever the pattern.
 */
const PART =
  /\\Q(.*?)(?:\\E|$)|\\(?:[pPx]\{\w{0,40}\}|.)?|\[\^?\]?(?:\\.|\[:\^?\w{1,10}:\]|[^\]\\])*\]?|\{(\d+)(,?)(\d*)\}|\((\?(?:P?<\w{1,60}>|[a-zA-Z-]{0,8}:))?|./gs

/**
 * The steps that a pattern has when its counters are written out, which is what a linear-time engine makes of it and
 * may look at for each character of a text: `((a{1,30}){1,30})$` is short, and is 1,862 of them. Counted here
 * and not asked of the engine, so that an evaluation costs the same with every engine and every version of it, and
 * so that a pattern can be refused before work is put into it. Gives some number for what is no pattern.
 */
export function patternWeight(pattern: string): number {
  const around: { readonly before: number; readonly brackets: number }[] = []
  let total = 0
  /** The part that a counter would repeat. */
  let last = 0
  for (const [part, literal, from, comma, to, naming] of pattern.matchAll(PART)) {
    if (literal !== undefined) {
      total += literal.length
      last = 1
    } else if (from !== undefined) {
      const repeated = written(last, Number(from), comma === '' ? Number(from) : Number(to || Infinity))
      total += repeated - last
      last = repeated
    } else if (part.startsWith('(')) {
      around.push({ before: total, brackets: naming?.endsWith(':') ? 0 : 2 })
      total = 0
      last = 0
    } else if (part === ')') {
      const { before, brackets } = around.pop() ?? { before: 0, brackets: 0 }
      last = Math.max(total + brackets, 1)
      total = before + last
    } else if (part === '*' || part === '+' || part === '?') {
      total++
      last++
    } else {
      total++
      last = 1
    }
  }
  return around.reduce((sum, { before }) => sum + before, total)
}

/** `x{2,4}` is `xxx?x?`, where each `?` is a step of its own; `x{2,}` is `xx+`. */
function written(weight: number, from: number, to: number): number {
  if (to === Infinity) return Math.max(from, 1) * weight + 1
  return Math.max(to * weight + to - from, 0)
}
