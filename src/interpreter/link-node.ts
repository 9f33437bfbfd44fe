import { isUnsafeKey, type Json, type JsonObject } from '../base/json.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { Expression, ExpressionLinker, LinkOptions, Template } from '../expressions/types.ts'
import { NodeFault, type NodeRuntime } from '../nodes/node-runtime.ts'
import { type LinkedPart, linkPrompt, type PromptPart } from '../nodes/prompt.ts'
import { damaged } from './check-executable.ts'
import type { ExecutableAction, ExecutableNode, ExecutableSource, Link } from './executable.ts'
import type { LinkedAction, ProgramNode } from './program.ts'

/** Links one node: finds its running half and puts closures into its config. */
export function linkNode(
  node: ExecutableNode,
  index: number,
  runtimes: ReadonlyMap<string, NodeRuntime>,
  linker: Linker,
): ProgramNode {
  const runtime = runtimes.get(node.type)
  if (runtime === undefined) {
    throw new SluiceError({
      code: 'executable.nodeType',
      problem: `The node ${node.id} needs the node type ${node.type}, which was not passed`,
      next: 'Add it to nodes',
    })
  }
  const { config, secrets } =
    node.links === undefined
      ? { config: node.config, secrets: undefined }
      : linker.config(node.config, node.links)
  return {
    index,
    id: node.id,
    runtime,
    enter: runtime.enter,
    on: runtime.on,
    config,
    outcomes: node.outcomes,
    targets: node.targets,
    counted: node.counted === true,
    output: node.output === true,
    live: node.live,
    sensitive: node.sensitive === true,
    secrets,
    onEnter: node.onEnter?.map((action) => linker.action(action)),
    onLeave:
      node.onLeave === undefined
        ? undefined
        : node.outcomes.map((_, outcome) => node.onLeave?.[outcome]?.map((action) => linker.action(action))),
  }
}

/** Turns the trees of one program into closures. */
export class Linker {
  readonly #linkers: ReadonlyMap<string, ExpressionLinker>
  readonly #options: LinkOptions
  readonly #language: string

  constructor(linkers: ReadonlyMap<string, ExpressionLinker>, options: LinkOptions, language: string) {
    this.#linkers = linkers
    this.#options = options
    this.#language = language
  }

  config(config: JsonObject, links: readonly Link[]): Pick<ProgramNode, 'config' | 'secrets'> {
    const linked = copyConfig(config)
    const secrets = new Set<Expression>()
    for (const each of links) {
      place(linked, each.path, (value) => {
        const made = this.#value(each, value)
        if (each.kind === 'expression' && each.sensitive === true) secrets.add(made as Expression)
        return made
      })
    }
    return { config: linked, secrets: secrets.size === 0 ? undefined : secrets }
  }

  action(action: ExecutableAction): LinkedAction {
    if ('set' in action) return { kind: 'set', variable: action.set, value: this.source(action.to) }
    return {
      kind: 'log',
      logbook: action.log,
      fields: action.fields.map((field) => ({
        name: field.name,
        value: this.source(field),
        sensitive: field.sensitive === true,
      })),
    }
  }

  #value(link: Link, value: unknown): unknown {
    switch (link.kind) {
      case 'expression':
        return this.source(link)
      case 'template':
        return this.#template(link.tree, link.language)
      case 'pattern':
        return this.#pattern(link.pattern)
      case 'record':
        return Object.entries(value as object)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, entry]) => ({ name, value: entry }))
      case 'prompt': {
        const parts: { [Part in PromptPart]?: LinkedPart } = {}
        for (const { part, text, tree, language } of link.parts) {
          const texts = new Map(parts[part])
          parts[part] = texts.set(text, this.#template(tree, language))
        }
        return linkPrompt(parts, link.audio, this.#language)
      }
    }
  }

  source({ tree, language }: Pick<ExecutableSource, 'tree' | 'language'>): Expression {
    return this.#linker(language).linkExpression(tree, this.#options)
  }

  #template(tree: Json, language: string | undefined): Template {
    return this.#linker(language).linkTemplate(tree, this.#options)
  }

  #pattern(pattern: string): (text: string) => boolean {
    const { regex } = this.#options
    if (regex === undefined) {
      return failing('evaluation.noRegexEngine', 'No engine for regular expressions was passed when linking')
    }
    try {
      return regex.compile(pattern)
    } catch {
      return failing('evaluation.pattern', 'The engine for regular expressions cannot read a pattern')
    }
  }

  #linker(language = 'cel'): ExpressionLinker {
    const linker = this.#linkers.get(language)
    if (linker !== undefined) return linker
    throw new SluiceError({
      code: 'executable.language',
      problem: `The expression language ${language} was not passed`,
      next: 'Add its linker to languages',
    })
  }
}

type Container = { [key: string | number]: unknown }

function copyConfig(value: Json): Container {
  if (typeof value !== 'object' || value === null) return value as unknown as Container
  if (Array.isArray(value)) return value.map(copyConfig) as unknown as Container
  const copy: Container = {}
  for (const key of Object.keys(value)) {
    if (isUnsafeKey(key)) throw damaged(`at a member ${key}`)
    copy[key] = copyConfig((value as JsonObject)[key] as Json)
  }
  return copy
}

function place(root: Container, path: readonly (string | number)[], make: (value: unknown) => unknown): void {
  let container = root
  for (let i = 0; i < path.length - 1; i++) container = own(container, path[i]!) as Container
  const last = path[path.length - 1]!
  container[last] = make(own(container, last))
}

/** What cannot be linked fails the node that uses it, and no other. */
function failing(code: string, message: string): () => never {
  return () => {
    throw new NodeFault(code, message)
  }
}

/** Paths come from a store: they lead through members that the config itself has, and nowhere else. */
function own(container: Container, part: string | number): unknown {
  if (typeof container !== 'object' || container === null || !Object.hasOwn(container, part)) {
    throw damaged(`at a link to ${String(part)}`)
  }
  return container[part]
}
