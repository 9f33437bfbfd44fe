import { describe, expect, it } from 'vitest'
import type { FlowSettings } from '../../src/document/flow-document.ts'
import { parseDocument } from '../../src/document/index.ts'
import { flow, say } from '../support/flow.ts'
import { around, findings, goodFlow } from './find.ts'

/** What is found in a draft with such settings, which can be saved and read. */
function found(settings: Partial<FlowSettings>) {
  const draft = flow(goodFlow({ settings }))
  const read = parseDocument(JSON.stringify(draft))
  expect(read).toMatchObject({ ok: true })
  return findings(draft)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, location: { path }, details }) => [code, path!.join('.'), details])
}

const OK = { code: 'ok', kind: 'completed' as const }

describe('settings that are half done', () => {
  it.each(['', '2nd', 'a b', 'a-b', 'toString', 'x'.repeat(65)])(
    'are kept and reported: a name %j of a variable or field',
    (name) => {
      const entries = [{ name, type: 'text' as const }]
      expect(found({ variables: entries })).toEqual([
        ['variable.badName', 'settings.variables.0.name', { name }],
      ])
      expect(found({ contact: entries })).toEqual([['contact.badName', 'settings.contact.0.name', { name }]])
    },
  )

  it('are kept and reported: names that come twice', () => {
    const twice = ['a', 'b', 'a'].map((name) => ({ name, type: 'text' as const }))
    expect(found({ variables: twice })).toEqual([
      ['variable.repeated', 'settings.variables.2.name', { name: 'a' }],
    ])
    expect(found({ contact: twice })).toEqual([
      ['contact.repeated', 'settings.contact.2.name', { name: 'a' }],
    ])
    expect(found({ outcomes: [OK, { code: 'ok', kind: 'error' }] })).toEqual([
      ['flowOutcome.repeated', 'settings.outcomes.1.code', { name: 'ok' }],
    ])
  })

  it('are reported once for each name that is not there yet', () => {
    const blank = { name: '', type: 'text' as const }
    expect(found({ variables: [blank, blank] }).map(([code]) => code)).toEqual([
      'variable.badName',
      'variable.badName',
    ])
  })

  it.each(['', 'x'.repeat(65), 'on:paid'])('are kept and reported: the flow outcome %j', (code) => {
    expect(found({ outcomes: [OK, { code, kind: 'error' }] })).toEqual([
      ['flowOutcome.badCode', 'settings.outcomes.1.code', { name: code }],
    ])
  })

  it.each([
    ['maxSteps', 0, 10_000_000],
    ['maxSteps', -1, 10_000_000],
    ['maxVisits', 1.5, 1_000_000],
    ['maxDepth', 65, 64],
  ] as const)('are kept and reported: the limit %s of %d', (limit, got, max) => {
    expect(found({ limits: { [limit]: got } })).toEqual([
      ['settings.limit', `settings.limits.${limit}`, { limit, got, max }],
    ])
  })

  it.each([[{ maxSteps: 1 }], [{ maxDepth: 64 }], [{ maxSteps: 10_000_000, maxDepth: 1 }]])(
    'are none within the limits: %j',
    (limits) => {
      expect(found({ limits })).toEqual([])
    },
  )

  it('are kept and reported: a blank stop word', () => {
    expect(found({ stopWords: ['stop', '', ' '] })).toEqual([
      ['settings.blankStopWord', 'settings.stopWords.1', {}],
      ['settings.blankStopWord', 'settings.stopWords.2', {}],
    ])
  })

  it('are kept and reported: languages that are not chosen', () => {
    expect(found({ languages: { default: '', others: [{ tag: 'de' }, { tag: '' }] } })).toEqual([
      ['settings.noLanguage', 'settings.languages.default', {}],
      ['settings.noLanguage', 'settings.languages.others.1.tag', {}],
    ])
    expect(found({ languages: { default: 'en', others: [{ tag: 'de' }] } })).toEqual([])
  })

  it('are kept and reported: a logbook or a field of one without a name', () => {
    expect(found({ logbooks: [{ name: '', fields: ['who', ''] }] })).toEqual([
      ['logbook.noName', 'settings.logbooks.0.name', {}],
      ['logbook.noName', 'settings.logbooks.0.fields.1', { logbook: '' }],
    ])
  })
})

describe('actions that are half done', () => {
  it('are reported, and nothing is said of a variable or logbook without a name', () => {
    const hello = {
      ...say('Hi'),
      onEnter: [{ set: '', to: '1' }],
      onLeave: { next: [{ log: '', fields: { who: '"me"' } }] },
    }
    expect(findings(around(hello))).toEqual([
      {
        code: 'action.incomplete',
        severity: 'error',
        location: { node: 'it', path: ['onEnter', 0, 'set'] },
        details: { target: 'set' },
      },
      {
        code: 'action.incomplete',
        severity: 'error',
        location: { node: 'it', path: ['onLeave', 'next', 0, 'log'] },
        details: { target: 'log' },
      },
    ])
  })

  it('are reported with the expression that is not there', () => {
    const found = findings(around({ ...say('Hi'), onEnter: [{ set: '', to: '' }] }))
    expect(found.map(({ code }) => code)).toEqual(['action.incomplete', 'expression.empty'])
  })

  it.each([
    ['on:hangpu', { suggestion: 'on:hangup' }],
    ['on:', {}],
  ])('warn where they wait for %s, which no signal can mean', (outcome, suggestion) => {
    expect(findings(around({ ...say('Hi'), onLeave: { [outcome]: [] } }))).toEqual([
      {
        code: 'action.unknownOutcome',
        severity: 'warning',
        location: { node: 'it', path: ['onLeave', outcome] },
        details: { outcome, ...suggestion },
      },
    ])
  })
})
