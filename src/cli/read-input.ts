import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { checkJson } from '../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { CliIo } from './io.ts'

/** The largest file that is read, in bytes: 64 MiB. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024

/** What reading needs: standard input. */
type InputIo = Pick<CliIo, 'stdin'>

/** The name under which a file or `-` is spoken of. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file
}

/**
 * Throws `cli.stdinTwice` where more than one input of a command is `-`; they stand under what a person calls them.
 */
export function shareStdin(inputs: { readonly [what: string]: string | undefined }): void {
  const [first, second] = Object.keys(inputs).filter((what) => inputs[what] === '-')
  if (first === undefined || second === undefined) return
  throw fault(
    'cli.stdinTwice',
    `Standard input cannot be both ${first} and ${second}`,
    'Put one of them into a file',
  )
}

/**
 * The text of a file, or of standard input for `-`. Throws a `SluiceError` with a code of its own for each way in
 * which a file can be no use: `file.missing`, `file.directory`, `file.notAFile`, `file.unreadable`,
 * `file.tooLarge`, `file.binary`.
 */
export async function readText(file: string, io: InputIo): Promise<string> {
  if (file === '-') return decode(await readAll(io.stdin, file), file)
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw fault('file.directory', `${file} is a directory`, 'Name a file in it')
    // A device or a pipe may never end, so only pipes that a shell makes for us are let through.
    if (!found.isFile() && !found.isFIFO())
      throw fault('file.notAFile', `${file} is no regular file`, 'Name a file, or - for standard input')
    if (found.size > MAX_FILE_BYTES) throw tooLarge(file)
    return decode(await readAll(createReadStream(file), file), file)
  } catch (error) {
    throw error instanceof SluiceError ? error : describeSystemError(file, error as NodeJS.ErrnoException)
  }
}

/** JSON from a file: bounded, and without keys that reach a prototype. Throws `file.notJson` and `file.unsafeJson`. */
export async function readJson(file: string, io: InputIo): Promise<Json> {
  return parseJson(await readText(file, io), nameOf(file))
}

/** An object, given as JSON on the command line or as the name of a file. */
export async function readObject(given: string, option: string, io: InputIo): Promise<JsonObject> {
  const value = /^\s*[{[]/.test(given) ? parseJson(given, option) : await readJson(given, io)
  if (isJsonObject(value)) return value
  throw fault(
    'option.notAnObject',
    `${option} is not a JSON object`,
    `Give an object, such as ${option} '{"name": "Ada"}'`,
  )
}

/** Parses JSON text; `name` is what the message calls it. */
export function parseJson(text: string, name: string): Json {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (text.trim() === '') throw fault('file.empty', `${name} is empty`, 'Give a file that holds JSON')
    throw fault(
      'file.notJson',
      `${name} is not JSON: ${firstLine((error as Error).message)}`,
      'Correct the text at that place, or export the file again',
    )
  }
  const unsafe = checkJson(value)
  if (unsafe === undefined) return value as Json
  const at = unsafe.path.length === 0 ? '' : ` at ${shorten(unsafe.path.slice(0, 8).join('.'))}`
  throw fault(
    'file.unsafeJson',
    `${name} is not acceptable${at}: ${REASONS[unsafe.code]} (${shorten(unsafe.got)})`,
    'Give plain JSON within the limits',
  )
}

const REASONS: { readonly [code: string]: string } = {
  'json.tooDeep': 'it is nested too deeply',
  'json.tooLarge': 'it holds too many values',
  'json.stringTooLong': 'a text in it is too long',
  'json.unsafeKey': 'a key could reach a prototype',
  'json.cyclic': 'it contains itself',
  'json.notPlain': 'a value in it is no plain data',
}

async function readAll(stream: Readable, file: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer)
    size += bytes.length
    if (size > MAX_FILE_BYTES) throw tooLarge(nameOf(file))
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** UTF-8 without its mark; anything else is no text that a flow could be in. */
function decode(bytes: Buffer, file: string): string {
  const marked = bytes[0] === 0xff || bytes[0] === 0xfe ? ' (it may be UTF-16)' : ''
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Not UTF-8: told below.
  }
  throw fault('file.binary', `${nameOf(file)} is not UTF-8 text${marked}`, 'Give a JSON file in UTF-8')
}

function describeSystemError(file: string, { code, message }: NodeJS.ErrnoException): SluiceError {
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return fault('file.missing', `There is no file ${file}`, 'Check the path')
  if (code === 'EACCES' || code === 'EPERM')
    return fault('file.unreadable', `${file} may not be read`, 'Check its permissions')
  return fault(
    'file.unreadable',
    `${shorten(file)} cannot be read: ${firstLine(message)}`,
    'Check the path and the disk',
  )
}

function tooLarge(name: string): SluiceError {
  return fault('file.tooLarge', `${name} is larger than 64 MiB`, 'Give a smaller file')
}

/** One line, without control characters: what goes to a terminal comes from a file that anybody may have made. */
function firstLine(text: string): string {
  return shorten(text.split('\n', 1)[0]!)
}

function shorten(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  return plain.length <= 200 ? plain : `${plain.slice(0, 200)}…`
}

function fault(code: string, problem: string, next: string): SluiceError {
  return new SluiceError({ code, problem, next })
}
