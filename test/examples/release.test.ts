import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { GATES } from '../../src/releases/index.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

function run(): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path('../../examples/release/main.ts')],
    { cwd: path('../..'), input: '', encoding: 'utf8' },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

describe('examples/release', () => {
  const told = run()
  const steps = told.trim().split('\n\n')

  it('walks one flow through its life', () => {
    expect(steps.map((step) => step.split('\n')[0])).toEqual([
      '1. Open a workspace with the habits of a contact centre',
      '2. Save a flow with mistakes in it',
      '3. Look at the plan of its release',
      '4. Mend the errors, answer what is asked',
      '5. Confirm it while a gate is closed',
      '6. Release the exception flow first',
      '7. Release V1.0 to everybody',
      '8. Clone it, and edit the clone',
      '9. Plan a gray release with guards, while ben goes on editing',
      '10. Confirm the plan that is out of date',
      '11. Confirm the new one',
      '12. Ask who reaches which version',
      '13. Judge the gray release by its figures',
      '14. Promote V1.1, while three callers wait on V1.0',
      '15. Roll back to V1.0, while two wait on V1.1',
      '16. Try to take the exception flow back',
      '17. Read what has happened',
    ])
  })

  it.each([
    [2, '✖ There is no member "huors" here. Did you mean hours?'],
    [3, '│ ✖ The flow has no errors.\n   │   The flow has 4 errors. → Mend what the errors name.'],
    [3, '│ ✖ An exception flow for its medium is released, where the policy asks for one.'],
    [3, '│ asks for an app or number for voice: Hotline'],
    [3, '│ asks for a value, "When we are here": ?'],
    [3, '└ Not ready.'],
    [4, `│ ✔ ${GATES.length - 1} of ${GATES.length} gates are passed`],
    [4, '│ asks for a value, "When we are here": from 9 to 5'],
    [5, 'Refused (release.gates): The release does not pass: exceptionFlow.'],
    [7, '│ access code: 1002'],
    [7, 'Refused (permission.missing): release needs the permission publish, which ben does not have.'],
    [7, 'V1.0: Official Release, made by ada, “First release”'],
    [8, 'V1.1: New, made by ben\n   V1.0: Official Release'],
    [9, '-> "We are here {{vars.hours}}, at weekends too."'],
    [10, 'Refused (release.moved)'],
    [10, '-> "We are here {{vars.hours}}, every day."'],
    [10, '│ asks for a value, "When we are here": from 8 to 6'],
    [11, 'V1.1: Gray Release, made by ben\n   V1.0: Official Release'],
    [12, '+49151 1234567 reaches V1.1 (gray). The number is among those of the gray rule testers.'],
    [12, '+49170 7654321 reaches V1.0 (official). The number is not among those'],
    [12, 'anonymous reaches V1.0 (official). The number is withheld'],
    [13, 'hold: 20 of 50 sessions have ended, and 2 are running.'],
    [13, 'promote: All bounds are kept by 60 sessions.'],
    [14, '│ replaces: V1.0\n   │ empties the gray slot'],
    [14, '│ still running on V1.0: 3, waiting at menu (keep)'],
    [14, 'V1.1: Official Release, made by ben\n   V1.0: Retired'],
    [15, '┌ Plan: rollback of V1.0 into the official slot'],
    [15, '│ still running on V1.1: 2, waiting at menu (keep)'],
    [15, 'V1.1: Retired, made by ben\n   V1.0: Official Release'],
    [
      16,
      'Refused (exceptionFlow.needed): Released flows would be left without an exception flow: support-line.',
    ],
    [17, 'ada promoted V1.1 of support-line to the official slot, in the place of V1.0.'],
    [17, 'ada rolled back to V1.0 of support-line in the official slot, in the place of V1.1.'],
  ])('tells in step %d: %s', (number, text) => {
    expect(steps[number - 1]).toContain(text)
  })

  it('draws every gate in the first plan', () => {
    const gates = steps[2]!.split('\n').filter((line) => /│ [✔✖] /.test(line))
    expect(gates.map((line) => line.replace(/^.*[✔✖] /, ''))).toEqual(GATES.map(({ checks }) => checks))
  })

  it('prints the same at every run, and plain text where there is no terminal', () => {
    expect(run()).toBe(told)
    expect(told).not.toContain('\u001b')
  })
})
