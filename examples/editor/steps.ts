import type { Editor, StoredFlow } from 'sluice/editor'

/** Who takes part: the editor on the screen, one of a colleague, and the place where both save. */
interface Stage {
  readonly editor: Editor
  readonly colleague: Editor
  readStored(): StoredFlow
}

/** Something that a person does, and what they are told. */
interface Step {
  readonly title: string
  play(stage: Stage): readonly string[] | Promise<readonly string[]>
}

const PROMPT = { node: 'hours', path: ['config', 'prompt'] }

/** What a command came to, in words. */
function tell(result: { readonly ok: boolean; readonly reason?: string }): string {
  return result.ok ? 'Done.' : `Refused: ${result.reason}`
}

export const STEPS: readonly Step[] = [
  {
    title: 'Open the support flow',
    play: ({ editor }) => [`${editor.getSnapshot().document.nodes.length} nodes, nothing to undo.`],
  },
  {
    title: 'Give the menu a fourth option',
    play: ({ editor }) => {
      const option = { value: '4', label: 'Opening hours' }
      const edit = editor.apply({ type: 'configure', node: 'menu', path: ['options', 3], value: option })
      return [tell(edit), 'The pane follows: the new option leads nowhere yet.']
    },
  },
  {
    title: 'Lead it back to the start',
    play: ({ editor }) => {
      const from = { node: 'menu', outcome: '4' }
      return [
        tell(editor.apply({ type: 'connect', from, to: 'start' })),
        `${editor.connectableTargets(from).length} other nodes would do.`,
      ]
    },
  },
  {
    title: 'Lead it to a new message',
    play: ({ editor }) => {
      const node = {
        id: 'hours',
        type: 'send-message@1',
        config: { prompt: 'We are here, {{contact.nam}}.' },
      }
      return [tell(editor.apply({ type: 'add', node, from: { node: 'menu', outcome: '4' } }))]
    },
  },
  {
    title: 'Ask what could stand in the text',
    play: ({ editor }) => {
      const typed = 'We are here, {{contact.'
      const { items } = editor.complete(PROMPT, typed, typed.length)
      const fields = items.filter(({ kind }) => kind === 'member')
      return fields.map(({ label, type }) => `contact.${label}: ${type}`)
    },
  },
  {
    title: 'Correct the text',
    play: ({ editor }) => {
      const value = 'We are here from 9 to 5, {{contact.name}}.'
      return [tell(editor.apply({ type: 'configure', node: PROMPT.node, path: ['prompt'], value }))]
    },
  },
  {
    title: 'Apply the fix that the pane offers',
    play: ({ editor }) => {
      const entry = editor.pane().groups.flatMap(({ entries }) => entries)[0]
      return entry === undefined ? ['There is none.'] : [`${entry.fix}: ${tell(editor.fix(entry))}`]
    },
  },
  {
    title: 'Think better of it: undo, and connect by hand',
    play: ({ editor }) => [
      tell(editor.undo()),
      tell(editor.apply({ type: 'connect', from: { node: 'hours', outcome: 'next' }, to: 'menu' })),
    ],
  },
  {
    title: 'Save, while a colleague has saved as well',
    play: async ({ editor, colleague }) => {
      colleague.apply({ type: 'label', node: 'welcome', label: 'Greeting' })
      await colleague.save()
      return [tell(await editor.save()), `Unsaved edits: ${editor.getSnapshot().isDirty ? 'yes' : 'no'}.`]
    },
  },
  {
    title: 'Go on from what the colleague has saved, and save again',
    play: async ({ editor, readStored }) => {
      const merged = tell(editor.rebase(readStored()))
      const saved = await editor.save()
      return [merged, saved.ok ? `Saved as revision ${saved.revision}.` : tell(saved)]
    },
  },
  {
    title: 'Select, duplicate, lay out',
    play: ({ editor }) => {
      editor.select({ nodes: ['ask', 'validate'] })
      const [copied, laidOut] = [tell(editor.duplicateSelection()), tell(editor.autoLayout())]
      return [copied, laidOut, `Selected: ${editor.getSnapshot().selection.nodes.join(', ')}.`]
    },
  },
  {
    title: 'Close',
    play: ({ editor }) => [tell(editor.close()), tell(editor.close({ discard: true }))],
  },
]
