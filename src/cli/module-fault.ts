import { SluiceError } from '../base/sluice-error.ts'
import { CommandFailure } from './command-failure.ts'
import { EXIT, plain } from './io.ts'

/**
 * What a module threw while it ran, as one line: a fault that the builder found by its own code, anything else by one that
 * says what is the matter with the module.
 */
export function moduleFault(file: string, thrown: unknown): CommandFailure {
  if (thrown instanceof SluiceError)
    return unusableModule(thrown.code, `${file}: ${thrown.problem}`, thrown.next)
  const { code, message, name } =
    thrown instanceof Error ? (thrown as NodeJS.ErrnoException) : asError(thrown)
  const said = firstLine(message)
  switch (code) {
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return /\.[mc]?tsx?$/.test(file)
        ? unusableModule(
            'build.noTypeScript',
            `${file} is TypeScript, which this version of Node does not run`,
            'Take Node 22.18 or later, or rename the file to .mjs: code that sluice prints is JavaScript too',
          )
        : unusableModule(
            'build.noModule',
            `${file} is no module`,
            'Name a file that ends in .mjs, .js, .mts or .ts',
          )
    case 'ERR_IMPORT_ATTRIBUTE_MISSING':
    // So it is called until Node 21.
    case 'ERR_IMPORT_ASSERTION_TYPE_MISSING':
      return unusableModule(
        'build.noModule',
        `${file} is JSON`,
        'Name a module; sluice validate takes flows in JSON',
      )
    case 'ERR_MODULE_NOT_FOUND':
    case 'ERR_PACKAGE_PATH_NOT_EXPORTED':
      return unusableModule(
        'build.missingImport',
        `${file} imports what is not there: ${said}`,
        'Install it, or correct the import',
      )
  }
  if (name === 'SyntaxError')
    return unusableModule(
      'build.syntax',
      `${file} is not JavaScript that can be read: ${said}`,
      'Correct the code',
    )
  return unusableModule('build.threw', `${file} did not run to its end: ${said}`, 'Correct the code')
}

function asError(thrown: unknown): { code?: string; message: string; name: string } {
  return {
    message: typeof thrown === 'object' && thrown !== null ? 'it threw an object' : String(thrown),
    name: '',
  }
}

/** What a module says is shown in one line of bounded length. */
function firstLine(message: string): string {
  const line = plain(message.split('\n', 1)[0]!).replace(/\.$/, '')
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}

/** A module that is no use. */
export function unusableModule(code: string, problem: string, next: string): CommandFailure {
  return new CommandFailure({ code, problem, next, exitCode: EXIT.unusable })
}
