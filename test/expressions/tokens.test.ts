import { describe, expect, test } from 'vitest'
import { insideQuotes, tokenise } from '../../src/expressions/tokens.ts'

/** Tokens as `kind:text@start`, and the end where it is not where the text ends. */
function pieces(source: string): string[] {
  return tokenise(source).map(({ kind, text, start, end }) => {
    expect(source.slice(start, end)).toBe(text)
    return `${kind}:${text}@${start}`
  })
}

describe('a source is cut into', () => {
  test.each([
    ['', []],
    [' \n\t', []],
    ['retries', ['name:retries@0']],
    ['_a1 b', ['name:_a1@0', 'name:b@4']],
    ['12 3.5 0x1F 7u', ['number:12@0', 'number:3.5@3', 'number:0x1F@7', 'number:7u@12']],
    ['a.b[0]', ['name:a@0', 'sign:.@1', 'name:b@2', 'sign:[@3', 'number:0@4', 'sign:]@5']],
    ['a && !b', ['name:a@0', 'sign:&@2', 'sign:&@3', 'sign:!@5', 'name:b@6']],
    ['"x y" + z', ['text:"x y"@0', 'sign:+@6', 'name:z@8']],
    ["r'a\\d' == b", ["text:r'a\\d'@0", 'sign:=@7', 'sign:=@8', 'name:b@10']],
    ['R"x" B"y" b"z"', ['text:R"x"@0', 'text:B"y"@5', 'text:b"z"@10']],
    ['rb "x"', ['name:rb@0', 'text:"x"@3']],
    ['b', ['name:b@0']],
    ['"a\\"b" c', ['text:"a\\"b"@0', 'name:c@7']],
    ['"""a "b" c""" d', ['text:"""a "b" c"""@0', 'name:d@14']],
    ['a // why "b"\nc', ['name:a@0', 'comment:// why "b"@2', 'name:c@13']],
    ['a / b', ['name:a@0', 'sign:/@2', 'name:b@4']],
    ['a "open', ['name:a@0', 'text:"open@2']],
    ['ä', ['sign:ä@0']],
  ])('%j', (source, expected) => {
    expect(pieces(source)).toEqual(expected)
  })
})

describe('between the quotes of a text stands', () => {
  test.each([
    ['"abc"', 'abc', 1, true],
    ["'abc'", 'abc', 1, true],
    ['r"a"', 'a', 2, true],
    ['"""a"b"""', 'a"b', 3, true],
    ["'''x'''", 'x', 3, true],
    ['""', '', 1, true],
    ['"', '', 1, false],
    ['"abc', 'abc', 1, false],
    ['"abc\\"', 'abc\\"', 1, false],
    ['"""abc"', 'abc"', 3, false],
  ])('%s: %s', (text, inside, start, closed) => {
    const found = insideQuotes({ text, start: 0 })
    expect(found).toEqual({ text: inside, start, end: start + inside.length, closed })
    expect(insideQuotes({ text, start: 10 }).start).toBe(10 + start)
  })
})
