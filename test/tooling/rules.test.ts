import { describe, expect, it } from 'vitest'
import { checkRules, parseRules, quotedRules } from '../../scripts/rules/check-rules.ts'

const PAGE = `# Rules

Text that mentions AAA-9 in passing.

## AAA: first area
- AAA-1 Holds.
- AAA-2 Holds too.

## IO: second area
- IO-1 Will hold.

## Later

- AAA: 2
- IO: 1
`

const quote = (rule: string) => ({ rule, file: 'a.test.ts', line: 3 })

describe('parseRules', () => {
  it('reads the rules in order and the list of later ones', () => {
    expect(parseRules(PAGE)).toEqual({ rules: ['AAA-1', 'AAA-2', 'IO-1'], later: ['AAA-2', 'IO-1'] })
  })

  it('refuses a later line that it cannot read', () => {
    expect(() => parseRules('## Later\n- AAA: 1 and 2\n')).toThrow('- AAA: 1 and 2')
  })
})

describe('quotedRules', () => {
  const rulesIn = (source: string) => quotedRules('a.test.ts', source).map(({ rule }) => rule)

  it.each([
    ['a plain test', `it('[AAA-1] holds', () => {})`, ['AAA-1']],
    ['the other name', `test("[AAA-1] holds", () => {})`, ['AAA-1']],
    ['a modifier', `it.only('[AAA-1] holds', () => {})`, ['AAA-1']],
    ['a table', `it.each([['x', (1)]])('[AAA-1] %s', () => {})`, ['AAA-1']],
    ['a tagged table', `it.each\`a\n\${1}\`("[AAA-1] $a", () => {})`, ['AAA-1']],
    ['a name with a substitution', `it(\`[AAA-1] \${name}\`, () => {})`, ['AAA-1']],
    ['two rules at once', `it('[AAA-1] [IO-1] hold', () => {})`, ['AAA-1', 'IO-1']],
    ['a test in a group', `describe('x', () => { it('[IO-1] holds', () => {}) })`, ['IO-1']],
    ['a group alone', `describe('[AAA-1] x', () => {})`, []],
    ['a number further on', `it('proves [AAA-1]', () => {})`, []],
    ['a comment', `// it('[AAA-1] holds', () => {})`, []],
    ['a text', `const text = "it('[AAA-1] holds')"`, []],
    ['a skipped test', `it.skip('[AAA-1] holds', () => {})`, []],
    ['a test to be written', `it.todo('[AAA-1] holds')`, []],
    ['a skipped table', `it.skip.each([1])('[AAA-1] holds', () => {})`, []],
  ])('finds in %s what it proves', (_, source, expected) => {
    expect(rulesIn(source)).toEqual(expected)
  })

  it('says where', () => {
    expect(quotedRules('a.test.ts', `\n\nit('[AAA-1] holds', () => {})`)).toEqual([quote('AAA-1')])
  })
})

describe('checkRules', () => {
  const page = parseRules(PAGE)

  it('is content where every rule that is due has a test', () => {
    expect(checkRules(page, [quote('AAA-1')])).toEqual([])
  })

  it('names a rule without a test', () => {
    expect(checkRules(page, [])).toEqual(['AAA-1 has no test'])
  })

  it('names a test that quotes a number that does not exist', () => {
    expect(checkRules(page, [quote('AAA-1'), quote('AAA-9')])).toEqual([
      'a.test.ts:3 quotes AAA-9, which does not exist',
    ])
  })

  it('asks for a rule that has a test to leave the list of later ones', () => {
    expect(checkRules(page, [quote('AAA-1'), quote('IO-1')])).toEqual([
      'IO-1 is in the list "Later" but has a test (a.test.ts:3): take it off the list',
    ])
  })

  it('names rules that stand twice, and later ones that are no rules', () => {
    expect(checkRules({ rules: ['AAA-1', 'AAA-1'], later: ['AAA-1', 'AAA-1', 'AAA-3'] }, [])).toEqual([
      'AAA-1 stands twice on the page',
      'AAA-1 stands twice in the list "Later"',
      'AAA-3 is in the list "Later" but is no rule',
    ])
  })
})
