import { existsSync } from 'node:fs'
import type { ScopeDeclarations } from '../src/expressions/scope.ts'
import type {
  CheckOutcome,
  Environment,
  Expression,
  ExpressionLanguage,
  ExpressionLinker,
  Scope,
  Template,
} from '../src/expressions/types.ts'
import { ADA, NOW } from './engines/engine.ts'
import type { Contestant, Workload } from './measure.ts'

/** How many different conditions take turns, so that no call site can settle on one. */
const CONDITIONS = 64
const TEMPLATE = 'Hello {{ contact.name }}, you owe {{ contact.balance }}'
const MODULE = new URL('../dist/expressions/index.js', import.meta.url)

interface ExpressionsModule {
  readonly cel: ExpressionLanguage
  readonly celLinker: ExpressionLinker
  createScope(declarations: ScopeDeclarations): Scope
}

export interface ExpressionWorkloads {
  readonly workloads: readonly Workload[]
  /** Why Sluice is not among the contestants; absent where it is. */
  readonly missing?: string
}

/** Conditions and templates against raw JavaScript of the same meaning. */
export async function expressionWorkloads(): Promise<ExpressionWorkloads> {
  const conditions: Contestant[] = [rawConditions()]
  const templates: Contestant[] = [{ name: 'raw JS', run: () => rawTemplate(ENVIRONMENT) }]
  const expressions = await loadExpressions()
  if (typeof expressions !== 'string') {
    conditions.push(compiledConditions(expressions))
    templates.push(compiledTemplate(expressions))
  }
  return {
    workloads: [
      {
        id: 'condition',
        title: `condition, ${CONDITIONS} in rotation`,
        unit: 'ns',
        per: CONDITIONS,
        contestants: conditions,
      },
      { id: 'template', title: 'template', unit: 'ns', per: 1, contestants: templates },
    ],
    ...(typeof expressions === 'string' ? { missing: expressions } : {}),
  }
}

const ENVIRONMENT: Environment = {
  vars: { retries: 1 },
  contact: { ...ADA },
  trigger: {},
  nodes: {},
  session: {},
  now: NOW,
}

/** The sources; half of them are true for Ada. */
function conditionSources(): readonly string[] {
  const operators = ['>', '>=', '<', '<='] as const
  return Array.from({ length: CONDITIONS }, (_, i) => {
    const operator = operators[i % operators.length]!
    return `contact.balance ${operator} ${100 + i} && contact.tier == "gold"`
  })
}

function rawConditions(): Contestant {
  // A function each, made from text, so that raw JavaScript too has 64 different ones.
  const tests = conditionSources().map(
    (source) =>
      new Function('env', `return ${source.replaceAll('contact.', 'env.contact.').replace('==', '===')}`),
  ) as ((env: Environment) => boolean)[]
  return { name: 'raw JS', run: () => countTrue(tests) }
}

function countTrue(tests: readonly ((env: Environment) => unknown)[]): number {
  let count = 0
  for (const test of tests) if (test(ENVIRONMENT) === true) count += 1
  return count
}

function rawTemplate(env: Environment): string {
  return `Hello ${String(env.contact.name)}, you owe ${String(env.contact.balance)}`
}

function compiledConditions({ cel, celLinker, createScope }: ExpressionsModule): Contestant {
  const scope = createScope(DECLARED)
  const tests: Expression[] = conditionSources().map((source) =>
    celLinker.linkExpression(passed(cel.checkExpression(source, scope, 'boolean'), source)),
  )
  const expected = rawConditions().run()
  if (countTrue(tests) !== expected) throw new Error('sluice: the conditions differ from raw JavaScript')
  return { name: 'sluice', run: () => countTrue(tests) }
}

function compiledTemplate({ cel, celLinker, createScope }: ExpressionsModule): Contestant {
  const tree = passed(cel.checkTemplate(TEMPLATE, createScope(DECLARED)), TEMPLATE)
  const template: Template = celLinker.linkTemplate(tree)
  if (template(ENVIRONMENT) !== rawTemplate(ENVIRONMENT)) {
    throw new Error('sluice: the template differs from raw JavaScript')
  }
  return { name: 'sluice', run: () => template(ENVIRONMENT) }
}

const DECLARED: ScopeDeclarations = { contact: { fields: { name: 'text', balance: 'number', tier: 'text' } } }

function passed({ checked, faults }: CheckOutcome, source: string) {
  if (!checked) throw new Error(`sluice: ${source} was refused: ${JSON.stringify(faults)}`)
  return checked.tree
}

async function loadExpressions(): Promise<ExpressionsModule | string> {
  if (!existsSync(MODULE)) return 'dist/expressions/index.js does not exist (npm run build)'
  const loaded = (await import(MODULE.href)) as Partial<ExpressionsModule>
  const { cel, celLinker, createScope } = loaded
  if (!cel || !celLinker || !createScope) {
    return 'sluice/expressions does not export cel, celLinker and createScope'
  }
  return { cel, celLinker, createScope }
}
