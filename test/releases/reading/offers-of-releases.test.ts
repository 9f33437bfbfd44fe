import { describe, expect, it } from 'vitest'
import { offers } from '../../../src/releases/index.ts'
import { type Content, Desk } from '../desk.ts'

const may = (content: Content) => {
  const desk = new Desk()
  desk.create('support', content)
  return offers(desk.state('support'), { version: 'v1' }, desk.releaseContext('support', 'v1', 'official'))
    .release
}

describe('the button that releases', () => {
  it('[REL-8] is open where nothing but answers is missing: the dialog behind it asks for them', () => {
    const asked = [{ name: 'city', type: 'text', required: true }] as const
    expect(may({ asked, channels: ['sms'] })).toEqual({ ok: true })
  })

  it('[REL-8] is closed where another gate is closed as well, and says which', () => {
    const asked = [{ name: 'city', type: 'text', required: true }] as const
    const permit = may({ asked, trigger: undefined as never })
    expect(permit).toMatchObject({
      ok: false,
      code: 'release.gates',
      details: { gates: ['trigger', 'values'] },
    })
  })
})
