import type { FlowDocument } from '../document/flow-document.ts'
import { createRegistry, type NodeTypes } from '../nodes/registry.ts'
import { codeOf, quoteText } from './code-text.ts'
import { disassemble } from './disassemble.ts'
import { requiredNodes } from './required-nodes.ts'

export interface CodeOptions {
  /** The node types that the code may name; a node of any other is written as one that nobody checks. */
  readonly nodes: NodeTypes
  /**
   * The module that exports the `buildFlow` to use, for node types of a host's own; unless given, the code makes one of
   * the built-in palette.
   */
  readonly builder?: string
}

const HEAD = `import { createBuilder } from 'sluice/builder'
import { palette } from 'sluice/palette'

const { buildFlow } = createBuilder({ nodes: palette })`

/**
 * The document as a module of builder code, whose default export is the same document. It runs as JavaScript and as
 * TypeScript. What the compiler would refuse stands in it unchecked: nodes of unknown types or with a config that does
 * not fit, and connectors that leave or reach what is not there.
 */
export function renderCode(document: FlowDocument, options: CodeOptions): string {
  const types = createRegistry(requiredNodes(options))
  const { builder } = options
  const head = builder === undefined ? HEAD : `import { buildFlow } from ${quoteText(builder)}`
  const call = 'export default buildFlow('
  return `${head}\n\n${call}${codeOf(disassemble(document, types), 0, call.length + 1)})\n`
}
