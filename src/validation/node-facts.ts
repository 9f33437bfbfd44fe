import type { Json, JsonObject } from '../base/json.ts'
import type { Connector, FlowNode } from '../document/flow-document.ts'
import type { ValueType } from '../expressions/types.ts'
import { type Field, isOptional } from '../nodes/fields.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { type ConfigPath, visitConfig, withDefaults } from '../nodes/visit-config.ts'
import { configFaults, type NodeFaultFound } from './config-faults.ts'
import type { CheckedSource, SourceReader } from './source-reader.ts'

/** A flow outcome that a node is tagged with: what the run came to where it ends there. */
export interface OutcomeTag {
  /** From the node. */
  readonly path: ConfigPath
  /** Blank where none has been chosen. */
  readonly code: string
  readonly optional: boolean
}

/** A field of a node that names something that the flow settings declare; never blank. */
export interface Naming {
  readonly of: 'variable' | 'logbook'
  readonly name: string
  /** From the node. */
  readonly path: ConfigPath
  /** True for a variable that the node sets. */
  readonly written: boolean
}

/** What a node says by itself, whatever stands around it. */
export interface OwnFacts {
  readonly node: FlowNode
  /** Absent where the palette does not have it. */
  readonly type: NodeType | undefined
  /** The config with defaults filled in. */
  readonly config: JsonObject
  readonly outcomes: readonly string[]
  readonly tags: readonly OutcomeTag[]
  readonly namings: readonly Naming[]
  /** True where every way through the node waits. */
  readonly waits: boolean
  /** Outcomes that it takes only so often, until it has taken another one. */
  readonly bounded: readonly string[]
  /** True where nothing follows: the run ends, or goes on in another flow. */
  readonly ends: boolean
  readonly configFaults: readonly NodeFaultFound[]
  /** What expressions may read of it; absent where that is nothing. */
  readonly outputs: { readonly [name: string]: ValueType } | undefined
  /** The fields that hold sources, to be read within a scope. */
  readonly sourceFields: readonly SourceField[]
}

/** A field that holds an expression, a template or a prompt. */
export interface SourceField {
  readonly field: Field
  readonly value: Json
  /** From the config. */
  readonly path: ConfigPath
}

/** All that one node says, by itself and within the names of its flow. */
export interface NodeFacts extends OwnFacts {
  /** Its place among the nodes of the analysis, and in its graph. */
  readonly index: number
  readonly sources: readonly CheckedSource[]
  /** Connectors that leave it, by outcome. */
  readonly connectors: ReadonlyMap<string, Connector>
}

/** Facts of one shape, however they came about: what goes through thousands of them reads each in a few nanoseconds. */
export function joinFacts(
  own: OwnFacts,
  index: number,
  sources: NodeFacts['sources'],
  connectors: NodeFacts['connectors'],
): NodeFacts {
  const { node, type, config, outcomes, tags, namings, waits, bounded, ends } = own
  const { configFaults, outputs, sourceFields } = own
  return {
    node,
    type,
    config,
    outcomes,
    tags,
    namings,
    waits,
    bounded,
    ends,
    configFaults,
    outputs,
    sourceFields,
    index,
    sources,
    connectors,
  }
}

/** Reads what a node says by itself; goes through its config once. */
export function readNode(node: FlowNode, type: NodeType | undefined): OwnFacts {
  if (type === undefined) return { ...NOTHING, node, config: node.config }
  const config = withDefaults(type.fields, node.config)
  const tags: OutcomeTag[] = []
  const namings: Naming[] = []
  const sourceFields: SourceField[] = []
  visitConfig(type.fields, config, (field, value, path) => {
    switch (field.kind) {
      case 'expression':
      case 'template':
      case 'prompt':
        if (value !== undefined) sourceFields.push({ field, value, path })
        break
      case 'variable':
        if (typeof value === 'string' && value !== '') {
          const written = field.access === 'write'
          namings.push({ of: 'variable', name: value, path: ['config', ...path], written })
        }
        break
      case 'text':
        if (field.role === 'flowOutcome') {
          const code = typeof value === 'string' ? value : ''
          tags.push({ path: ['config', ...path], code, optional: isOptional(field) })
        } else if (field.role === 'logbook' && typeof value === 'string' && value !== '') {
          namings.push({ of: 'logbook', name: value, path: ['config', ...path], written: true })
        }
    }
  })
  return {
    node,
    type,
    config,
    outcomes: type.runtime.outcomes(config),
    tags,
    namings,
    waits: type.pauses?.(config) === true,
    bounded: type.boundedOutcomes?.(config) ?? [],
    ends: type.place === 'end' || type.leavesFlow?.(config) === true,
    configFaults: configFaults(type, node.config, config),
    outputs: type.outputs?.(node.config),
    sourceFields,
  }
}

/** The sources of a node, read within the names of its flow. */
export function readSources(
  { node, type, config, sourceFields }: OwnFacts,
  reader: SourceReader,
): readonly CheckedSource[] {
  if (type === undefined) return reader.ofActions(node)
  const sources = sourceFields.flatMap(({ field, value, path }) =>
    reader.ofField(type, config, field, value, path),
  )
  return node.onEnter === undefined && node.onLeave === undefined
    ? sources
    : [...sources, ...reader.ofActions(node)]
}

/** The variables that a node sets itself, as often as its config names them. */
export function writtenBy({ namings }: OwnFacts): readonly string[] {
  return namings.flatMap(({ name, written, of }) => (written && of === 'variable' ? [name] : []))
}

const NOTHING: Omit<OwnFacts, 'node' | 'config'> = {
  type: undefined,
  outcomes: [],
  tags: [],
  namings: [],
  waits: false,
  bounded: [],
  ends: false,
  configFaults: [],
  outputs: undefined,
  sourceFields: [],
}
