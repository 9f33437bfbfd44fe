import type { JsonObject } from '../base/json.ts'
import type { Medium } from '../document/flow-document.ts'
import { configSchema } from '../nodes/json-schema.ts'
import { type Category, type NodeType, pinOf } from '../nodes/node-type.ts'
import { createRegistry, type NodeTypes } from '../nodes/registry.ts'
import { withDefaults } from '../nodes/visit-config.ts'
import { type Handle, handlesOf } from './handles.ts'

/** What a palette shows. */
export interface PaletteModel {
  /** Those that have node types, in the order in which they are shown. */
  readonly categories: readonly PaletteCategory[]
  /** A node type by its pin, older majors included: for nodes that a flow has already. */
  get(pin: string): PaletteEntry | undefined
}

export interface PaletteCategory {
  readonly category: Category
  /** The newest major of each type, in the order of the registry. */
  readonly types: readonly PaletteEntry[]
}

export interface PaletteEntry {
  /** What the command `add` takes as the type, as in `menu@1`. */
  readonly pin: string
  readonly title: string
  readonly help: string
  /** Name of an icon; the host maps it to a picture. */
  readonly icon: string
  readonly category: Category
  /** The media that it can stand in; any unless given. */
  readonly media?: readonly Medium[]
  readonly place?: 'start' | 'end'
  /** JSON Schema of its config, for a form. */
  readonly schema: JsonObject
  /** The config that a new node begins with: the defaults of fields that have one, the others left blank. */
  readonly defaults: JsonObject
  /** The ways out of a new node; those of a placed one can depend on its config. */
  readonly handles: readonly Handle[]
}

export interface PaletteOptions {
  /** Leaves out what cannot stand in a flow of that medium. */
  readonly medium?: Medium
}

const ORDER: readonly Category[] = ['flow', 'messaging', 'voice', 'data', 'integration']

/** The palette of some node types, built-in ones and a host's own alike. */
export function paletteModel(nodes: NodeTypes, { medium = 'any' }: PaletteOptions = {}): PaletteModel {
  const registry = createRegistry(nodes)
  const newest = new Map<string, NodeType>()
  for (const type of registry) {
    const { type: name, major } = type.runtime
    if ((newest.get(name)?.runtime.major ?? -1) < major) newest.set(name, type)
  }
  const known = new Map<string, PaletteEntry>()
  const entryOf = (type: NodeType): PaletteEntry => {
    const pin = pinOf(type.runtime)
    const entry = known.get(pin) ?? readEntry(pin, type)
    known.set(pin, entry)
    return entry
  }
  const offered = [...newest.values()].filter(({ media }) => fits(media, medium))
  const inOrder = new Set([...ORDER, ...offered.map(({ category }) => category)])
  return {
    categories: [...inOrder].flatMap((category) => {
      const types = offered.filter((type) => type.category === category).map(entryOf)
      return types.length === 0 ? [] : [{ category, types }]
    }),
    get(pin) {
      const type = registry.get(pin)
      return type === undefined ? undefined : entryOf(type)
    },
  }
}

function readEntry(pin: string, type: NodeType): PaletteEntry {
  const { title, help, icon, category, media, place, fields } = type
  const defaults = withDefaults(fields, {})
  return {
    pin,
    title,
    help,
    icon,
    category,
    ...(media === undefined ? {} : { media }),
    ...(place === undefined ? {} : { place }),
    schema: configSchema(fields),
    defaults,
    handles: handlesOf({ config: {} }, type),
  }
}

function fits(media: readonly Medium[] | undefined, medium: Medium): boolean {
  return media === undefined || medium === 'any' || media.includes(medium)
}
