import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ASK, CONFIRM, ERROR, MENU, OWE, WELCOME } from '../testing/support.ts'

/*
 * `npm start`, with the package's source in place of its build: tsconfig.json maps its name there.
 */

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

it('plays the first transcript where there is no terminal', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path('../../examples/support/main.ts')],
    {
      cwd: path('../..'),
      input: '',
      encoding: 'utf8',
    },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.split('\n')).toEqual([
    ...[
      WELCOME,
      MENU,
      '> 1',
      OWE,
      MENU,
      '> 2',
      MENU,
      '> 9',
      ERROR,
      MENU,
      '> 1',
      OWE,
      MENU,
      '> 3',
      ASK,
      '> AB-1234',
    ],
    ...[CONFIRM, '(resolved, 20 steps)', ''],
  ])
})
