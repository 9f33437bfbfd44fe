import type { Rule } from '../rule.ts'
import { configRule } from './config.ts'
import { connectorsRule, strayConnectorsRule } from './connectors.ts'
import { endlessCyclesRule } from './endless-cycles.ts'
import { flowOutcomesRule } from './flow-outcomes.ts'
import { namesRule } from './names.ts'
import { nodeTypeRule } from './node-type.ts'
import { outcomesRule } from './outcomes.ts'
import { completionRule, reachabilityRule } from './reachability.ts'
import { readBeforeSetRule } from './read-before-set.ts'
import { sensitiveValuesRule } from './sensitive-values.ts'
import { settingsRule } from './settings.ts'
import { settingsSourcesRule, sourcesRule } from './sources.ts'
import { startRule } from './start.ts'

/** Every rule, in the order in which findings are listed. */
export const RULES: readonly Rule[] = [
  startRule,
  settingsRule,
  settingsSourcesRule,
  nodeTypeRule,
  configRule,
  namesRule,
  sourcesRule,
  outcomesRule,
  strayConnectorsRule,
  connectorsRule,
  completionRule,
  reachabilityRule,
  endlessCyclesRule,
  flowOutcomesRule,
  readBeforeSetRule,
  sensitiveValuesRule,
]
