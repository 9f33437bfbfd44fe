import { nearest } from '../../base/nearest.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import type { FlowTemplate } from './flow-template.ts'

/** The templates on offer: listed by iterating, chosen by id. */
export interface TemplateCatalog extends Iterable<FlowTemplate> {
  get(id: string): FlowTemplate | undefined
  /** The id that a misspelt one most likely meant. */
  suggest(id: string): string | undefined
}

/**
 * Puts templates on offer, in the order given. Throws `template.repeated` where two share an id.
 *
 * @example
 * const templates = createTemplateCatalog([...TEMPLATES, ...ours])
 * for (const { id, title } of templates) console.log(id, title)
 */
export function createTemplateCatalog(templates: Iterable<FlowTemplate>): TemplateCatalog {
  const byId = new Map<string, FlowTemplate>()
  for (const template of templates) {
    if (byId.has(template.id)) {
      throw new SluiceError({
        code: 'template.repeated',
        problem: `Two templates are called ${template.id}`,
        next: 'Give one of them another id, or leave one out',
      })
    }
    byId.set(template.id, template)
  }
  return {
    get: (id) => byId.get(id),
    suggest: (id) => nearest(id, byId.keys()),
    [Symbol.iterator]: () => byId.values(),
  }
}
