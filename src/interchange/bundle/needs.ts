import { isJsonObject, type Json } from '../../base/json.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import type { NodeRegistry } from '../../nodes/registry.ts'
import { visitConfig } from '../../nodes/visit-config.ts'
import type { Bundle } from './bundle.ts'
import { rangeOf } from './node-versions.ts'
import { segmentOf } from './segment-of.ts'

/** What flows need where they come to, by name alone; sorted, so that the order of flows does not matter. */
export type Needs = Pick<
  Bundle,
  'nodeTypes' | 'integrations' | 'languages' | 'expressions' | 'prompts' | 'mediaFolders' | 'segments'
>

/** Finds out what flows need. Node types that the registry lacks are needed too, but nothing is known of them. */
export function needsOf(documents: readonly FlowDocument[], registry: NodeRegistry, tenant: string): Needs {
  const ranges = new Map<string, string>()
  const pins = new Map<string, string>()
  const found = {
    languages: new Set<string>(),
    expressions: new Set<string>(),
    prompts: new Set<string>(),
    mediaFolders: new Set<string>(),
    segments: new Set<string>(),
  }
  for (const document of documents) {
    const { languages, mediaFolder } = document.settings
    for (const tag of [languages?.default, ...(languages?.others ?? []).map((other) => other.tag)])
      add(found.languages, tag)
    add(found.mediaFolders, mediaFolder)
    findExpressions(document as unknown as Json, found.expressions)
    for (const node of document.nodes) {
      const type = registry.get(node.type)
      if (type === undefined) continue
      ranges.set(node.type, rangeOf(type))
      if (type.integration !== undefined) pins.set(node.type, type.integration)
      add(found.segments, segmentOf(node, type))
      visitConfig(type.fields, node.config, (field, value) => {
        if (field.kind === 'prompt' && isJsonObject(value)) add(found.prompts, value.audio)
      })
    }
  }
  return {
    nodeTypes: Object.fromEntries(ranges),
    ...(pins.size === 0 ? {} : { integrations: { tenant, pins: Object.fromEntries(pins) } }),
    languages: sorted(found.languages),
    expressions: sorted(found.expressions),
    prompts: sorted(found.prompts),
    mediaFolders: sorted(found.mediaFolders),
    segments: sorted(found.segments),
  }
}

/** Names that are blank, or too long to be anything, name nothing. */
function add(names: Set<string>, name: Json | undefined): void {
  if (typeof name === 'string' && name !== '' && name.length <= 256) names.add(name)
}

function findExpressions(value: Json, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  if (isJsonObject(value) && typeof value.language === 'string' && typeof value.source === 'string') {
    if (value.language !== 'cel') add(found, value.language)
  }
  for (const member of Object.values(value)) if (member !== undefined) findExpressions(member as Json, found)
}

function sorted(names: ReadonlySet<string>): readonly string[] {
  return [...names].sort()
}
