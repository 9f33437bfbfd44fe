import type { Environment } from './types.ts'

/**
 * The checked form of a CEL source: compact plain JSON, stored with a released flow and linked to closures by
 * `celLinker`. Its meaning is frozen: a new meaning takes a new operator, so that trees of old releases keep
 * theirs.
 *
 * A scalar stands for itself. Everything else is a list that starts with its operator:
 *
 * | tree | meaning |
 * | --- | --- |
 * | `["root", root]` | one root of the environment |
 * | `["get", x, name]` | a declared member; absent, or of null, reads as null |
 * | `["need", x, name]` | a member nobody declared; absent is a fault |
 * | `["at", x, key]` | an entry of a list by number, a member of an object by text; absent is a fault |
 * | `["has", x, name]` | whether the member is there and not null |
 * | `["loop", n]` | the variable of the n-th macro around, counted from outside |
 * | `["not", x]` `["neg", x]` | logical and arithmetic negation |
 * | `["and", …]` `["or", …]` | two or more operands |
 * | `["if", condition, then, else]` | |
 * | `["==", a, b]` and `!= < <= > >= + - * / % in` | |
 * | `["list", …]` `["object", key, value, key, value, …]` | |
 * | `["all", range, n, test]` and `exists`, `exists_one`, `filter` | n is the number of the loop variable |
 * | `["map", range, n, value]` `["map", range, n, test, value]` | |
 * | `["default", x, y]` | y where x is null or missing |
 * | `["call", name, …]` | a function of the list; the receiver of a method is the first argument |
 * | `["text", …]` | a template: literal text and holes in turn; stands only at the top |
 */
export type Tree = null | boolean | number | string | TreeNode

export type TreeNode =
  | readonly ['root', keyof Environment]
  | readonly ['get' | 'need' | 'has', Tree, string]
  | readonly ['loop', number]
  | readonly ['not' | 'neg', Tree]
  | readonly ['and' | 'or' | 'list' | 'object' | 'text', ...Tree[]]
  | readonly ['if', Tree, Tree, Tree]
  | readonly ['at' | 'default' | BinaryOperator, Tree, Tree]
  | readonly ['all' | 'exists' | 'exists_one' | 'filter', Tree, number, Tree]
  | readonly ['map', Tree, number, Tree]
  | readonly ['map', Tree, number, Tree, Tree]
  | readonly ['call', string, ...Tree[]]

export type Ordering = '<' | '<=' | '>' | '>='
export type Arithmetic = '-' | '*' | '/' | '%'
export type BinaryOperator = '==' | '!=' | 'in' | '+' | Ordering | Arithmetic

/** True for a tree that is a constant. */
export function isLiteral(tree: Tree): tree is null | boolean | number | string {
  return typeof tree !== 'object' || tree === null
}
