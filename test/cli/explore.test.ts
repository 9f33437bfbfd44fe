import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { file, SUPPORT } from './flows.ts'
import { cli, isOneLine } from './helpers.ts'

const ORDERS = fileURLToPath(new URL('../../examples/order-status/flow.json', import.meta.url))

const flow = (condition: string) => ({
  schema: 1,
  id: 'flow',
  settings: { outcomes: [{ code: 'done', kind: 'completed' }] },
  nodes: [
    { id: 'start', type: 'start@1' },
    { id: 'branch', type: 'branch@1', config: { rules: [{ outcome: 'yes', condition }] } },
    { id: 'end', type: 'end@1', config: { outcome: 'done' } },
  ],
  connectors: [
    { from: { node: 'start', outcome: 'next' }, to: 'branch' },
    { from: { node: 'branch', outcome: 'yes' }, to: 'end' },
    { from: { node: 'branch', outcome: 'else' }, to: 'end' },
  ],
})

describe('sluice explore', () => {
  it('says how many outcomes were taken', async () => {
    const { code, out } = await cli(['explore', ORDERS])
    expect(code).toBe(0)
    expect(out).toMatch(/(\d+) of \1 outcomes taken by \d+ sessions\n$/)
  })

  it('names what cannot be taken, and why', async () => {
    const { code, out } = await cli(['explore', file(flow('false'))])
    expect(code).toBe(0)
    expect(out).toBe(
      'not taken: branch, yes: its condition is the constant false\n2 of 3 outcomes taken by 1 session\n',
    )
  })

  it('prints one object with --json', async () => {
    const { lines } = await cli(['explore', file(flow('false')), '--json'])
    expect(lines).toEqual([
      {
        outcomes: {
          total: 3,
          covered: 2,
          unreachable: [
            { flow: 'flow', node: 'branch', outcome: 'yes', why: 'its condition is the constant false' },
          ],
        },
        sessions: 1,
        failures: [],
        scripts: [{ trigger: { type: 'manual' }, now: Date.UTC(2026, 0, 1), seed: 'explore', events: [] }],
      },
    ])
  })

  it('finds scripts that sluice run plays', async () => {
    const { lines } = await cli(['explore', SUPPORT, '--json'])
    expect(lines[0].scripts.length).toBeGreaterThan(3)
    const taken = new Set<string>()
    for (const { trigger, now, events } of lines[0].scripts) {
      const { contact = {}, data = {}, ...kind } = trigger
      const run = await cli([
        'run',
        SUPPORT,
        '--json',
        '--script',
        file(events),
        '--trigger',
        JSON.stringify(kind),
        '--contact',
        JSON.stringify(contact),
        '--data',
        JSON.stringify(data),
        '--now',
        new Date(now).toISOString(),
      ])
      expect(run.code, run.err).not.toBe(2)
      for (const { type, node, outcome } of run.lines) if (type === 'step') taken.add(`${node}:${outcome}`)
    }
    expect(taken.size).toBeGreaterThanOrEqual(lines[0].outcomes.covered)
  })

  it.each([
    ['a flow with errors', [file(flow('nobody'))], 1],
    ['a file that is not there', ['nowhere.json'], 2],
    ['a time that is none', [SUPPORT, '--now', 'soon'], 2],
  ])('refuses %s', async (_, args, code) => {
    const result = await cli(['explore', ...args])
    expect(result.code).toBe(code)
    expect(isOneLine(result.err)).toBe(true)
  })
})
