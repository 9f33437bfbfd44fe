import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from '../support/snippets.ts'

/*
 * The compiler as users of the package meet it: with the options of the project, on snippets that are in no file. One
 * language service answers for all snippets of a test file, so that the palette is read once.
 */

const SNIPPET = join(ROOT, 'test/builder/snippet.mts')
const { options } = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'tsconfig.json'), {}, {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic() {},
} as ts.ParseConfigFileHost)!

let source = ''
let version = 0
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [SNIPPET],
  getScriptVersion: (file) => (file === SNIPPET ? String(version) : '0'),
  getScriptSnapshot: (file) => {
    const text = file === SNIPPET ? source : ts.sys.readFile(file)
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
  },
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (file) => file === SNIPPET || ts.sys.fileExists(file),
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
})

function load(text: string): void {
  source = text
  version++
}

/** An error of the compiler: the text that it is about, and what it says. */
export interface CompileFault {
  readonly at: string
  readonly message: string
}

/** What the compiler says about each of some modules. They are read together, which is much faster than one by one. */
export function faultsOf(texts: readonly string[]): readonly (readonly CompileFault[])[] {
  const files = new Map(texts.map((text, index) => [join(ROOT, `test/builder/snippet-${index}.mts`), text]))
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (file) => files.has(file) || fileExists(file)
  host.readFile = (file) => files.get(file) ?? readFile(file)
  host.getSourceFile = (file, ...rest) => {
    const text = files.get(file)
    return text === undefined
      ? getSourceFile(file, ...rest)
      : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files].map(([file, text]) => {
    const found = program.getSourceFile(file)!
    return [...program.getSyntacticDiagnostics(found), ...program.getSemanticDiagnostics(found)].map(
      ({ start = 0, length = 0, messageText }) => ({
        at: text.slice(start, start + length),
        message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      }),
    )
  })
}

/** What an editor shows of a name, at the place of a mark `|` in the text. */
export function hoverAt(text: string): string {
  const place = text.indexOf('|')
  load(text.replace('|', ''))
  const parts = service.getQuickInfoAtPosition(SNIPPET, place)?.displayParts
  return ts.displayPartsToString(parts)
}

/** What an editor offers at the place of a mark `|` in the text. */
export function offeredAt(text: string): readonly string[] {
  const place = text.indexOf('|')
  load(text.replace('|', ''))
  const offered = service.getCompletionsAtPosition(SNIPPET, place, undefined)?.entries ?? []
  return offered.filter(({ sortText }) => sortText <= '12').map(({ name }) => name)
}

/** The texts that each of some types is a union of; `undefined` for one that takes any text. */
export function textsOf(
  text: string,
  aliases: readonly string[],
): readonly (readonly string[] | undefined)[] {
  load(text)
  const program = service.getProgram()!
  const checker = program.getTypeChecker()
  const types = new Map<string, ts.Type>()
  for (const each of program.getSourceFile(SNIPPET)!.statements)
    if (ts.isTypeAliasDeclaration(each)) types.set(each.name.text, checker.getTypeAtLocation(each.name))
  return aliases.map((alias) => {
    const type = types.get(alias)!
    if (type.flags & ts.TypeFlags.String) return undefined
    const members = type.isUnion() ? type.types : type.flags & ts.TypeFlags.Never ? [] : [type]
    return members.map((each) => (each as ts.StringLiteralType).value)
  })
}
