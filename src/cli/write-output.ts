import { realpath, writeFile } from 'node:fs/promises'
import { SluiceError } from '../base/sluice-error.ts'
import { type CliIo, writeLine } from './io.ts'

/**
 * Writes a text to the file that `-o` names, or to standard output. Throws `file.sameAsInput` where that would replace
 * a file that was read, and `file.unwritable`.
 */
export async function writeOutput(
  text: string,
  { out, inputs }: { readonly out: string | undefined; readonly inputs: readonly (string | undefined)[] },
  io: Pick<CliIo, 'stdout'>,
): Promise<void> {
  if (out === undefined || out === '-') {
    writeLine(io.stdout, text)
    return
  }
  for (const input of inputs) {
    if (input === undefined || input === '-' || !(await isSameFile(input, out))) continue
    throw new SluiceError({
      code: 'file.sameAsInput',
      problem: `${out} is the file that was read`,
      next: 'Name another file with -o',
    })
  }
  try {
    await writeFile(out, `${text}\n`)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new SluiceError({
      code: 'file.unwritable',
      problem: `${out} cannot be written (${code})`,
      next: 'Name a file in a folder that exists and that you may write to',
    })
  }
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  try {
    return (await realpath(a)) === (await realpath(b))
  } catch {
    // What is not there yet is no file that was read.
    return false
  }
}
