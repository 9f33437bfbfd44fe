import { type CliIo, tell } from './io.ts'
import type { LoadedFlow } from './load-flow.ts'
import { nameOf } from './read-input.ts'

/** Tells everything that an import could not keep, a line each. */
export function tellLoss({ format, loss }: LoadedFlow, io: Pick<CliIo, 'stderr'>): void {
  for (const { severity, code, where, message } of loss)
    tell(io, `${severity} ${where}: ${message} [${code}] (brought in from ${format})`)
}

/** Tells in one line that something was lost; `sluice validate` and `import` tell it all. */
export function tellFirstLoss({ format, loss }: LoadedFlow, file: string, io: Pick<CliIo, 'stderr'>): void {
  const lost = loss.filter(({ severity }) => severity !== 'info')
  const [first] = lost
  if (first === undefined) return
  const count = lost.length === 1 ? '1 of its features differs' : `${lost.length} of its features differ`
  tell(
    io,
    `warning: ${nameOf(file)} was brought in from ${format}; ${count} here, the first: ${first.where}: ${first.message} [${first.code}]`,
  )
}
