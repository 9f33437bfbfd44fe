import { type CelResult, celEnv, isCelError, isCelList, isCelMap, parse, plan } from '@bufbuild/cel'
import { strings } from '@bufbuild/cel/ext'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cel,
  celLinker,
  createScope,
  type Environment,
  isFault,
  re2Engine,
} from '../../src/expressions/index.ts'

/**
 * An independent implementation of CEL is the oracle. Sources are generated so that both languages should
 * agree: numbers are written as doubles, and what CEL counts in whole numbers passes through int() and
 * double(). Every deliberate difference stands in the list at the end and in docs/expressions.md.
 */
const RUNS = Number(process.env.FUZZ_RUNS ?? 3_000)

const TRIGGER = {
  n: 7,
  t: 'text',
  b: true,
  z: null,
  l: [3, 1, 2],
  mixed: [1, 'x', 3],
  m: { a: 1, deep: { c: 'd' } },
}
const ENVIRONMENT: Environment = { vars: {}, contact: {}, trigger: TRIGGER, nodes: {}, session: {}, now: 5 }

const oracle = celEnv({ funcs: strings })
const scope = createScope()

const FAULT = Symbol('fault')

function ours(source: string): unknown {
  const { checked, faults } = cel.checkExpression(source, scope)
  if (checked === undefined) return { refused: faults }
  const value = celLinker.linkExpression(checked.tree, { regex: re2Engine })(ENVIRONMENT)
  return isFault(value) ? FAULT : value
}

function theirs(source: string): unknown {
  return plain(plan(oracle, parse(source))({ trigger: TRIGGER, now: 5 }))
}

function plain(value: CelResult | unknown): unknown {
  if (isCelError(value)) return FAULT
  if (isCelList(value)) return [...value].map(plain)
  if (isCelMap(value))
    return Object.fromEntries([...value.entries()].map(([key, member]) => [key, plain(member)]))
  // JSON has one zero.
  return value === 0 ? 0 : value
}

type Kind = 'number' | 'text' | 'boolean' | 'numbers' | 'texts' | 'object'

const NESTING = { maxDepth: 5, depthIdentifier: 'source', withCrossShrink: true } as const

const sources = fc.letrec<Record<Kind, string>>((tie) => {
  const { number, text, boolean, numbers, texts, object } = {
    number: tie('number'),
    text: tie('text'),
    boolean: tie('boolean'),
    numbers: tie('numbers'),
    texts: tie('texts'),
    object: tie('object'),
  }
  const join = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
      .map((all) => all.join(''))
  const one = (...choices: string[]) => fc.constantFrom(...choices)
  // Not null: the oracle takes members that are null for absent.
  const present = join('(', number, ' + 0.0)')
  const whole = join('int(', number, ')')
  const sameKind = fc.oneof(join(number, one(' == ', ' != '), number), join(text, one(' == ', ' != '), text))
  const anything = fc.oneof(
    number,
    text,
    boolean,
    numbers,
    object,
    one('null', 'trigger.z', 'trigger.t', 'trigger.m'),
  )
  return {
    number: fc.oneof(
      NESTING,
      fc.oneof(
        fc.integer({ min: 0, max: 20 }).map((n) => n.toFixed(1)),
        one(
          '0.5',
          '-3.0',
          'trigger.n',
          'trigger.m.a',
          'trigger.t',
          'trigger.gone',
          'trigger.l[0]',
          'trigger.l[9]',
          'trigger.z',
        ),
      ),
      join('(', number, one(' + ', ' - ', ' * '), number, ')'),
      join('(', number, one(' / 2.0', ' / -4.0'), ')'),
      join('double(', whole, ' % ', one('int(3.0)', 'int(-5.0)', 'int(0.0)'), ')'),
      join('-(', number, ' + 1.0)'),
      join('double(size(', fc.oneof(text, numbers, texts, object), '))'),
      join('double(', text, '.indexOf(', text, '))'),
      join('(', boolean, ' ? ', number, ' : ', number, ')'),
      join(numbers, '[', whole, ']'),
      join('double(', whole, ')'),
      one('double("1.5")', 'double(string(2.5))', 'double(size("a😀b"))'),
    ),
    text: fc.oneof(
      NESTING,
      one(
        '""',
        '"a"',
        '"ab"',
        '"äö"',
        '"1.5"',
        '"x,y"',
        'trigger.t',
        'trigger.m.deep.c',
        'trigger.m["deep"]["c"]',
      ),
      join('(', text, ' + ', text, ')'),
      join('string(', fc.oneof(text, boolean), ')'),
      join(text, one('.lowerAscii()', '.upperAscii()', '.trim()')),
      join(text, '.replace(', one('"a"', '"b"', '"ä"'), ', ', text, ')'),
      join(text, '.substring(', whole, ')'),
      join(text, '.substring(', whole, ', ', whole, ')'),
      join(texts, '.join(', one('', '","'), ')'),
      join('(', boolean, ' ? ', text, ' : ', text, ')'),
    ),
    boolean: fc.oneof(
      NESTING,
      one(
        'true',
        'false',
        'trigger.b',
        'trigger.n',
        'trigger.gone',
        'has(trigger.n)',
        'has(trigger.gone)',
        'has(trigger.m.deep.x)',
      ),
      join('(', number, one(' < ', ' <= ', ' > ', ' >= '), number, ')'),
      join('(', text, one(' < ', ' <= ', ' > ', ' >= '), text, ')'),
      join('(', sameKind, ')'),
      join(
        '(',
        one('trigger.t', 'trigger.z', 'trigger.m', 'trigger.l', 'trigger.gone'),
        one(' == ', ' != '),
        anything,
        ')',
      ),
      join('(', boolean, one(' && ', ' || '), boolean, ')'),
      join('(', boolean, one(' && ', ' || '), boolean, one(' && ', ' || '), boolean, ')'),
      join('!(', boolean, ' || false)'),
      join('(', number, ' in ', numbers, ')'),
      join('(', text, ' in ', fc.oneof(texts, object), ')'),
      join(text, one('.contains(', '.startsWith(', '.endsWith('), text, ')'),
      join(text, '.matches(', one('"a+"', '"^[0-9.]+$"', '"b|ö"'), ')'),
      join(
        fc.oneof(numbers, one('trigger.mixed')),
        one('.all(', '.exists(', '.exists_one('),
        'i, i',
        one(' < ', ' >= '),
        number,
        ')',
      ),
      join(texts, one('.all(', '.exists('), 'i, i.contains(', text, '))'),
      join(object, '.exists(k, k == ', text, ')'),
    ),
    numbers: fc.oneof(
      NESTING,
      one('[]', '[1.0, 2.0]', 'trigger.l'),
      join('[', number, ', ', number, ']'),
      join('(', numbers, ' + ', numbers, ')'),
      join(numbers, '.map(i, i', one(' + ', ' * '), number, ')'),
      join(fc.oneof(numbers, one('trigger.mixed')), '.filter(i, i > ', number, ')'),
      join(numbers, '.map(i, i > ', number, ', i * 2.0)'),
    ),
    texts: fc.oneof(
      NESTING,
      one('["b"]', '["a", "c"]'),
      join('[', text, ', ', text, ']'),
      join(text, '.split(', one('","', '""', '"a"'), ')'),
      join(texts, '.filter(i, i != ', text, ')'),
    ),
    object: fc.oneof(
      NESTING,
      one('{}', 'trigger.m', 'trigger.m.deep'),
      join('{"a": ', fc.oneof(present, text), ', "b": ', boolean, '}'),
      join('{', text, ': ', present, ', ("" + ', text, '): 1.0}'),
    ),
  }
})

describe('agrees with an independent implementation of CEL', () => {
  const any = fc
    .oneof(sources.number, sources.text, sources.boolean, sources.numbers, sources.texts, sources.object)
    .filter((source) => source.length <= 1_000)

  test(`on ${RUNS} generated expressions`, () => {
    fc.assert(
      fc.property(any, (source) => {
        expect({ source, value: ours(source) }).toEqual({ source, value: theirs(source) })
      }),
      { numRuns: RUNS },
    )
  }, 600_000)
})

/** Every deliberate difference: an example, what it gives here, what it gives in CEL, and why. */
const DIFFERENCES: readonly [reason: string, source: string, here: unknown, there: unknown][] = [
  ['one number type', '1 + 1.5', 2.5, FAULT],
  ['one number type: / is real division', '7 / 2', 3.5, 3n],
  ['one number type: % works on fractions', '7.5 % 2.0', 1.5, FAULT],
  ['results are finite', '1.0 / 0.0', FAULT, Number.POSITIVE_INFINITY],
  ['has looks along the whole path', 'has(trigger.gone.further)', false, FAULT],
  ['null is empty text', 'string(trigger.z)', '', FAULT],
  ['a member that is null has a name (CEL agrees, the oracle does not)', '"z" in trigger', true, false],
  ['a character is never half of one', '"a😀b".substring(int(2.0))', 'b', '\ude00b'],
  ['a text that is no number is a fault', 'double("")', FAULT, 0],
]

describe('differs from CEL on purpose', () => {
  test.each(DIFFERENCES)('%s: %s', (_, source, here, there) => {
    expect(ours(source)).toEqual(here)
    expect(theirs(source)).toEqual(there)
  })
})
