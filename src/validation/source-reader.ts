import { isJsonObject, type Json, type JsonObject, valueAt } from '../base/json.ts'
import type { DataField, FlowNode, FlowSettings, Source } from '../document/flow-document.ts'
import { cel } from '../expressions/cel.ts'
import type { Checked, ExpressionFault, ExpressionLanguage, Scope, ValueType } from '../expressions/types.ts'
import { contactFieldAt, type Field } from '../nodes/fields.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { isSource, promptTemplates } from '../nodes/prompt.ts'
import type { ConfigPath } from '../nodes/visit-config.ts'
import { valueTypeOf } from './flow-scope.ts'

/** One expression or template of a node, read and checked. */
export interface CheckedSource {
  readonly kind: 'expression' | 'template'
  /** From the node, as in `['config', 'rules', 0, 'condition']`. */
  readonly path: ConfigPath
  readonly language: string
  readonly checked: Checked | undefined
  readonly faults: readonly ExpressionFault[]
  /** True where the node shows the value in logs, and masks it there itself. */
  readonly masked?: true
  /** What is wrong with another text in its place; there where something is wrong with this one. */
  readonly recheck?: (text: string) => readonly ExpressionFault[]
}

/** Reads the expressions and templates of a flow within its scope. */
export class SourceReader {
  readonly scope: Scope
  readonly #languages: ReadonlyMap<string, ExpressionLanguage>
  readonly #variables: ReadonlyMap<string, ValueType>
  readonly #contact: ReadonlyMap<string, ValueType>

  constructor(
    scope: Scope,
    { variables, contact }: FlowSettings,
    languages: readonly ExpressionLanguage[] = [],
  ) {
    this.scope = scope
    this.#variables = typesOf(variables)
    this.#contact = typesOf(contact)
    this.#languages = new Map([cel, ...languages].map((language) => [language.id, language]))
  }

  /** The sources in one field of a config; none for fields of other kinds and for what is left blank. */
  ofField(type: NodeType, config: JsonObject, field: Field, value: Json, path: ConfigPath): CheckedSource[] {
    if (value === null || value === '') return []
    const at = ['config', ...path]
    if (field.kind === 'template' && isSource(value)) return [this.template(value, at)]
    if (field.kind === 'prompt') {
      return promptTemplates(value).map((each) => this.template(each.source, [...at, ...each.path]))
    }
    if (field.kind !== 'expression' || !isSource(value)) return []
    const contact = contactFieldAt(type.fields, path)
    const expected =
      contact === undefined ? this.#expected(field, config, path) : (this.#contact.get(contact) ?? 'any')
    const source = this.expression(value, at, expected)
    return [field.masked === true ? { ...source, masked: true } : source]
  }

  ofActions({ onEnter, onLeave }: FlowNode): readonly CheckedSource[] {
    if (onEnter === undefined && onLeave === undefined) return []
    const lists = [
      { actions: onEnter ?? [], path: ['onEnter'] },
      ...inOrder(onLeave ?? {}).map(([outcome, actions]) => ({ actions, path: ['onLeave', outcome] })),
    ]
    return lists.flatMap(({ actions, path }) =>
      actions.flatMap((action, index) =>
        'set' in action
          ? [this.expression(action.to, [...path, index, 'to'], this.#variables.get(action.set) ?? 'any')]
          : inOrder(action.fields).map(([name, source]) =>
              this.expression(source, [...path, index, 'fields', name], 'any'),
            ),
      ),
    )
  }

  expression(source: Source, path: ConfigPath, expected: ValueType): CheckedSource {
    return this.#read('expression', source, path, (language, text) =>
      language.checkExpression(text, this.scope, expected),
    )
  }

  template(source: Source, path: ConfigPath): CheckedSource {
    return this.#read('template', source, path, (language, text) => language.checkTemplate(text, this.scope))
  }

  #read(
    kind: CheckedSource['kind'],
    source: Source,
    path: ConfigPath,
    check: (
      language: ExpressionLanguage,
      text: string,
    ) => { readonly checked?: Checked; readonly faults: readonly ExpressionFault[] },
  ): CheckedSource {
    const { language, source: text } = typeof source === 'string' ? { language: 'cel', source } : source
    const reader = this.#languages.get(language)
    if (reader === undefined) {
      const range = { start: 0, end: text.length }
      const faults = [{ code: 'source.unknownLanguage', range, details: { language } }]
      return { kind, path, language, checked: undefined, faults }
    }
    const { checked, faults } = check(reader, text)
    if (faults.length === 0) return { kind, path, language, checked, faults }
    const recheck = (other: string) => check(reader, other).faults
    return { kind, path, language, checked, faults, recheck }
  }

  /** An expression whose value goes into a variable beside it has the type of that variable. */
  #expected(field: Field & { kind: 'expression' }, config: JsonObject, path: ConfigPath): ValueType {
    if (field.forVariable === undefined) return field.type
    const beside = valueAt(config, path.slice(0, -1))
    const variable = isJsonObject(beside) ? beside[field.forVariable] : undefined
    return (typeof variable === 'string' ? this.#variables.get(variable) : undefined) ?? field.type
  }
}

/** Members by name: equal objects are read in one order, however they were written. */
function inOrder<Value>(object: { readonly [name: string]: Value }): readonly (readonly [string, Value])[] {
  return Object.keys(object)
    .sort()
    .map((name) => [name, object[name]!])
}

function typesOf(declared: readonly DataField[] = []): ReadonlyMap<string, ValueType> {
  return new Map(declared.map(({ name, type }) => [name, valueTypeOf(type)]))
}
