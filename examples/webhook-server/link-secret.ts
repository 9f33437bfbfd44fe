import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'

/**
 * The secret that links are signed with: what the environment says, else what lies in a file that nobody but us can read.
 * It is made at the first start. Whoever loses it ends every protected link.
 */
export function linkSecret(file: string, given = process.env.LINK_SECRET): string {
  if (given !== undefined && given !== '') return given
  const half = `${file}.${process.pid}`
  try {
    writeFileSync(half, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
    // Put in its place whole, and never over another one.
    linkSync(half, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(half, { force: true })
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Error(`Others can read the secret in ${file}; give it the mode 600, or make another one`)
  return readFileSync(file, 'utf8')
}
