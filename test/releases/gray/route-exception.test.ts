import { describe, expect, it } from 'vitest'
import { re2Engine } from '../../../src/expressions/re2.ts'
import { routeException } from '../../../src/releases/gray/route.ts'
import type { FlowSpec } from './workspace.ts'
import { pilot, workspaceOf } from './workspace.ts'

const inBerlin = { number: '+493012345' }
const elsewhere = { number: '+498912345' }

function workspaceWith(flows: { readonly [id: string]: FlowSpec }, exceptionFlows: object) {
  return workspaceOf({ flows, exceptionFlows, rules: [pilot({ kind: 'numbers', prefixes: ['+4930'] })] })
}

/** Which version is entered, or the code of the refusal. */
function entered(...args: Parameters<typeof routeException>): string {
  const answer = routeException(...args)
  return answer.ok ? `${answer.flow} ${answer.version}` : answer.code
}

describe('a failing session enters', () => {
  const sorry = { official: 's1', gray: 's2' }
  const oops = { official: 'o1' }
  const named = workspaceWith({ sorry, oops }, { voice: 'sorry', any: 'oops' })

  it('[REL-20] the exception flow of its medium', () => {
    expect(entered(named, 'voice', elsewhere)).toBe('sorry s1')
  })

  it('[REL-20] the one for any medium where its own has none', () => {
    expect(entered(named, 'messaging', elsewhere)).toBe('oops o1')
    expect(entered(named, 'any', elsewhere)).toBe('oops o1')
  })

  it('[REL-20] the gray version where the contact matches, else the official one', () => {
    expect(entered(named, 'voice', inBerlin)).toBe('sorry s2')
    expect(entered(named, 'voice', elsewhere)).toBe('sorry s1')
  })

  it('[REL-20] a gray-only exception flow where the contact matches, and no other contact does', () => {
    const workspace = workspaceWith({ sorry: { gray: 's2' } }, { voice: 'sorry' })
    expect(entered(workspace, 'voice', inBerlin)).toBe('sorry s2')
    expect(entered(workspace, 'voice', elsewhere)).toBe('route.grayOnly')
  })

  it.each([[{ gray: 's2' }], [{ official: 's1', paused: true }], [{}]] as const)(
    '[REL-20] the one for any medium where its own takes it not in: %j',
    (own) => {
      const workspace = workspaceWith({ sorry: own, oops }, { voice: 'sorry', any: 'oops' })
      expect(entered(workspace, 'voice', elsewhere)).toBe('oops o1')
    },
  )

  it('[REL-20] nothing where neither takes it in, for the reason of its own', () => {
    const workspace = workspaceWith(
      { sorry: { official: 's1', paused: true }, oops: {} },
      { voice: 'sorry', any: 'oops' },
    )
    expect(entered(workspace, 'voice', elsewhere)).toBe('route.paused')
  })

  it('[REL-20] nothing where none is named, and the refusal says for which medium', () => {
    const answer = routeException(workspaceWith({ sorry }, { messaging: 'sorry' }), 'voice', inBerlin)
    expect(answer).toMatchObject({
      ok: false,
      code: 'route.noExceptionFlow',
      reason: 'The workspace names no exception flow for voice, and none for any medium.',
      details: { medium: 'voice' },
    })
  })

  it('[REL-20] the one for voice or messaging where its flow is for any medium and none is named for that', () => {
    expect(entered(workspaceWith({ sorry }, { voice: 'sorry' }), 'any', inBerlin)).toBe('sorry s2')
    expect(entered(workspaceWith({ sorry }, { messaging: 'sorry' }), 'any', elsewhere)).toBe('sorry s1')
    expect(entered(workspaceWith({ sorry }, {}), 'any', inBerlin)).toBe('route.noExceptionFlow')
  })

  it('[REL-20] the gray version by a condition with a pattern, where the engine is passed', () => {
    const rule = pilot({ kind: 'condition', condition: 'matches(contact.plan, "^pro")' })
    const workspace = workspaceOf({ flows: { sorry }, exceptionFlows: { any: 'sorry' }, rules: [rule] })
    const contact = { attributes: { plan: 'pro' } }
    expect(entered(workspace, 'voice', contact, { regex: re2Engine })).toBe('sorry s2')
    expect(entered(workspace, 'voice', contact)).toBe('sorry s1')
  })
})
