import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressGuard } from '../../../src/adapters/http/address-guard.ts'
import { type HttpCall, httpClient, readBody } from '../../../src/adapters/http/http-client.ts'
import { type Lab, openLab } from './lab.ts'

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
})
afterEach(() => lab.close())

describe('a connection that is kept', () => {
  const get = (): HttpCall => ({ method: 'GET', url: new URL(lab.url), headers: new Map() })
  const { signal } = new AbortController()
  const IDLE_MS = 50

  it('is closed once nobody has used it for a while', { timeout: 3_000 }, async () => {
    const client = httpClient(addressGuard({ allow: ['127.0.0.1'] }), IDLE_MS)
    let kept: Socket | undefined
    lab.answer = (_, response, raw) => {
      kept = raw.socket
      response.end('done')
    }
    await readBody(await client.open(get(), true, signal), 100, 'GET')
    // The server itself would hold it for five seconds.
    await once(kept!, 'close')
    expect(lab.seen).toHaveLength(1)
  })

  it('may take longer than that for an answer', async () => {
    const client = httpClient(addressGuard({ allow: ['127.0.0.1'] }), 1)
    lab.answer = (_, response) => setTimeout(() => response.end('late'), IDLE_MS)
    const body = await readBody(await client.open(get(), true, signal), 100, 'GET')
    expect(new TextDecoder().decode(body)).toBe('late')
  })
})
