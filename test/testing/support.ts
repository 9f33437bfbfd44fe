import { readFileSync } from 'node:fs'
import { compile } from '../../src/interpreter/compile.ts'
import type { Program } from '../../src/interpreter/program.ts'
import { palette } from '../../src/palette/index.ts'

/** The contact of SUPPORT-FLOW.md. */
export const ADA = { name: 'Ada', balance: 150, tier: 'gold' }

export const SUPPORT = new URL('../../examples/support/support.json', import.meta.url)

export function compileSupport(): Program {
  return compile(JSON.parse(readFileSync(SUPPORT, 'utf8')), { nodes: palette })
}

export const WELCOME = 'Hello Ada, welcome to ACME.'
export const MENU = 'Press 1 for balance, 2 to hear this again, 3 for a ticket.'
export const OWE = 'Ada, you owe 150 (high).'
export const ASK = 'Please give your ticket number.'
export const CONFIRM = 'Ticket AB-1234 is being handled.'
export const ERROR = 'Sorry, that did not work.'
