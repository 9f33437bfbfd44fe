import { layoutFlow } from 'sluice/drawing'
import type { Editor } from 'sluice/editor'
import { palette } from 'sluice/palette'

interface Size {
  readonly columns: number
  readonly rows: number
}

/** The pane of errors and warnings, as text. */
export function drawPane(editor: Editor): readonly string[] {
  const { errors, warnings, groups } = editor.pane()
  const { undoLabel, isDirty } = editor.getSnapshot()
  const edited = isDirty ? `unsaved, undo: ${undoLabel ?? 'nothing'}` : 'saved'
  return [
    `${count(errors, 'error')}, ${count(warnings, 'warning')} (${edited})`,
    ...groups.flatMap(({ title, typeTitle, entries }) => [
      typeTitle === undefined || title === typeTitle ? title : `${title} (${typeTitle})`,
      ...entries.flatMap(({ diagnostic, fix }) => [
        `  ${diagnostic.severity === 'error' ? '✖' : '!'} ${diagnostic.message}`,
        ...(fix === undefined ? [] : [`    [${fix}]`]),
      ]),
    ]),
  ]
}

/** The flow on the left, as its sessions go through it, and the pane on the right. */
export function drawScreen(editor: Editor, heading: readonly string[], { columns, rows }: Size): string {
  const width = Math.max(24, Math.floor(columns / 2) - 2)
  const [left, right] = [drawFlow(editor), drawPane(editor)]
  const height = Math.min(Math.max(left.length, right.length), Math.max(rows - heading.length - 1, 4))
  const lines = Array.from({ length: height }, (_, row) => {
    const [flow, pane] = [shorten(left[row] ?? '', width), shorten(right[row] ?? '', columns - width - 3)]
    return `${flow.padEnd(width)} │ ${pane}`
  })
  return [...heading.map((line) => shorten(line, columns)), '', ...lines].join('\n')
}

/** Each node with where it leads; `✖` before those that have errors, `>` before those that are selected. */
function drawFlow(editor: Editor): readonly string[] {
  const { document, selection } = editor.getSnapshot()
  const faulty = new Set(editor.pane().groups.flatMap(({ node, errors }) => (errors > 0 ? [node] : [])))
  return layoutFlow(document, { nodes: palette }).nodes.map(({ id, name }) => {
    const marks = `${faulty.has(id) ? '✖' : ' '}${selection.nodes.includes(id) ? '>' : ' '}`
    const ways = editor
      .handles(id)
      .filter(({ kind, connector }) => kind === 'declared' || connector !== undefined)
    return `${marks} ${name}${ways.length === 0 ? '' : `: ${ways.map(drawWay).join(', ')}`}`
  })
}

function drawWay({ outcome, to }: { readonly outcome: string; readonly to?: string }): string {
  return `${outcome} → ${to ?? '?'}`
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 0))}…`
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`
}
