import { describe, expect, it } from 'vitest'
import { connector, exampleFlow, says, sets } from '../../scripts/diagnostics/example-flow.ts'
import { exampleOf, optionsOf } from '../../scripts/diagnostics/examples.ts'
import { FLOW_EXAMPLES } from '../../scripts/diagnostics/flow-examples.ts'
import { seededRandom } from '../../src/base/random.ts'
import { EXPRESSION_DIAGNOSTICS } from '../../src/diagnostics/expression-codes.ts'
import { FLOW_DIAGNOSTICS } from '../../src/diagnostics/flow-codes.ts'
import { LIQUID_DIAGNOSTICS } from '../../src/diagnostics/liquid-codes.ts'
import { WORKSPACE_DIAGNOSTICS } from '../../src/diagnostics/workspace-codes.ts'
import { applyCommand, openDraft, TEMPLATES } from '../../src/editing/index.ts'
import type { Diagnostic, FlowDocument } from '../../src/index.ts'
import { validate } from '../../src/validation/index.ts'
import { BASE, randomCommand } from '../editing/random-commands.ts'
import { Dice } from '../fuzz/generate-flow.ts'
import { flow } from '../support/flow.ts'
import { breakDocument } from './break-document.ts'
import { checkFix, OPTIONS } from './fix-law.ts'

const AUTHOR = 'Only the author knows what is meant.'
const NAME = 'Only the author can name it.'
const OUTSIDE = 'What is wrong stands in the workspace; no edit of the flow can mend it.'

/** Codes without a fix, and why nothing can mend them but a person. */
const WITHOUT_FIX: { readonly [code: string]: string } = {
  'flow.noStart': 'Only the author knows which node comes first.',
  'flow.empty': 'Only the author knows which node comes first.',
  'flow.noEndReachable': 'Only the author knows where the flow ends.',
  'node.unknownType': 'Fields and outcomes of another type need not fit; only the author sees which do.',
  'node.placeholder': 'No node type stands for what could not be imported.',
  'node.noWayToEnd': 'Only the author knows which path should end; open outcomes have fixes of their own.',
  'config.missing': AUTHOR,
  'outcome.repeated': NAME,
  'outcome.badName': NAME,
  'cycle.endless': 'Only the author knows where the flow should wait.',
  'contact.badName': NAME,
  'variable.badName': NAME,
  'variable.reserved': NAME,
  'source.unknownLanguage': 'Nobody here can read the text.',
  'expression.empty': AUTHOR,
  'expression.tooLong': 'Only the author knows how to divide it.',
  'expression.tooDeep': 'Only the author knows how to divide it.',
  'expression.unfinished': AUTHOR,
  'expression.unclosedText': 'Only the author knows where the text ends.',
  'expression.reservedWord': AUTHOR,
  'expression.numberRange': 'Only the author knows whether it is an id or a number.',
  'expression.noMembers': AUTHOR,
  'expression.index': AUTHOR,
  'expression.comparison': 'Only the author knows which of the two is of the wrong kind.',
  'expression.argumentCount': AUTHOR,
  'expression.argumentType': AUTHOR,
  'expression.objectKey': NAME,
  'expression.loopVariable': NAME,
  'expression.hasArgument': AUTHOR,
  'expression.pattern': AUTHOR,
  'expression.wrongType': AUTHOR,
  'expression.notText': AUTHOR,
  'expression.unclosedTag': 'Only the author knows where the block ends.',
  'subflow.missing': OUTSIDE,
  'subflow.notReleased': OUTSIDE,
  'exceptionFlow.missing': OUTSIDE,
  'exceptionFlow.notReleased': OUTSIDE,
}

const CODES = [FLOW_DIAGNOSTICS, EXPRESSION_DIAGNOSTICS, LIQUID_DIAGNOSTICS].flatMap((table) =>
  Object.keys(table),
)
const WORKSPACE_CODES = Object.keys(WORKSPACE_DIAGNOSTICS)

describe('every code of a flow', () => {
  it.each(CODES)('%s has an example with a fix that keeps the law, or a reason why it has none', (code) => {
    const example = FLOW_EXAMPLES[code]!
    const document = exampleFlow(example)
    const options = optionsOf(example)
    const found = validate(document, options)
    const own = found.filter((each) => each.code === code)
    expect(own.length).toBeGreaterThan(0)
    if (code in WITHOUT_FIX) expect(own.map(({ fix }) => fix)).toEqual(own.map(() => undefined))
    else expect(own.some(({ fix }) => fix !== undefined)).toBe(true)
    for (const each of found) if (each.fix !== undefined) checkFix(document, each, options)
  })

  it('has no reason that it does not need', () => {
    const known = [...CODES, ...WORKSPACE_CODES]
    expect(Object.keys(WITHOUT_FIX).filter((code) => !known.includes(code))).toEqual([])
  })

  it.each(WORKSPACE_CODES)('%s, which the workspace gives, has a reason why it has no fix', (code) => {
    expect(exampleOf(code).fix).toBeUndefined()
    expect(WITHOUT_FIX[code]).toMatch(/\S/)
  })
})

describe('a correction of a source', () => {
  const mended = (spec: Parameters<typeof exampleFlow>[0]) => {
    const document = exampleFlow(spec)
    const found = validate(document, OPTIONS).find(({ fix }) => fix !== undefined)
    if (found === undefined) return undefined
    const { nodes } = checkFix(document, found)
    const hello = nodes.find(({ id }) => id === 'hello')!
    return spec.nodes![0]!.onEnter === undefined
      ? hello.config.prompt
      : (hello.onEnter![0] as { to: unknown }).to
  }

  it.each([
    ['retires + 1', 'retries + 1'],
    ['size(nmae) > 2', 'size(name) > 2'],
    ['retires + retires', 'retries + retires'],
    ['contact["emial"]', 'contact["email"]'],
    ['retries = 3', 'retries == 3'],
    ['retries == 3 and true', 'retries == 3 && true'],
    ['"a" in name', 'name.contains("a")'],
    ['"Round " + (retries + 1)', '"Round " + (string(retries + 1))'],
    ['trim(name)', 'name.trim()'],
    ['replace(name, "a", "b")', 'name.replace("a", "b")'],
    ['retries.round() + 1', 'round(retries) + 1'],
    ['name.matches("\\d\\d")', 'name.matches("\\\\d\\\\d")'],
  ])('of %j gives %j', (before, after) => {
    expect(mended(sets(before))).toBe(after)
  })

  it.each([
    ['retires + "x"', 'what was meant does not fit'],
    ['trim(name + "x")', 'what stands before the dot would need brackets'],
    ['nobody', 'nothing is near'],
    ['retries = ', 'it would still not be read'],
  ])('of %j is left to the author: %s', (source) => {
    expect(mended(sets(source))).toBeUndefined()
  })

  it.each([
    ['Hello {{sesion.id}}, {{session.id}}', 'Hello {{session.id}}, {{session.id}}'],
    ['Hello {{session.id', 'Hello {{session.id}}'],
    ['Hello {{ }}', 'Hello '],
  ])('of the text %j gives %j', (before, after) => {
    expect(mended(says(before))).toBe(after)
  })

  it('reaches into the languages of a prompt', () => {
    const text = { texts: { de: 'Hallo', en: 'Hello {{sesion.id}}' } }
    expect(mended(says({ text }))).toEqual({ text: { texts: { de: 'Hallo', en: 'Hello {{session.id}}' } } })
  })

  it('leaves a source in Liquid in its language', () => {
    expect(mended(says({ language: 'liquid', source: 'Hello {{ sesion.id | upcase }}' }))).toEqual({
      language: 'liquid',
      source: 'Hello {{ session.id | upcase }}',
    })
  })

  it('does not leave a text blank that is needed', () => {
    expect(mended(says('{{}}'))).toBeUndefined()
  })
})

describe('a fix that would break something else is left out', () => {
  const titleOf = (code: string, spec: Parameters<typeof exampleFlow>[0]) =>
    validate(exampleFlow(spec), OPTIONS).find((each) => each.code === code)!.fix?.title

  const question = (id: string) => ({ id, type: 'collect-input@1', config: { prompt: '?' } })

  it('where a node that is not reached has outputs, which others may read', () => {
    const lost = { nodes: [question('lost')], connectors: [connector('lost:valid', 'done')] }
    expect(titleOf('node.unreachable', lost)).toBeUndefined()
  })

  it('where a connector that leaves no node names the end that would be added', () => {
    const back = connector('done:valid', 'hello')
    const open = { nodes: [question('done')], connectors: [back], without: ['hello:next'] }
    expect(titleOf('outcome.unassigned', open)).toContain('Add an end')
    const stray = { ...open, connectors: [back, connector('end:next', 'hello')] }
    expect(titleOf('outcome.unassigned', stray)).toBeUndefined()
  })

  it('where the start would not reach the end that would be added', () => {
    const lost = {
      nodes: [question('lost'), question('done')],
      connectors: [connector('done:valid', 'hello')],
    }
    expect(titleOf('outcome.unassigned', lost)).toBeUndefined()
  })

  it('where a connector alone leads to what follows', () => {
    const only = {
      nodes: [question('ask')],
      connectors: [connector('hello:gone', 'ask'), connector('ask:valid', 'done')],
    }
    expect(titleOf('connector.unknownOutcome', only)).toBeUndefined()
    const also = { ...only, connectors: [...only.connectors, connector('hello:on:error', 'ask')] }
    expect(titleOf('connector.unknownOutcome', also)).toBe('Remove the connector')
  })

  it('where a declaration says more than the one that holds', () => {
    const twice = (first: object) => ({
      settings: {
        variables: [
          { name: 'v', type: 'text', ...first },
          { name: 'v', type: 'text' },
        ] as never,
      },
    })
    expect(titleOf('variable.repeated', twice({}))).toBe('Remove the first v')
    expect(titleOf('variable.repeated', twice({ sensitive: true }))).toBeUndefined()
  })

  it('where the logbook that was meant lacks a field', () => {
    const log = (reason: string) => ({
      nodes: [
        {
          id: 'hello',
          type: 'send-message@1',
          config: { prompt: 'Hi' },
          onEnter: [{ log: 'cals', fields: { [reason]: '1' } }],
        },
      ],
      settings: { logbooks: [{ name: 'calls', fields: ['reason'] }] },
    })
    expect(titleOf('logbook.unknown', log('reason'))).toBe('Use calls')
    expect(titleOf('logbook.unknown', log('who'))).toBeUndefined()
  })
})

/** How many fixes are checked, and the text that the seeds begin with: `FIX_RUNS=50000 FIX_SEED=mine`. */
const RUNS = Number(process.env.FIX_RUNS ?? 4_000)
const SEED = process.env.FIX_SEED ?? 'sluice'
/** Of one document; those that have been checked least come first. */
const PER_DOCUMENT = 3
const CHANGES = 8

describe('fixes of random flows', () => {
  it(`keep the law (${RUNS} from seed ${SEED})`, { timeout: 3_600_000 }, () => {
    const checked = new Map<string, number>()
    let total = 0
    for (let run = 0; total < RUNS; run++) {
      const dice = new Dice(seededRandom(`${SEED}:${run}`))
      for (const document of variants(dice)) {
        const found = validate(document, OPTIONS)
        for (const each of chooseFrom(found, checked)) {
          try {
            checkFix(document, each, OPTIONS, found, total % 5 === 0)
          } catch (error) {
            throw new Error(`seed ${SEED}:${run}: ${JSON.stringify(each)}\nin ${JSON.stringify(document)}`, {
              cause: error,
            })
          }
          checked.set(each.code, (checked.get(each.code) ?? 0) + 1)
          total++
        }
      }
    }
    const counts = [...checked]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, times]) => `${code} ${times}`)
    console.log(`fixes: ${total} checked from seed ${SEED}\n  ${counts.join(', ')}`)
    // A short run says nothing about what it did not come to.
    if (RUNS < 4_000) return
    const reached = CODES.filter((code) => !(code in WITHOUT_FIX) && !RARE.includes(code))
    expect(reached.filter((code) => !checked.has(code))).toEqual([])
  })
})

/** Codes that random flows hardly come to. */
const RARE = ['node.noOutcomeConnected']

/** A flow, and what comes of it change by change: as commands leave it, and as they never would. */
function* variants(dice: Dice): Generator<FlowDocument> {
  let document = dice.pick(FLOWS)
  for (let n = 0; n < CHANGES; n++) {
    if (dice.chance(0.4)) {
      const draft = openDraft(document, OPTIONS)
      const edit = applyCommand(draft, randomCommand(dice, draft))
      if (edit.ok) document = edit.draft.document
    } else document = breakDocument(dice, document) ?? document
    if (dice.chance(0.5)) yield document
  }
}

const FLOWS: readonly FlowDocument[] = [
  ...Array.from({ length: 8 }, () => flow(BASE)),
  ...TEMPLATES.map(({ id, document }) => ({ ...document, id, name: id })),
  ...Object.values(FLOW_EXAMPLES)
    .filter(({ types }) => types === undefined)
    .map(exampleFlow),
]

function chooseFrom(
  found: readonly Diagnostic[],
  checked: ReadonlyMap<string, number>,
): readonly Diagnostic[] {
  const times = ({ code }: Diagnostic) => checked.get(code) ?? 0
  return found
    .filter(({ fix }) => fix !== undefined)
    .sort((a, b) => times(a) - times(b))
    .slice(0, PER_DOCUMENT)
}
