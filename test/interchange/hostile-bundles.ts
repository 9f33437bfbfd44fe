import type { Json } from '../../src/base/json.ts'
import { MAX_BUNDLE_FLOWS, MAX_BUNDLE_LENGTH } from '../../src/interchange/index.ts'
import { changed, exported, hello } from './bundle-cases.ts'

const { bundle } = exported([hello()])

/** A bundle with something in the config of a node. */
function held(value: unknown): unknown {
  const copy = changed(bundle, () => {})
  const flows = copy.flows as unknown as { document: { nodes: { config: { held?: unknown } }[] } }[]
  flows[0]!.document.nodes[0]!.config.held = value
  return copy
}

/** Lists in lists: each holds the one before ten times, so that a few hundred bytes unpack to gigabytes. */
function repeated(value: unknown, times: number): unknown {
  return Array.from({ length: times }).reduce<unknown>(
    (inner) => Array.from({ length: 10 }, () => inner),
    value,
  )
}

function cyclic(): unknown {
  const value: { self?: unknown } = {}
  value.self = [value]
  return value
}

class Sneaky {
  readonly held = 1
}

/** Bundles that are too large for a folder, or that no file can hold; each is made when it is wanted. */
export const GENERATED: { readonly [name: string]: () => unknown } = {
  'deep-text': () => `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`,
  'deep-config': () => held(Array.from({ length: 10_000 }).reduce<unknown>((inner) => [inner], 1)),
  'deep-document': () => held(Array.from({ length: 61 }).reduce<unknown>((inner) => ({ inner }), 1)),
  'huge-text': () => `"${'x'.repeat(MAX_BUNDLE_LENGTH)}"`,
  'huge-list': () => held(Array.from({ length: 2_000_001 }, () => 0)),
  'huge-string': () => held('x'.repeat(1_000_001)),
  'cyclic-value': () => held(cyclic()),
  'cyclic-bundle': () => {
    const copy = changed(bundle, () => {}) as { flows: unknown }
    copy.flows = [copy]
    return copy
  },
  'cycle-beside-the-entries-of-a-list': () => {
    const list: unknown[] & { beside?: unknown } = [1]
    list.beside = [list]
    return held(list)
  },
  'repetition-of-lists': () => held(repeated(1, 12)),
  'repetition-of-a-long-text': () => held(repeated('x'.repeat(1_000_000), 3)),
  'repetition-of-flows': () =>
    changed(bundle, (copy) => {
      copy.flows = Array.from({ length: MAX_BUNDLE_FLOWS + 1 }, () => copy.flows[0])
    }),
  'too-many-flows': () => {
    const names = Array.from({ length: MAX_BUNDLE_FLOWS + 1 }, (_, index) => `f${index}`)
    return changed(bundle, (copy) => {
      copy.roots = names
      copy.flows = names.map((id) => ({ ...copy.flows[0], document: { ...copy.flows[0].document, id } }))
    })
  },
  'crowd-of-node-types': () =>
    changed(bundle, (copy) => {
      copy.nodeTypes = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`t${index}@1`, 1]))
    }),
  'crowd-of-integrations': () =>
    changed(bundle, (copy) => {
      const pins = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`t${index}@1`, 'crm']))
      copy.integrations = { tenant: 'acme', pins }
    }),
  'crowd-of-names-that-are-none': () =>
    changed(bundle, (copy) => {
      copy.languages = Array.from({ length: 200_000 }, () => 1)
    }),
  'name-that-a-terminal-obeys': () =>
    changed(bundle, (copy) => {
      copy.roots = ['\u001b[2Jhello\u202e']
    }),
  'document-name-that-a-terminal-obeys': () =>
    changed(bundle, (copy) => {
      copy.flows[0].document[`\u001b[2J\u202e${'x'.repeat(1_000)}`] = 1
    }),
  'proxy-that-throws': () =>
    new Proxy(bundle, {
      ownKeys: () => {
        throw new Error('Code of the bundle has run')
      },
    }),
  'proxy-that-contains-itself-when-it-is-copied': () => {
    const proxy: unknown = new Proxy(
      changed(bundle, () => {}),
      {
        get: (target, name) => (name === 'flows' ? [proxy] : Reflect.get(target, name)),
      },
    )
    return proxy
  },
  'accessor-for-a-member': () => {
    const copy = changed(bundle, () => {})
    Object.defineProperty(copy, 'roots', {
      enumerable: true,
      get: () => {
        throw new Error('Code of the bundle has run')
      },
    })
    return copy
  },
  'instance-of-a-class': () => held(new Sneaky()),
  'member-that-is-a-function': () => held(() => 1),
  'number-that-is-none': () => held(Number.NaN),
}

/** What is expected of a hostile bundle. */
export interface Expected {
  /** True where it is made harmless, and comes in with warnings. */
  readonly accepted: boolean
  readonly diagnostics: readonly { readonly code: string; readonly path: readonly Json[] }[]
}
