import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  authoringCel,
  cel,
  createScope,
  type Renaming,
  type Scope,
  type ValueType,
} from '../../src/expressions/index.ts'

const names = (variables: Record<string, string>, nodes: Record<string, string> = {}): Renaming => ({
  variables: new Map(Object.entries(variables)),
  nodes: new Map(Object.entries(nodes)),
})

const NEW = names({ retries: 'tries', tags: 'labels' }, { menu: 'welcome', http: 'lookup' })

describe('a source that parses', () => {
  test.each([
    // Variables.
    ['retries < 3', 'tries < 3'],
    ['retries+retries', 'tries+tries'],
    ['vars.retries', 'vars.tries'],
    ['vars["retries"]', 'vars["tries"]'],
    ["vars['retries']", "vars['tries']"],
    ['vars[r"retries"]', 'vars[r"tries"]'],
    ['vars["""retries"""]', 'vars["""tries"""]'],
    ['vars["\\u0072etries"]', 'vars["tries"]'],
    ['vars[("retries")]', 'vars[("tries")]'],
    ['(vars) . // retries.\n retries', '(vars) . // retries.\n tries'],
    ['tags[retries]', 'labels[tries]'],
    ['has(vars.retries)', 'has(vars.tries)'],
    ['has(retries)', 'has(tries)'],
    ['-retries', '-tries'],
    ['!(retries == 1)', '!(tries == 1)'],
    ['retries > 1 ? retries : 0', 'tries > 1 ? tries : 0'],
    ['[retries, {"retries": retries}]', '[tries, {"retries": tries}]'],
    ['{retries: 1}', '{tries: 1}'],
    ['min(retries, 2).getHours()', 'min(tries, 2).getHours()'],
    // Nodes.
    ['nodes.menu.value', 'nodes.welcome.value'],
    ['nodes["menu"].value', 'nodes["welcome"].value'],
    ['nodes.http.menu', 'nodes.lookup.menu'],
    ['has(nodes.menu.value)', 'has(nodes.welcome.value)'],
    // What only looks alike.
    ['"retries"', '"retries"'],
    ['"retries" in vars', '"retries" in vars'],
    ['contact.retries', 'contact.retries'],
    ['contact["retries"]', 'contact["retries"]'],
    ['contact.vars.retries', 'contact.vars.retries'],
    ['trigger.nodes.menu', 'trigger.nodes.menu'],
    ['nodes[menu]', 'nodes[menu]'],
    ['vars["re" + "tries"]', 'vars["re" + "tries"]'],
    ['menu', 'menu'],
    ['nodes.retries', 'nodes.retries'],
    ['vars.menu', 'vars.menu'],
    ['1 // retries', '1 // retries'],
    ['retries(1)', 'retries(1)'],
    ['name.retries(1)', 'name.retries(1)'],
    // Macros.
    ['numbers.all(retries, retries > 1)', 'numbers.all(retries, retries > 1)'],
    ['tags.all(tags, tags == "x") && "x" in tags', 'labels.all(tags, tags == "x") && "x" in labels'],
    ['numbers.map(x, x > retries, x)', 'numbers.map(x, x > tries, x)'],
    ['numbers.map(tries, tries > retries)', 'numbers.map(tries, tries > vars.tries)'],
    ['numbers.map(tries, tries)[retries]', 'numbers.map(tries, tries)[tries]'],
    ['numbers.map(vars, vars.retries)', 'numbers.map(vars, vars.retries)'],
    ['numbers.map(nodes, nodes.menu)', 'numbers.map(nodes, nodes.menu)'],
    ['numbers.map(x, numbers.map(tries, retries))', 'numbers.map(x, numbers.map(tries, vars.tries))'],
    // Nothing can be written that reads the variable: the old name stays, and the check reports it.
    ['numbers.map(vars, numbers.map(tries, retries))', 'numbers.map(vars, numbers.map(tries, retries))'],
  ])('%s', (source, renamed) => {
    expect(authoringCel.rename('expression', source, NEW)).toBe(renamed)
  })

  test.each([
    ['retries', 'in', 'vars["in"]'],
    ['retries', 'now', 'vars.now'],
    ['vars.retries', 'null', 'vars["null"]'],
    ['vars . retries', 'first try', 'vars  ["first try"]'],
    ["vars['retries']", 'a "b"', 'vars["a \\"b\\""]'],
    ['vars.contact', 'x', 'vars.contact'],
  ])('%s to the name %j', (source, name, renamed) => {
    expect(authoringCel.rename('expression', source, names({ retries: name }))).toBe(renamed)
  })

  test('names of roots are no variables, but vars may have members of that name', () => {
    expect(authoringCel.rename('expression', 'contact.x + vars.contact', names({ contact: 'person' }))).toBe(
      'contact.x + vars.person',
    )
  })

  test('names are swapped', () => {
    const swap = names({ a: 'b', b: 'a' }, { x: 'y', y: 'x' })
    expect(authoringCel.rename('expression', 'a + vars.b * b + nodes.x.a + nodes.y["b"]', swap)).toBe(
      'b + vars.a * a + nodes.y.a + nodes.x["b"]',
    )
  })

  test('names of members of every object are no names', () => {
    const odd = new Map([['retries', 'tries']])
    expect(authoringCel.rename('expression', 'constructor + toString + retries', { variables: odd })).toBe(
      'constructor + toString + tries',
    )
  })
})

describe('a source that is half typed', () => {
  test.each([
    ['retries >', 'tries >'],
    ['retries > 1 &&', 'tries > 1 &&'],
    ['vars.retries +', 'vars.tries +'],
    ['vars["retries"] +', 'vars["tries"] +'],
    ['nodes.menu.', 'nodes.welcome.'],
    ['nodes["menu"]. == retries', 'nodes["welcome"]. == tries'],
    ['contact.retries && contact["retries"] ||', 'contact.retries && contact["retries"] ||'],
    ['contact.vars.retries +', 'contact.vars.retries +'],
    ['"retries" + retries + ', '"retries" + tries + '],
    ['retries // retries\n +', 'tries // retries\n +'],
    ['retries + "retries', 'tries + "retries'],
    ['retries(', 'retries('],
    ['1e5 retries', '1e5 tries'],
    ['numbers.all(retries, retries > 1) && retries >', 'numbers.all(retries, retries > 1) && tries >'],
    ['numbers.all(tries, retries >', 'numbers.all(tries, vars.tries >'],
    ['numbers.filter(retries', 'numbers.filter(tries'],
    ['((', '(('],
    ['', ''],
  ])('%s', (source, renamed) => {
    expect(authoringCel.rename('expression', source, NEW)).toBe(renamed)
  })
})

describe('templates', () => {
  test.each([
    ['retries', 'retries'],
    ['You have {{ retries }} retries.', 'You have {{ tries }} retries.'],
    ['{{retries}}{{ "retries" }}{{ nodes.menu.value }}', '{{tries}}{{ "retries" }}{{ nodes.welcome.value }}'],
    ['{{ retries > }} and {{ retries }}', '{{ tries > }} and {{ tries }}'],
    ['{{}} {{ }}', '{{}} {{ }}'],
    ['{{ retries }} {{ vars.retries', '{{ tries }} {{ vars.tries'],
    ['{{ {"a": retries}.a }}', '{{ {"a": tries}.a }}'],
    ['retries {{ "}}" + retries }} }}', 'retries {{ "}}" + tries }} }}'],
    ['{{', '{{'],
  ])('%s', (source, renamed) => {
    expect(authoringCel.rename('template', source, NEW)).toBe(renamed)
  })
})

const TYPES: Record<string, ValueType> = {
  a: 'number',
  b: 'number',
  c: 'number',
  list: { list: 'number' },
}

function scopeOf(renamed: (name: string) => string, node: (id: string) => string): Scope {
  const vars = Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [renamed(name), type]))
  const outputs: ValueType = { fields: { value: 'number', a: 'number' } }
  return createScope({
    vars,
    contact: { fields: { a: 'number', b: 'number' } },
    nodes: { fields: { [node('menu')]: outputs, [node('a')]: outputs } },
  })
}

/** Sources that pass the check; macro variables share the names of variables, old and new. */
const sources = fc.letrec<{ number: string; list: string }>((tie) => {
  const write = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
      .map((all) => all.join(''))
  const variable = fc.constantFrom('a', 'b', 'c', 'z')
  const { number, list } = { number: tie('number'), list: tie('list') }
  return {
    number: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'source' },
      fc.constantFrom(
        'a',
        'b',
        'c',
        'vars.a',
        'vars["b"]',
        "vars[ 'c' ]",
        'contact.a',
        'contact["b"]',
        '"a".size()',
      ),
      fc.constantFrom(
        'nodes.menu.value',
        'nodes["menu"].a',
        'nodes.a.a',
        'nodes . a // a\n ["value"]',
        '1',
        '{"a": 2}.a',
      ),
      write(number, fc.constantFrom('+', ' - ', '*'), number),
      write('min(', number, ', ', number, ')'),
      write('(', number, ')'),
      write('(', number, ' > ', number, ' ? ', number, ' : ', number, ')'),
      write('(has(vars.b) ? ', number, ' : -(', number, '))'),
      write('sum(', list, ')'),
    ),
    list: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'source' },
      fc.constantFrom('vars.list', '[1, 2]'),
      write('[', number, ']'),
      fc
        .tuple(list, variable, number)
        .map(([over, name, value]) => `${over}.map(${name}, ${value} + ${name})`),
    ),
  }
}).number

const keep = (name: string) => name
const pairs = fc.constantFrom<Record<string, string>[]>(
  { a: 'z' },
  { a: 'b', b: 'a' },
  { a: 'b', b: 'c', c: 'a' },
  { a: 'z', list: 'y', c: 'menu' },
  { b: 'in' },
)

describe('the laws of renaming', () => {
  test('no names, no change', () => {
    fc.assert(
      fc.property(sources, (source) => {
        expect(authoringCel.rename('expression', source, {})).toBe(source)
        expect(authoringCel.rename('template', `x {{${source}}} {{`, names({}, {}))).toBe(
          `x {{${source}}} {{`,
        )
      }),
    )
  })

  test('to a fresh name and back', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const there = authoringCel.rename('expression', source, names({ a: 'fresh' }, { menu: 'other' }))
        expect(there).not.toMatch(/nodes(\.|\[")menu/)
        expect(authoringCel.rename('expression', there, names({ fresh: 'a' }, { other: 'menu' }))).toBe(
          source,
        )
      }),
    )
  })

  test('the renamed source reads the same under the new names, and has no faults', () => {
    fc.assert(
      fc.property(sources, pairs, fc.boolean(), (source, variables, swapNodes) => {
        const nodes: Record<string, string> = swapNodes ? { menu: 'a', a: 'menu' } : { menu: 'true' }
        const variable = (name: string) => variables[name] ?? name
        const node = (id: string) => nodes[id] ?? id
        const before = cel.checkExpression(source, scopeOf(keep, keep))
        // A macro variable that the check refuses, or nesting that is too deep.
        fc.pre(before.checked !== undefined)
        const renamed = authoringCel.rename('expression', source, names(variables, nodes))
        const after = cel.checkExpression(renamed, scopeOf(variable, node))
        expect(after.faults, `${source}\n${renamed}`).toEqual([])
        const expected = before.checked!.reads.map(({ path: [root, name, ...rest] }) => {
          if (name === undefined) return [root]
          return [root, root === 'vars' ? variable(name) : root === 'nodes' ? node(name) : name, ...rest]
        })
        expect(after.checked!.reads.map(({ path }) => [...path])).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })

  test('a part of a source loses no name and gains none', () => {
    fc.assert(
      fc.property(sources, fc.nat(), (source, cut) => {
        const half = source.slice(0, cut % (source.length + 1))
        const there = authoringCel.rename('expression', half, names({ a: 'fresh' }, { menu: 'other' }))
        expect(authoringCel.rename('expression', there, names({ fresh: 'a' }, { other: 'menu' }))).toBe(half)
      }),
    )
  })

  test('any text at all, in no time', () => {
    for (const part of ['a', '(', '"', 'x.map(a,', '{{', 'vars.a', "r'", '//', '.a(', 'a[', '\n']) {
      const source = part.repeat(20_000 / part.length)
      const started = performance.now()
      authoringCel.rename('expression', source, names({ a: 'b' }))
      authoringCel.rename('template', source, names({ a: 'b' }))
      expect(performance.now() - started).toBeLessThan(1_000)
    }
    // Brackets that stay open hide nothing, and cost nothing.
    expect(authoringCel.rename('template', '{{a +'.repeat(40_000), names({ a: 'b' }))).toHaveLength(200_000)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (source) => {
        expect(authoringCel.rename('template', `{{${source}`, {})).toBe(`{{${source}`)
      }),
    )
  })
})
