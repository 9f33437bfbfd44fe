import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseDocument } from '../document/parse-document.ts'
import { CommandFailure } from './command-failure.ts'
import { indented } from './import-command.ts'
import { type CliIo, EXIT } from './io.ts'
import { notAFlow } from './load-flow.ts'
import { moduleFault, unusableModule } from './module-fault.ts'
import { readText } from './read-input.ts'
import { writeOutput } from './write-output.ts'

/**
 * `sluice build`: runs a module and prints the document that is its default export. The module is code, and runs with
 * everything that this process may do.
 */
export async function buildCommand(
  file: string,
  { output }: { readonly output?: string },
  io: CliIo,
): Promise<number> {
  if (file === '-')
    throw unusableModule('build.standardInput', 'A module cannot come from standard input', 'Name a file')
  // Tells a file that is missing, is a folder or is no text by the code that all commands have for it.
  await readText(file, io)
  const exported = await runModule(file)
  const document = parseDocument(exported)
  if (!document.ok) throw notAFlow(`The default export of ${file}`, document.error)
  await writeOutput(indented(document.value), { out: output, inputs: [file] }, io)
  return EXIT.done
}

/** The default export of a module. */
async function runModule(file: string): Promise<object> {
  let module: { readonly default?: unknown }
  try {
    module = await toItsEnd(import(pathToFileURL(resolve(file)).href), file)
  } catch (error) {
    throw error instanceof CommandFailure ? error : moduleFault(file, error)
  }
  const exported = module.default
  if (typeof exported === 'object' && exported !== null && !(exported instanceof Promise)) return exported
  throw unusableModule(
    'build.noDefaultExport',
    `${file} ${exported === undefined ? 'has no default export' : `exports ${kindOf(exported)} by default, which is no document`}`,
    exported instanceof Promise ? 'Write export default await …' : 'Write export default buildFlow({ … })',
  )
}

/** A module that awaits what never comes would end the process without a word, once nothing else is left to do. */
async function toItsEnd<Module>(running: Promise<Module>, file: string): Promise<Module> {
  let nothingLeft = () => {}
  const stuck = new Promise<never>((_, reject) => {
    nothingLeft = () =>
      reject(
        unusableModule(
          'build.neverEnds',
          `${file} awaits something that never comes`,
          'Correct the await at its top level',
        ),
      )
    process.once('beforeExit', nothingLeft)
  })
  try {
    return await Promise.race([running, stuck])
  } finally {
    process.off('beforeExit', nothingLeft)
  }
}

function kindOf(exported: unknown): string {
  if (exported instanceof Promise) return 'a promise'
  return exported === null ? 'null' : `a ${typeof exported}`
}
