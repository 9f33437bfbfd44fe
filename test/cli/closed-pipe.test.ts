import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { SUPPORT } from './flows.ts'

const BIN = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

it('ends without a word when the reader goes away', async () => {
  const command = `set -o pipefail; "${process.execPath}" --import tsx "${BIN}" graph "${SUPPORT}" | head -c 4`
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', command], { cwd: ROOT })
  expect({ stdout, stderr }).toEqual({ stdout: '<svg', stderr: '' })
})
