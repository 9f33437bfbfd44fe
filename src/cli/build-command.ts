import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseDocument } from '../document/parse-document.ts'
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
    module = await import(pathToFileURL(resolve(file)).href)
  } catch (error) {
    throw moduleFault(file, error)
  }
  const exported = module.default
  if (typeof exported === 'object' && exported !== null) return exported
  throw unusableModule(
    'build.noDefaultExport',
    `${file} ${exported === undefined ? 'has no default export' : 'exports by default what is no document'}`,
    'Write export default buildFlow({ … })',
  )
}
