import { describe, expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import { applyCommand, openDraft } from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { ask, assign, end, flow, node, say } from '../support/flow.ts'
import { draftOf, edited, refusal, SMALL } from './drafts.ts'

const draft = draftOf()

describe('what a flow says of itself', () => {
  it.each(['voice', 'messaging', 'any'] as const)('[DOC-5] has the medium %s', (medium) => {
    expect(edited(draft, { type: 'describe', medium }).document.medium).toBe(medium)
  })

  it.each(['main', 'subflow', 'exception'] as const)('[DOC-5] has the role %s', (role) => {
    expect(edited(draft, { type: 'describe', role }).document.role).toBe(role)
  })

  it.each(['interaction', 'internal'] as const)('[DOC-5] has the audience %s', (audience) => {
    expect(edited(draft, { type: 'describe', audience }).document.audience).toBe(audience)
  })

  it.each([
    ['medium', 'fax'],
    ['role', 'boss'],
    ['audience', 'all'],
  ])('[DOC-5] no other %s', (member, value) => {
    const { code, details } = refusal(draft, { type: 'describe', [member]: value })
    expect([code, details.at]).toEqual(['edit.invalid', 'flow'])
  })

  it('[DOC-5] voice and message nodes stand in one flow of medium any', () => {
    const both = edited(
      draft,
      { type: 'describe', medium: 'any' },
      { type: 'add', node: { type: 'record@1' } },
      { type: 'add', node: { type: 'send-message@1' } },
    )
    expect(both.document.nodes.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['record@1', 'send-message@1']),
    )
  })

  it('changes its name and remark, and takes the remark away', () => {
    const described = edited(draft, { type: 'describe', name: 'Hotline', remark: 'for Ada' })
    expect([described.document.name, described.document.remark]).toEqual(['Hotline', 'for Ada'])
    const bare = edited(described, { type: 'describe', remark: null })
    expect([bare.document.name, 'remark' in bare.document]).toEqual(['Hotline', false])
  })
})

describe('settings', () => {
  it.each([
    ['variables', [{ name: 'n', type: 'number', default: 1, askAtRelease: false, sensitive: true }]],
    ['outcomes', [{ code: 'paid', label: 'Paid', kind: 'completed' }]],
    ['logbooks', [{ name: 'calls', fields: ['who', 'when'] }]],
    ['duplicates', { prevent: true, identifier: 'contact.phone' }],
    ['languages', { default: 'en', others: [{ tag: 'de', required: true }] }],
    ['limits', { maxSteps: 100 }],
    ['contact', [{ name: 'phone', type: 'text', sensitive: true }]],
    ['stopWords', ['stop']],
    ['mediaFolder', 'prompts'],
  ] as const)('[DOC-11] hold %s', (name, value) => {
    const set = edited(draft, { type: 'changeSettings', path: [name], value })
    expect(set.settings[name]).toEqual(value)
    expect(edited(set, { type: 'changeSettings', path: [name] }).settings).not.toHaveProperty(name)
  })

  it('change at any depth', () => {
    const limited = edited(draft, { type: 'changeSettings', path: ['limits', 'maxSteps'], value: 7 })
    expect(limited.settings.limits).toEqual({ maxSteps: 7 })
    expect(
      edited(limited, { type: 'changeSettings', path: ['variables', 0, 'sensitive'], value: true }).settings
        .variables,
    ).toEqual([{ name: 'name', type: 'text', sensitive: true }])
  })

  it.each([
    [['variables', 3, 'name'], 'x', 'edit.noPath'],
    [['variables', 0], 'x', 'edit.invalid'],
    [['colour'], 'red', 'edit.invalid'],
    [[], 'red', 'edit.badCommand'],
  ])('refuse %j', (path, value, code) => {
    expect(refusal(draft, { type: 'changeSettings', path, value }).code).toBe(code)
  })
})

describe('variables', () => {
  it('are declared, changed and taken away', () => {
    const added = edited(draft, { type: 'addVariable', variable: { name: 'n', type: 'number' } })
    const changed = edited(added, {
      type: 'changeVariable',
      name: 'n',
      changes: { default: 1, label: 'N', sensitive: true },
    })
    expect(changed.settings.variables?.[1]).toEqual({
      name: 'n',
      type: 'number',
      default: 1,
      label: 'N',
      sensitive: true,
    })
    const less = edited(changed, {
      type: 'changeVariable',
      name: 'n',
      changes: { default: null, label: null },
    })
    expect(less.settings.variables?.[1]).toEqual({
      name: 'n',
      type: 'number',
      default: null,
      sensitive: true,
    })
    expect(edited(less, { type: 'removeVariable', name: 'n' }).settings.variables).toEqual(
      draft.settings.variables,
    )
  })

  it.each([
    [{ type: 'addVariable', variable: { name: 'name', type: 'text' } }, 'edit.nameTaken', { name: 'name' }],
    [
      { type: 'addVariable', variable: { name: 'a b', type: 'text' } },
      'edit.badName',
      { name: 'a b', of: 'a variable' },
    ],
    [
      { type: 'addVariable', variable: { name: 'contact', type: 'text' } },
      'edit.badName',
      { name: 'contact', of: 'a variable' },
    ],
    [{ type: 'removeVariable', name: 'nmae' }, 'edit.noVariable', { name: 'nmae', suggestion: 'name' }],
    [{ type: 'renameVariable', name: 'gone', to: 'x' }, 'edit.noVariable', { name: 'gone' }],
    [{ type: 'renameVariable', name: 'gone', to: 'gone' }, 'edit.noVariable', { name: 'gone' }],
    [{ type: 'renameVariable', name: 'name', to: '2nd' }, 'edit.badName', { name: '2nd', of: 'a variable' }],
  ])('refuse %j', (command, code, details) => {
    expect(refusal(draft, command)).toEqual({ code, details })
  })

  it.each([{ name: 'other' }, { type: 'colour' }, { odd: 1 }])('refuse to be changed to %j', (changes) => {
    expect(['edit.badCommand', 'edit.invalid']).toContain(
      refusal(draft, { type: 'changeVariable', name: 'name', changes }).code,
    )
  })

  const everywhere = flow({
    nodes: {
      ask: ask('Name, {{ name }}?', { variable: 'name' }),
      pick: node('branch', {
        rules: [{ outcome: 'a', condition: 'name == "name" && contact.name != vars.name' }],
      }),
      set: assign({ name: 'name + "!"' }),
      tell: say({
        text: { texts: { en: 'Hi {{name}}', de: 'Hallo {{name}}' } },
        speech: '{{name}}',
      } as never),
      old: say({ language: 'liquid', source: 'Dear {{ name | upcase }}' }),
      done: end('ok'),
    },
    connect: [
      'start -> ask',
      'ask:valid -> pick',
      'pick:a -> set',
      'pick:else -> tell',
      'set -> old',
      'tell -> old',
      'old -> done',
    ],
    variables: [
      { name: 'name', type: 'text' },
      { name: 'other', type: 'text' },
    ],
    settings: { duplicates: { prevent: true, identifier: 'name' } },
  })

  it('get another name in every expression, template and Liquid text that names them, in fields, actions and settings', () => {
    const open = openDraft(everywhere, { nodes: palette, languages: [liquid] })
    const acting = applyCommand(open, {
      type: 'setActions',
      node: 'tell',
      onEnter: [
        { set: 'name', to: 'name' },
        { log: 'calls', fields: { name: 'name' } },
      ],
      onLeave: { next: [{ set: 'other', to: 'size(name)' }] },
    })
    if (!acting.ok) throw new Error(acting.reason)
    const renamed = applyCommand(acting.draft, { type: 'renameVariable', name: 'name', to: 'who' })
    if (!renamed.ok) throw new Error(renamed.reason)
    const configOf = (id: string) => renamed.draft.node(id)?.config
    expect(configOf('ask')).toEqual({ prompt: 'Name, {{ who }}?', variable: 'who' })
    expect(configOf('pick')).toEqual({
      rules: [{ outcome: 'a', condition: 'who == "name" && contact.name != vars.who' }],
    })
    expect(configOf('set')).toEqual({ assignments: [{ variable: 'who', value: 'who + "!"' }] })
    expect(configOf('tell')).toEqual({
      prompt: { text: { texts: { en: 'Hi {{who}}', de: 'Hallo {{who}}' } }, speech: '{{who}}' },
    })
    expect(configOf('old')).toEqual({ prompt: { language: 'liquid', source: 'Dear {{ who | upcase }}' } })
    expect(renamed.draft.node('tell')).toMatchObject({
      onEnter: [
        { set: 'who', to: 'who' },
        { log: 'calls', fields: { name: 'who' } },
      ],
      onLeave: { next: [{ set: 'other', to: 'size(who)' }] },
    })
    expect(renamed.draft.settings.duplicates?.identifier).toBe('who')
    expect(renamed.draft.settings.variables?.map(({ name }) => name)).toEqual(['who', 'other'])
  })

  it('get another name where theirs is written with escapes', () => {
    const escaped = edited(draft, {
      type: 'configure',
      node: 'hello',
      path: ['prompt'],
      value: '{{ vars["n\\u0061me"] }} {{ "\\n" }}',
    })
    const renamed = edited(escaped, { type: 'renameVariable', name: 'name', to: 'who' })
    expect(renamed.node('hello')?.config.prompt).toBe('{{ vars["who"] }} {{ "\\n" }}')
  })

  it('keep their name where a language that nobody here can read may name them', () => {
    const open = openDraft(everywhere, { nodes: palette })
    expect(refusal(open, { type: 'renameVariable', name: 'name', to: 'who' })).toEqual({
      code: 'edit.unknownLanguage',
      details: { language: 'liquid', name: 'name', node: 'old' },
    })
    expect(
      edited(open, { type: 'renameVariable', name: 'other', to: 'more' }).settings.variables?.[1]?.name,
    ).toBe('more')
  })

  it('cannot take a name that is declared', () => {
    const open = openDraft(everywhere, { nodes: palette, languages: [liquid] })
    expect(refusal(open, { type: 'renameVariable', name: 'name', to: 'other' })).toEqual({
      code: 'edit.nameTaken',
      details: { name: 'other' },
    })
    expect(edited(draft, { type: 'renameVariable', name: 'name', to: 'name' })).toBe(draft)
  })
})

describe('flow outcomes', () => {
  it('[DOC-9] are declared with code, label and kind, changed and taken away', () => {
    const outcome = { code: 'paid', label: 'Paid', kind: 'error' } as const
    const added = edited(draft, { type: 'addFlowOutcome', outcome })
    const changed = edited(added, {
      type: 'changeFlowOutcome',
      code: 'paid',
      changes: { kind: 'incomplete', label: null },
    })
    expect(changed.settings.outcomes?.[1]).toEqual({ code: 'paid', kind: 'incomplete' })
    expect(edited(changed, { type: 'removeFlowOutcome', code: 'paid' }).settings).toEqual(draft.settings)
  })

  it('[DOC-9] get another code at every end that is tagged with them', () => {
    const two = draftOf({ ...SMALL, nodes: { ...SMALL.nodes, also: end('ok'), other: end('no') } })
    const renamed = edited(two, { type: 'renameFlowOutcome', code: 'ok', to: 'good' })
    expect(['done', 'also', 'other'].map((id) => renamed.node(id)?.config.outcome)).toEqual([
      'good',
      'good',
      'no',
    ])
    expect(renamed.settings.outcomes?.map(({ code }) => code)).toEqual(['good', 'no'])
    expect(edited(two, { type: 'renameFlowOutcome', code: 'ok', to: 'ok' })).toBe(two)
  })

  it.each([
    [{ type: 'addFlowOutcome', outcome: { code: 'ok', kind: 'error' } }, 'edit.nameTaken'],
    [{ type: 'addFlowOutcome', outcome: { code: '', kind: 'error' } }, 'edit.badName'],
    [{ type: 'addFlowOutcome', outcome: { code: 'on:x', kind: 'error' } }, 'edit.badName'],
    [{ type: 'addFlowOutcome', outcome: { code: 'x'.repeat(65), kind: 'error' } }, 'edit.badName'],
    [{ type: 'addFlowOutcome', outcome: { code: 'x', kind: 'odd' } }, 'edit.invalid'],
    [{ type: 'changeFlowOutcome', code: 'ok', changes: { code: 'x' } }, 'edit.badCommand'],
    [{ type: 'renameFlowOutcome', code: 'ko', to: 'x' }, 'edit.noFlowOutcome'],
    [{ type: 'renameFlowOutcome', code: 'ko', to: 'ko' }, 'edit.noFlowOutcome'],
    [{ type: 'renameFlowOutcome', code: 'ok', to: 'on:x' }, 'edit.badName'],
    [{ type: 'removeFlowOutcome', code: 'ko' }, 'edit.noFlowOutcome'],
  ])('refuse %j', (command, code) => {
    expect(refusal(draft, command).code).toBe(code)
  })
})

describe('notes', () => {
  it('[DOC-10] belong to the flow or to one node', () => {
    const noted = edited(
      draft,
      { type: 'addNote', note: { text: '# All of it', position: { x: 0, y: 0 } } },
      { type: 'addNote', note: { id: 'mine', text: 'of the menu', node: 'menu' } },
    )
    expect(noted.document.notes).toEqual([
      { id: 'mine', text: 'of the menu', node: 'menu' },
      { id: 'note', text: '# All of it', position: { x: 0, y: 0 } },
    ])
  })

  it('are changed, attached and detached', () => {
    const noted = edited(draft, { type: 'addNote', note: { id: 'n', text: 'a' } })
    const attached = edited(noted, { type: 'changeNote', note: 'n', text: 'b', node: 'menu' })
    expect(attached.note('n')).toEqual({ id: 'n', text: 'b', node: 'menu' })
    expect(edited(attached, { type: 'changeNote', note: 'n', node: null }).note('n')).toEqual({
      id: 'n',
      text: 'b',
    })
  })

  it.each([
    [{ type: 'addNote', note: { id: 'n', text: 'again' } }, 'edit.idTaken'],
    [{ type: 'addNote', note: { text: 'x', node: 'gone' } }, 'edit.noNode'],
    [{ type: 'addNote', note: { node: 'menu' } }, 'edit.invalid'],
    [{ type: 'changeNote', note: 'gone', text: 'x' }, 'edit.noNote'],
    [{ type: 'changeNote', note: 'n', node: 'gone' }, 'edit.noNode'],
    [{ type: 'changeNote', note: 'n', text: 'x'.repeat(100_001) }, 'edit.invalid'],
  ])('refuse %j', (command, code) => {
    const noted = edited(draft, { type: 'addNote', note: { id: 'n', text: 'a' } })
    expect(refusal(noted, command).code).toBe(code)
  })
})
