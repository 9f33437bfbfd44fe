import { afterEach, expect, it, vi } from 'vitest'
import { ROOT } from '../support/snippets.ts'

afterEach(() => {
  vi.doUnmock('libsql')
  vi.resetModules()
})

it('tells that no driver can be loaded, where the binary of one is missing', async () => {
  vi.doMock('libsql', () => {
    throw new Error("Cannot find module '@libsql/linux-x64-gnu'")
  })
  const { openDatabase } = await import('../../src/cli/open-database.ts')
  const opening = openDatabase(`${ROOT}/package.json`)
  // Where another driver is there, that one is taken, and sees that the file is no database.
  await expect(opening).rejects.toMatchObject({
    code: expect.stringMatching(/^(cli\.sqliteMissing|store\.foreign)$/),
  })
})
