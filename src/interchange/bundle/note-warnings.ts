import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../../document/flow-document.ts'

/** Elements that run or load something, and handlers of events in any element. */
const MARKUP = /<\s*(script|iframe|object|embed|svg|style|base|form|meta)\b|<[^<>]{0,500}\son[a-z]{3,20}\s*=/i
const ADDRESS = /(javascript|vbscript):|data:text\/html/i

/**
 * A warning for each note that tries to run something: a script, or a link that is one. Such notes come in as they are,
 * and `renderNote` shows them as text.
 */
export function noteWarnings({ id: flow, notes }: FlowDocument): readonly Diagnostic[] {
  return notes.flatMap(({ id, text }, index) => {
    const codes = [
      ...(MARKUP.test(text) ? ['bundle.noteScript'] : []),
      ...(ADDRESS.test(withoutDisguise(text)) ? ['bundle.noteLink'] : []),
    ]
    return codes.map((code) => createDiagnostic(code, { flow, path: ['notes', index, 'text'] }, { note: id }))
  })
}

/** As a browser would read an address: entities resolved, blanks and control characters gone. */
function withoutDisguise(text: string): string {
  return text
    .replace(/&#(x[0-9a-f]{1,6}|[0-9]{1,7});?/gi, (entity, number: string) => {
      const code = Number(/^x/i.test(number) ? `0${number}` : number)
      return code <= 0x10_ffff ? String.fromCodePoint(code) : entity
    })
    .replace(/&(tab|newline);/gi, '')
    .replace(/&colon;/gi, ':')
    .replace(/[\p{Cc}\p{Cf}\s\\]/gu, '')
}
