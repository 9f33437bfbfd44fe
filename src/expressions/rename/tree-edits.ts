import { isMacroCall } from '../check-macros.ts'
import type { Syntax } from '../parse.ts'
import { tokenise } from '../tokens.ts'
import type { Renaming } from '../types.ts'
import type { Edit } from './edits.ts'
import { editOfText, editsOfMember, newBareName, newMemberName } from './new-name.ts'

/** What the walk carries: names of macro variables around are hidden. */
interface Walk {
  readonly names: Renaming
  readonly edits: Edit[]
  hidden: readonly string[]
}

/** What renaming changes in a source that parses. */
export function editsOfTree(syntax: Syntax, names: Renaming): Edit[] {
  const walk: Walk = { names, edits: [], hidden: [] }
  visit(syntax, walk)
  return walk.edits
}

function visit(node: Syntax, walk: Walk): void {
  switch (node.op) {
    case 'value':
      break
    case 'id':
      visitName(node, node.args, walk)
      break
    case '.':
      visit(node.args[0], walk)
      visitMember(node, node.args[0], node.args[1], walk)
      break
    case '[]':
      visitAll(node.args, walk)
      visitIndex(node.args[0], node.args[1], walk)
      break
    case 'call':
      visitAll(node.args[1], walk)
      break
    case 'rcall':
      visitMethod(node.args[0], node.args[1], node.args[2], walk)
      break
    case '!_':
    case '-_':
      visit(node.args, walk)
      break
    case 'map':
      for (const entry of node.args) visitAll(entry, walk)
      break
    default:
      visitAll(node.args as readonly Syntax[], walk)
  }
}

function visitAll(nodes: readonly Syntax[], walk: Walk): void {
  for (const node of nodes) visit(node, walk)
}

function visitName({ start, end }: Syntax, name: string, { names, edits, hidden }: Walk): void {
  if (hidden.includes(name)) return
  const text = newBareName(name, names, (other) => hidden.includes(other))
  if (text !== undefined) edits.push({ start, end, text })
}

function visitMember(node: Syntax, base: Syntax, name: string, { names, edits, hidden }: Walk): void {
  if (base.op !== 'id' || hidden.includes(base.args)) return
  const renamed = newMemberName(base.args, name, names)
  if (renamed === undefined) return
  // Brackets around the root and comments may stand before the dot.
  const between = tokenise(node.input.slice(base.end, node.end))
  const dot = base.end + between.find(({ text }) => text === '.')!.start
  edits.push(...editsOfMember(dot, { start: node.end - name.length, end: node.end }, renamed))
}

function visitIndex(base: Syntax, index: Syntax, { names, edits, hidden }: Walk): void {
  if (base.op !== 'id' || hidden.includes(base.args)) return
  if (index.op !== 'value' || typeof index.args !== 'string') return
  const renamed = newMemberName(base.args, index.args, names)
  if (renamed === undefined) return
  edits.push(editOfText(index.input.slice(index.start, index.end), index.start, renamed))
}

function visitMethod(name: string, receiver: Syntax, args: readonly Syntax[], walk: Walk): void {
  visit(receiver, walk)
  const [variable, ...rest] = args
  if (!isMacroCall(name) || variable?.op !== 'id') {
    visitAll(args, walk)
    return
  }
  const outer = walk.hidden
  walk.hidden = [...outer, variable.args]
  visitAll(rest, walk)
  walk.hidden = outer
}
