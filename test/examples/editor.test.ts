import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { drawScreen } from '../../examples/editor/screen.ts'
import { createEditor } from '../../src/editor/index.ts'
import { palette } from '../../src/palette/index.ts'
import { SUPPORT } from '../editor/helpers.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

function run() {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path('../../examples/editor/main.ts'), '--plain'],
    { cwd: path('../..'), input: '', encoding: 'utf8' },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout.trim().split('\n\n')
}

describe('examples/editor', () => {
  const steps = run()

  it('plays twelve steps', () => {
    expect(steps.map((step) => step.split('\n')[0])).toEqual([
      '1. Open the support flow',
      '2. Give the menu a fourth option',
      '3. Lead it back to the start',
      '4. Lead it to a new message',
      '5. Ask what could stand in the text',
      '6. Correct the text',
      '7. Apply the fix that the pane offers',
      '8. Think better of it: undo, and connect by hand',
      '9. Save, while a colleague has saved as well',
      '10. Go on from what the colleague has saved, and save again',
      '11. Select, duplicate, lay out',
      '12. Close',
    ])
  })

  it.each([
    [1, '| 0 errors, 0 warnings (saved)'],
    [2, '✖ The outcome 4 leads nowhere\n   |     [Connect to abandoned]'],
    [3, 'Refused: No connector leads into a start node.'],
    [4, '✖ There is no member "nam" here. Did you mean name?'],
    [5, 'contact.name: text'],
    [6, '| 2 errors, 0 warnings (unsaved, undo: configure)'],
    [7, '| 0 errors, 0 warnings (unsaved, undo: Connect to abandoned)'],
    [8, '| 0 errors, 0 warnings (unsaved, undo: connect)'],
    [9, 'Refused: Somebody else has saved this flow.\n   Unsaved edits: yes.'],
    [10, 'Saved as revision 3.\n   | 0 errors, 0 warnings (saved)'],
    [11, 'Selected: ask_2, validate_2.'],
    [12, 'Refused: There are edits that have not been saved. Save them, or pass discard.\n   Done.'],
  ])('shows in step %d what has come of it', (number, text) => {
    expect(steps[number - 1]).toContain(text)
  })

  it('shows the flow on the left and the pane on the right of a terminal', () => {
    const editor = createEditor(SUPPORT, { nodes: palette })
    editor.apply({ type: 'disconnect', connector: 'welcome:next' })
    editor.select({ nodes: ['start'] })
    const lines = drawScreen(editor, ['Heading'], { columns: 100, rows: 24 }).split('\n')
    expect(lines[0]).toBe('Heading')
    expect(lines.length).toBeLessThanOrEqual(24)
    expect(lines.every((line) => line.length <= 100)).toBe(true)
    expect(lines.find((line) => line.startsWith('✖  welcome'))).toMatch(/^✖ {2}welcome: next → \? +│ /)
    expect(lines.some((line) => line.startsWith('✖> start: next → welcome '))).toBe(true)
  })
})
