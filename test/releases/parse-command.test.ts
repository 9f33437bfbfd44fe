import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMAND_TYPES } from '../../src/releases/command-schema.ts'
import { parseCommand } from '../../src/releases/parse-command.ts'
import { parsePolicy } from '../../src/releases/policy-schema.ts'
import { PRESETS } from '../../src/releases/presets/presets.ts'
import type { Refusal } from '../../src/releases/refusal.ts'
import { COMMAND_EXAMPLES } from './examples/commands.ts'

/** The refusal of a value that is no command. */
function refusal(value: unknown): Refusal {
  const command = parseCommand(value)
  if (command.ok) throw new Error('it was read')
  return command.error
}

const pause = { type: 'pause', flow: 'hours' }

describe('a command from outside', () => {
  it.each(COMMAND_TYPES)('is read as it is: %s', (type) => {
    const command = COMMAND_EXAMPLES[type]
    expect(command.type).toBe(type)
    expect(parseCommand(command)).toEqual({ ok: true, value: command })
  })

  it.each(COMMAND_TYPES)('is a copy, so that nobody changes it afterwards: %s', (type) => {
    const given = structuredClone(COMMAND_EXAMPLES[type]) as { flow?: string; member?: string; name?: string }
    const read = parseCommand(given)
    Object.assign(given, { flow: 'other', member: 'other', name: 'other' })
    expect(read).toEqual({ ok: true, value: COMMAND_EXAMPLES[type] })
  })

  it.each(COMMAND_TYPES)('is refused where a member is unknown, and the member is named: %s', (type) => {
    expect(refusal({ ...COMMAND_EXAMPLES[type], colour: 'red' })).toMatchObject({
      code: 'command.bad',
      details: { fault: 'the command has no member colour', at: [] },
    })
  })

  it('leaves out members that are undefined', () => {
    expect(parseCommand({ ...pause, comment: undefined })).toEqual({ ok: true, value: pause })
  })

  it('proposes the member that was meant', () => {
    expect(refusal({ ...pause, coment: 'Maintenance' }).details).toMatchObject({ suggestion: 'comment' })
  })

  it('proposes the command that was meant', () => {
    expect(refusal({ type: 'relaese', flow: 'hours' })).toMatchObject({
      code: 'command.bad',
      reason: expect.stringContaining('there is no command relaese. Did you mean release?'),
    })
  })

  it('proposes the preset that was meant', () => {
    expect(refusal({ type: 'setPolicy', policy: 'contact-center' }).details).toMatchObject({
      at: ['policy'],
      suggestion: 'contact-centre',
    })
  })

  it('proposes the kind of thing that was meant', () => {
    const define = { type: 'define', kind: 'servise', item: { id: 'a', name: 'A' } }
    expect(refusal(define).details).toMatchObject({ at: ['kind'], suggestion: 'service' })
  })

  it('names a member that is missing', () => {
    expect(refusal({ type: 'pause' }).details).toEqual({
      fault: 'flow is missing, and should be a text',
      at: ['flow'],
    })
  })

  it.each([
    [{ ...COMMAND_EXAMPLES.saveDraft, revision: 1.5 }, 'revision should be a whole number, and is 1.5'],
    [{ ...COMMAND_EXAMPLES.saveDraft, revision: -1 }, 'revision should be at least 0, and is -1'],
    [
      { ...COMMAND_EXAMPLES.release, slot: 'grey' },
      'slot should be one of "official", "gray", and is "grey"',
    ],
    [
      { ...COMMAND_EXAMPLES.grant, permissions: ['publsh'] },
      'permissions.0 should be one of "view", "edit", "approve", "publish", "admin", and is "publsh"',
    ],
    [
      { ...COMMAND_EXAMPLES.release, guards: { minSessions: 1, maxErrorRate: 2 } },
      'guards.maxErrorRate should be at most 1, and is 2',
    ],
    [{ ...COMMAND_EXAMPLES.comment, text: '' }, 'text should be at least 1 characters long, and is ""'],
    [{ type: 'define', kind: 'grayRule', item: ['pilot'] }, 'item should be an object, and is a list'],
    [{ type: 'define', kind: 'team', item: { id: 'a', name: 'A', team: 'b' } }, 'item has no member team'],
  ])('says what is wrong: %#', (command, fault) => {
    expect(refusal(command).details.fault).toBe(fault)
  })

  it.each(['1', '*42#', '0'.repeat(24)])('[REL-6] can name an access code: %s', (accessCode) => {
    expect(parseCommand({ ...COMMAND_EXAMPLES.release, accessCode })).toMatchObject({ ok: true })
  })

  it.each(['', '12a', '+49', ' 1', '1\n', '٣', '0'.repeat(25)])(
    '[REL-6] names no access code of other characters or length: %j',
    (accessCode) => {
      expect(refusal({ ...COMMAND_EXAMPLES.release, accessCode }).details).toMatchObject({
        at: ['accessCode'],
        fault: expect.stringContaining('an access code of 1 to 24 digits, * and #'),
      })
    },
  )
})

describe('ids, which become keys', () => {
  it.each(['__proto__', 'constructor', 'prototype', '', 'x'.repeat(129)])('are refused: %j', (id) => {
    const { release, define, createFlow } = COMMAND_EXAMPLES
    const commands: unknown[] = [
      { ...pause, flow: id },
      { type: 'addMember', member: id, permissions: [] },
      { ...define, item: { id, name: 'A', channel: 'voice' } },
      { ...createFlow, service: id },
      { ...release, version: id },
      { ...release, rule: id },
      { ...release, applications: { voice: id } },
      { type: 'branch', flow: 'hours', from: id },
    ]
    expect(commands.map((command) => refusal(command).code)).toEqual(commands.map(() => 'command.bad'))
  })

  it.each(['__proto__', 'constructor', 'prototype', ''])('are refused as keys of answers: %j', (key) => {
    for (const member of ['applications', 'values']) {
      const answers = JSON.parse(`{${JSON.stringify(key)}: "a"}`) as unknown
      expect(refusal({ ...COMMAND_EXAMPLES.release, [member]: answers }).code).toBe('command.bad')
    }
  })

  it('may be up to 128 characters of any script', () => {
    const flow = `営業時間-${'x'.repeat(123)}`
    expect(flow).toHaveLength(128)
    expect(parseCommand({ ...pause, flow })).toMatchObject({ ok: true })
  })

  it('may look like members that objects inherit', () => {
    expect(parseCommand({ ...pause, flow: 'toString' })).toMatchObject({ ok: true })
    expect(refusal({ type: 'toString' }).details.fault).toBe('there is no command toString')
  })
})

describe('what nobody sends by mistake', () => {
  it.each([
    undefined,
    null,
    0,
    'pause',
    [],
    [pause],
    {},
    new Map(),
    () => pause,
    Number.NaN,
    { type: 7 },
    { type: null },
  ])('is refused: %#', (value) => {
    expect(refusal(value).code).toBe('command.bad')
  })

  it('[REL-9] gives values to as many variables as a document declares', () => {
    const values = Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`v${n}`, n]))
    expect(parseCommand({ ...COMMAND_EXAMPLES.release, values }).ok).toBe(true)
  })

  it('is refused where it nests more than 512 deep', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
    const withValue = (depth: number) => ({ ...COMMAND_EXAMPLES.release, values: { limit: nested(depth) } })
    expect(parseCommand(withValue(509)).ok).toBe(true)
    expect(refusal(withValue(1_000)).details.fault).toContain('more than 512 levels')
  })

  it('is refused where it contains itself, or runs code', () => {
    const cyclic: { [member: string]: unknown } = { ...pause }
    cyclic.comment = cyclic
    expect(refusal(cyclic).code).toBe('command.bad')
    const armed = Object.defineProperty({ type: 'pause' }, 'flow', {
      enumerable: true,
      get: () => {
        throw new Error('code was run')
      },
    })
    expect(refusal(armed).details.fault).toBe('flow holds an accessor')
  })

  it('is refused where texts or lists are too long, at once', () => {
    const { labelFlow, createWorkspace, comment } = COMMAND_EXAMPLES
    const labels = Array.from({ length: 300_000 }, () => 7)
    const applications = Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`c${i}`, 'a']))
    expect(refusal({ ...labelFlow, labels }).details.at).toEqual(['labels'])
    expect(refusal({ ...labelFlow, labels: labels.map(String) }).details.fault).toContain(
      'at most 1000 entries',
    )
    expect(refusal({ ...createWorkspace, name: 'x'.repeat(257) }).details.at).toEqual(['name'])
    expect(refusal({ ...comment, text: 'x'.repeat(10_001) }).details.at).toEqual(['text'])
    expect(refusal({ ...COMMAND_EXAMPLES.release, applications }).details.fault).toContain(
      'at most 1000 members',
    )
  })

  it('never throws, and reads the same again', () => {
    const member = fc.oneof(
      fc.json().map((text) => JSON.parse(text) as unknown),
      fc.constantFrom('hours', 'v1', 1, true),
    )
    const command = fc
      .tuple(
        fc.constantFrom(...COMMAND_TYPES),
        fc.dictionary(
          fc.constantFrom('flow', 'version', 'comment', 'item', 'policy', 'values', 'labels', 'over'),
          member,
        ),
      )
      .chain(([type, members]) =>
        fc.constantFrom({ ...COMMAND_EXAMPLES[type], ...members }, { type, ...members }),
      )
    fc.assert(
      fc.property(fc.oneof(command, fc.anything()), (value) => {
        const read = parseCommand(value)
        if (!read.ok) expect(read.error.code).toBe('command.bad')
        else expect(parseCommand(JSON.parse(JSON.stringify(read.value)))).toEqual(read)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a policy from outside', () => {
  it.each(Object.entries(PRESETS))('is read as it is: %s', (_, policy) => {
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual({ ok: true, value: policy })
    expect(parseCommand({ type: 'setPolicy', policy })).toMatchObject({ ok: true })
  })

  const { open } = PRESETS
  const { paused: _paused, ...words } = open.words

  it.each([
    [
      { ...open, approvals: { ...open.approvals, required: 51 } },
      'approvals.required should be at most 50, and is 51',
    ],
    [
      { ...open, approvals: { ...open.approvals, required: -1 } },
      'approvals.required should be at least 0, and is -1',
    ],
    [
      { ...open, release: { ...open.release, gray: 'yes' } },
      'release.gray should be true or false, and is "yes"',
    ],
    [
      { ...open, words: { ...open.words, new: '' } },
      'words.new should be at least 1 characters long, and is ""',
    ],
    [{ ...open, words }, 'words.paused is missing, and should be a text'],
    [{ ...open, approval: {} }, 'the policy has no member approval'],
    ['open', 'the policy should be an object, and is "open"'],
  ])('is refused where something is missing or wrong: %#', (policy, fault) => {
    const read = parsePolicy(policy)
    expect(read.ok ? undefined : read.error.details.fault).toBe(fault)
  })

  it('is told in a command from where its fault is', () => {
    expect(refusal({ type: 'setPolicy', policy: { ...open, words } }).details).toMatchObject({
      at: ['policy', 'words', 'paused'],
    })
  })
})
