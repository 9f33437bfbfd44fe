import { type FunctionSignature, typeWord } from '../../src/expressions/index.ts'

/** The row of a function in the table of docs/expressions.md. */
export function callForm({ name, form, parameters, result, doc }: FunctionSignature): string {
  const words = (from: number): string => {
    let text = ''
    for (const [i, { name: word, optional, rest }] of parameters.slice(from).entries()) {
      text += `${optional ? '[' : ''}${i > 0 ? ', ' : ''}${word}${rest ? '…' : ''}`
    }
    return text + ']'.repeat(parameters.filter((parameter) => parameter.optional).length)
  }
  const receiver = parameters[0]?.name ?? ''
  const calls = [`\`${name}(${words(0)})\``, `\`${receiver}.${name}(${words(1)})\``]
  const call = form === 'function' ? calls[0] : form === 'method' ? calls[1] : calls.join(' or ')
  return `| ${call} | ${typeof result === 'function' ? 'what is in it' : typeWord(result)} | ${doc} |`
}
