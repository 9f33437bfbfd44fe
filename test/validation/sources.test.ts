import { describe, expect, it } from 'vitest'
import type { FlowSettings, Source, TransitionAction } from '../../src/document/index.ts'
import type { Json } from '../../src/index.ts'
import { assign, node, say } from '../support/flow.ts'
import { around, codes, findings, findingsOf, goodFlow } from './find.ts'

const VARIABLES = {
  variables: [
    { name: 'retries', type: 'number', default: 0 },
    { name: 'name', type: 'text', default: '' },
  ],
} as const

const branchOn = (condition: Json) => node('branch', { rules: [{ outcome: 'a', condition }] })

/** The first finding of a condition: its code, the characters it marks, and its details. */
function conditionFault(condition: string) {
  const [found] = findings(around(branchOn(condition), VARIABLES))
  const { range } = found!.location
  return [found!.code, condition.slice(range!.start, range!.end), found!.details]
}

describe('an expression', () => {
  it('[VAL-7] that reads well, names what exists and has the right type is no error', () => {
    expect(codes(around(branchOn('retries < 3 && name != ""'), VARIABLES))).toEqual([])
  })

  it('[VAL-7] that does not parse is an error that shows the position', () => {
    expect(findings(around(branchOn('retries < ) 3'), VARIABLES))).toEqual([
      {
        code: 'expression.syntax',
        severity: 'error',
        location: { node: 'it', path: ['config', 'rules', 0, 'condition'], range: { start: 10, end: 11 } },
        details: { found: ')' },
      },
    ])
  })

  it('[VAL-7] that ends too early is an error at its end', () => {
    expect(conditionFault('retries <')).toEqual(['expression.unfinished', '', {}])
  })

  it('[VAL-7] that names an unknown variable is an error that shows the position and what was meant', () => {
    expect(conditionFault('1 < retires')).toEqual([
      'expression.unknownName',
      'retires',
      { name: 'retires', suggestion: 'retries' },
    ])
  })

  it('[VAL-7] that names an unknown field of the contact is an error', () => {
    const spec = around(branchOn('contact.teir == "gold"'), { contact: [{ name: 'tier', type: 'text' }] })
    expect(findings(spec)).toEqual([
      {
        code: 'expression.unknownMember',
        severity: 'error',
        location: { node: 'it', path: ['config', 'rules', 0, 'condition'], range: { start: 8, end: 12 } },
        details: { name: 'teir', suggestion: 'tier' },
      },
    ])
  })

  it('[VAL-7] that names an output of a node is judged by what that node gives', () => {
    const nodes = { lookup: node('http-request', { url: 'https://example.com' }) }
    const spec = (condition: string) =>
      around(branchOn(condition), { nodes, connect: ['start -> lookup', 'lookup:success -> it'] })
    expect(codes(spec('nodes.lookup.status == 200'))).toEqual([])
    expect(findingsOf('expression.unknownMember', spec('nodes.lookup.stauts == 200'))[0]!.details).toEqual({
      name: 'stauts',
      suggestion: 'status',
    })
    expect(
      findingsOf('expression.comparison', spec('nodes.lookup.status == "200"'))[0]!.details,
    ).toMatchObject({
      left: 'number',
      right: 'text',
    })
  })

  it('[VAL-7] that reads data of the trigger is judged by what the start declares', () => {
    const spec = (condition: string) =>
      around(branchOn(condition), { data: [{ name: 'order', type: 'text' }] })
    expect(codes(spec('trigger.data.order == "1"'))).toEqual([])
    expect(codes(spec('trigger.data.oder == "1"'))).toEqual(['expression.unknownMember'])
  })

  it('[VAL-7] in an exception flow may read the error', () => {
    const spec = around(branchOn('trigger.data.code == "limit.steps" && trigger.data.node == "menu"'))
    expect(codes({ ...spec, role: 'exception' })).toEqual([])
    expect(codes({ ...spec, role: 'main' })).toEqual(['expression.unknownMember', 'expression.unknownMember'])
  })

  it('[VAL-7] that has the wrong type is an error that says which is wanted', () => {
    expect(conditionFault('retries + 1')).toEqual([
      'expression.wrongType',
      'retries + 1',
      { wanted: 'true or false', got: 'number' },
    ])
  })

  it('[VAL-7] that goes into a variable has the type of that variable', () => {
    expect(codes(around(assign({ retries: 'retries + 1' }), VARIABLES))).toEqual([])
    expect(findings(around(assign({ retries: 'name' }), VARIABLES))).toEqual([
      {
        code: 'expression.wrongType',
        severity: 'error',
        location: { node: 'it', path: ['config', 'assignments', 0, 'value'], range: { start: 0, end: 4 } },
        details: { wanted: 'number', got: 'text' },
      },
    ])
  })

  it.each<[string, Json]>([
    ['text', '"x"'],
    ['boolean', 'true'],
    ['list', '[1]'],
    ['object', '{"a": 1}'],
    ['date', '"2026-11-21"'],
    ['any', '1'],
  ])('[VAL-7] fits a variable of type %s', (type, value) => {
    const variables = [{ name: 'v', type, default: null }] as unknown as FlowSettings['variables']
    expect(codes(around(assign({ v: String(value) }), { variables: variables! }))).toEqual([])
  })

  it('[VAL-7] in an action on the way in or out is judged in the same way', () => {
    const set = (to: Source): TransitionAction => ({ set: 'retries', to })
    const spec = around(
      { ...say('Hi'), onEnter: [set('1')], onLeave: { next: [set('retries + 1'), set('oops')] } },
      VARIABLES,
    )
    expect(findings(spec)).toEqual([
      {
        code: 'expression.unknownName',
        severity: 'error',
        location: { node: 'it', path: ['onLeave', 'next', 1, 'to'], range: { start: 0, end: 4 } },
        details: { name: 'oops' },
      },
    ])
  })

  it('[VAL-7] in an action has the type of its variable', () => {
    const spec = around({ ...say('Hi'), onEnter: [{ set: 'retries', to: 'name' }] }, VARIABLES)
    expect(findingsOf('expression.wrongType', spec)[0]).toMatchObject({
      location: { path: ['onEnter', 0, 'to'] },
      details: { wanted: 'number', got: 'text' },
    })
  })

  it('[VAL-7] in a log entry is judged by its field', () => {
    const settings = { logbooks: [{ name: 'calls', fields: ['who', 'why'] }] }
    const spec = around(
      { ...say('Hi'), onEnter: [{ log: 'calls', fields: { who: 'contact.id', why: '"asked"' } }] },
      { settings },
    )
    expect(findings(spec)).toEqual([
      {
        code: 'expression.unknownMember',
        severity: 'error',
        location: { node: 'it', path: ['onEnter', 0, 'fields', 'who'], range: { start: 8, end: 10 } },
        details: { name: 'id' },
      },
    ])
  })

  it('[VAL-7] in the settings is an error that names the setting', () => {
    const settings = { duplicates: { prevent: true, identifier: 'contact.phone' } }
    expect(codes(goodFlow({ settings, contact: [{ name: 'phone', type: 'text' }] }))).toEqual([])
    expect(findings(goodFlow({ settings, contact: [{ name: 'phones', type: 'text' }] }))).toEqual([
      {
        code: 'expression.unknownMember',
        severity: 'error',
        location: { path: ['settings', 'duplicates', 'identifier'], range: { start: 8, end: 13 } },
        details: { name: 'phone', suggestion: 'phones' },
      },
    ])
  })

  it('[VAL-7] in another language is an error where that is not plugged in', () => {
    const condition = { language: 'liquid', source: 'a | b' }
    expect(findings(around(branchOn(condition)))).toEqual([
      {
        code: 'source.unknownLanguage',
        severity: 'error',
        location: { node: 'it', path: ['config', 'rules', 0, 'condition'], range: { start: 0, end: 5 } },
        details: { language: 'liquid' },
      },
    ])
  })

  it('[VAL-7] that names its language is read in it', () => {
    expect(codes(around(branchOn({ language: 'cel', source: 'true' })))).toEqual([])
    expect(codes(around(branchOn({ language: 'cel', source: 'tru' })))).toEqual(['expression.unknownName'])
  })
})

describe('a template', () => {
  it('[VAL-7] marks the characters inside of its braces', () => {
    expect(findings(around(say('Dear {{name}}, {{ nmae }}!'), VARIABLES))).toEqual([
      {
        code: 'expression.unknownName',
        severity: 'error',
        location: { node: 'it', path: ['config', 'prompt'], range: { start: 18, end: 22 } },
        details: { name: 'nmae', suggestion: 'name' },
      },
    ])
  })

  it('[VAL-7] that is not closed is an error at its braces', () => {
    const [found] = findings(around(say('Dear {{name'), VARIABLES))
    expect(found).toMatchObject({ code: 'expression.unclosedHole', location: { range: { start: 5 } } })
  })

  it('[VAL-7] that fills in a list is an error', () => {
    const [found] = findings(around(say('{{[1, 2]}}')))
    expect(found).toMatchObject({ code: 'expression.notText', details: { got: 'list' } })
  })

  it('[VAL-7] in one language of a prompt is named by its path', () => {
    const prompt = {
      text: { texts: { en: 'Hello {{name}}', de: 'Hallo {{nmae}}' } },
      speech: '{{a}}',
      media: '{{b}}',
    }
    expect(findings(around(say(prompt), VARIABLES)).map(({ location }) => location.path)).toEqual([
      ['config', 'prompt', 'text', 'texts', 'de'],
      ['config', 'prompt', 'speech'],
      ['config', 'prompt', 'media'],
    ])
  })

  it('[VAL-7] among named values is named by its path', () => {
    const it = node('http-request', {
      url: 'https://example.com/{{x}}',
      headers: { ok: 'plain', bad: '{{y}}' },
      body: 'z',
    })
    expect(findings(around(it)).map(({ location }) => location.path)).toEqual([
      ['config', 'url'],
      ['config', 'headers', 'bad'],
      ['config', 'body'],
    ])
  })
})

describe('names that a node uses', () => {
  it('a variable that it sets is declared', () => {
    expect(findings(around(node('collect-input', { prompt: '?', variable: 'retires' }), VARIABLES))).toEqual([
      {
        code: 'variable.unknown',
        severity: 'error',
        location: { node: 'it', path: ['config', 'variable'] },
        details: { name: 'retires', suggestion: 'retries' },
      },
    ])
    expect(codes(around(node('collect-input', { prompt: '?', variable: 'retries' }), VARIABLES))).toEqual([])
  })

  it('a variable that an action sets is declared', () => {
    const spec = around({
      ...say('Hi'),
      onEnter: [{ set: 'a', to: '1' }],
      onLeave: { next: [{ set: 'b', to: '1' }] },
    })
    expect(
      findingsOf('variable.unknown', spec).map(({ location, details }) => [location.path, details]),
    ).toEqual([
      [['onEnter', 0, 'set'], { name: 'a' }],
      [['onLeave', 'next', 0, 'set'], { name: 'b' }],
    ])
  })

  it('a logbook is declared, and so is each of its fields', () => {
    const settings = { logbooks: [{ name: 'calls', fields: ['reason'] }] }
    const log = (logbook: string, field: string) =>
      around({ ...say('Hi'), onEnter: [{ log: logbook, fields: { [field]: '"x"' } }] }, { settings })
    expect(codes(log('calls', 'reason'))).toEqual([])
    expect(findings(log('cals', 'reason'))).toEqual([
      {
        code: 'logbook.unknown',
        severity: 'error',
        location: { node: 'it', path: ['onEnter', 0, 'log'] },
        details: { name: 'cals', suggestion: 'calls' },
      },
    ])
    expect(findings(log('calls', 'resaon'))).toEqual([
      {
        code: 'logbook.unknownField',
        severity: 'error',
        location: { node: 'it', path: ['onEnter', 0, 'fields', 'resaon'] },
        details: { logbook: 'calls', field: 'resaon', suggestion: 'reason' },
      },
    ])
  })
})

describe('the settings', () => {
  it.each(['contact', 'trigger', 'now', 'true', 'in', 'map', 'has', 'item', 'flow'])(
    'no variable is called %s, which means something else',
    (name) => {
      expect(findings(goodFlow({ variables: [{ name, type: 'text' }] }))).toEqual([
        {
          code: 'variable.reserved',
          severity: 'error',
          location: { path: ['settings', 'variables', 0, 'name'] },
          details: { name },
        },
      ])
    },
  )

  it.each<[string, Json, boolean]>([
    ['text', 'x', true],
    ['text', 1, false],
    ['number', 1, true],
    ['number', '1', false],
    ['boolean', false, true],
    ['boolean', 0, false],
    ['date', '2026-11-21', true],
    ['date', 'tomorrow', false],
    ['date', 20261121, false],
    ['list', [], true],
    ['list', {}, false],
    ['object', {}, true],
    ['object', [], false],
    ['any', 1, true],
    ['text', null, true],
  ])('the default of a %s may be %j: %s', (type, preset, fits) => {
    const variables = [{ name: 'v', type, default: preset }] as unknown as FlowSettings['variables']
    expect(findings(goodFlow({ variables: variables! }))).toEqual(
      fits
        ? []
        : [
            {
              code: 'variable.defaultType',
              severity: 'error',
              location: { path: ['settings', 'variables', 0, 'default'] },
              details: { name: 'v', expected: type },
            },
          ],
    )
  })

  it.each<[FlowSettings['duplicates'], boolean]>([
    [{ prevent: true }, false],
    [{ prevent: true, identifier: '' }, false],
    [{ prevent: false }, true],
    [{ prevent: false, identifier: '' }, true],
    [{ prevent: true, identifier: 'trigger.from' }, true],
  ])('duplicates are prevented by an identifier: %j', (duplicates, fine) => {
    expect(findings(goodFlow({ settings: { duplicates: duplicates! } }))).toEqual(
      fine
        ? []
        : [
            {
              code: 'settings.noDuplicateIdentifier',
              severity: 'error',
              location: { path: ['settings', 'duplicates', 'identifier'] },
              details: {},
            },
          ],
    )
  })
})

describe('a sensitive value', () => {
  const variables = [
    { name: 'pin', type: 'text', default: '', sensitive: true },
    { name: 'secret', type: 'text', default: '', sensitive: true },
    { name: 'copy', type: 'text', default: '' },
  ] as const
  const leak = (path: (string | number)[]) => ({
    code: 'sensitive.leak',
    severity: 'warning',
    location: { node: 'it', path },
    details: { name: 'copy' },
  })

  it('that goes into a variable that is not marked is a warning', () => {
    expect(findings(around(assign({ copy: 'pin + "x"' }), { variables }))).toEqual([
      leak(['config', 'assignments', 0, 'value']),
    ])
  })

  it('may go into one that is marked', () => {
    expect(codes(around(assign({ secret: 'pin' }), { variables }))).toEqual([])
  })

  it('may be said', () => {
    expect(codes(around(say('{{pin}}'), { variables }))).toEqual([])
  })

  it('that an action copies is a warning', () => {
    const spec = around({ ...say('Hi'), onLeave: { next: [{ set: 'copy', to: 'pin' }] } }, { variables })
    expect(findings(spec)).toEqual([leak(['onLeave', 'next', 0, 'to'])])
  })

  it.each([
    ['the contact', { contact: [{ name: 'iban', type: 'text', sensitive: true }] }, 'contact.iban'],
    ['the trigger', { data: [{ name: 'iban', type: 'text', sensitive: true }] }, 'trigger.data.iban'],
  ] as const)('of %s is followed too', (_, rest, value) => {
    expect(codes(around(assign({ copy: value }), { variables, ...rest }))).toEqual(['sensitive.leak'])
  })

  it('that a node has collected is followed through its output', () => {
    const ask = (variable: string) => node('collect-input', { prompt: '?', variable })
    const spec = (variable: string) =>
      around(assign({ copy: 'nodes.ask.value' }), {
        variables,
        nodes: { ask: ask(variable) },
        connect: ['start -> ask', 'ask:valid -> it'],
      })
    expect(codes(spec('pin'))).toEqual(['sensitive.leak'])
    expect(codes(spec('copy'))).toEqual([])
  })
})
