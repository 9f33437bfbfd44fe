import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import { parseDocument } from '../../src/index.ts'
import { calling, changed, exported, hello } from '../interchange/bundle-cases.ts'
import { file } from './flows.ts'
import { cli, isOneLine } from './helpers.ts'

const one = exported([hello()])

describe('a bundle as FILE', () => {
  it('[IO-1] sluice import prints its flow', async () => {
    const { code, out, err } = await cli(['import', file(one.text)])
    expect(code).toBe(0)
    expect(parseDocument(out)).toEqual({ ok: true, value: one.bundle.flows[0]!.document })
    expect(err).toMatch(/was brought in from sluice-bundle: 3 nodes, 2 connectors, 0 losses$/m)
  })

  it('is read wherever a flow is', async () => {
    const path = file(one.text)
    expect((await cli(['validate', path])).out).toBe('0 errors, 0 warnings\n')
    expect((await cli(['diff', path, file(hello()), '--json'])).lines[0].equal).toBe(true)
  })

  it('tells what was left out and what was made harmless', async () => {
    const { bundle } = exported([calling('main', 'below')], { all: [hello('below')] })
    const sly = changed(bundle, (copy) => {
      copy.flows[0].document.name = '\u202eexe.txt'
    })
    const { lines } = await cli(['import', file(sly), '--json', '--from', 'sluice-bundle'])
    expect(lines[0].flow.name).toBe('exe.txt')
    expect(lines[0].loss).toMatchObject([
      { severity: 'warning', code: 'bundle.bidi', where: 'name' },
      { severity: 'info', code: 'bundle.subflow', where: 'below' },
    ])
  })

  it('of several flows is refused', async () => {
    const { code, err } = await cli(['validate', file(exported([hello('a'), hello('b')]).text)])
    expect(code).toBe(2)
    expect(isOneLine(err)).toBe(true)
    expect(err).toContain('is a bundle of 2 flows: a, b')
  })

  it('[IO-6] that was changed is refused', async () => {
    const sly = changed(one.bundle, (copy) => {
      copy.flows[0].document.medium = 'voice'
    })
    const { code, out, err } = await cli(['import', file(sly)])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('does something else than what was exported')
  })

  it('is read with the depth that its flows may have by themselves', async () => {
    const deep = Array.from({ length: 58 }).reduce<Json>((inner) => ({ inner }), 1)
    const document = hello()
    const own = document.nodes.map((each) => (each.id === 'start' ? { ...each, meta: { deep } } : each))
    const { text } = exported([{ ...document, nodes: own }])
    expect((await cli(['validate', file(text)])).out).toBe('0 errors, 0 warnings\n')
  })

  it.each(['validate', 'run', 'graph', 'import', 'code'])(
    'of several flows is refused by sluice %s',
    async (command) => {
      const { code, err } = await cli([command, file(exported([hello('a'), hello('b')]).text)])
      expect(code).toBe(2)
      expect(err).toContain('[cli.severalFlows]')
    },
  )

  it('what is said to be a bundle and is none is refused as that', async () => {
    const { code, err } = await cli(['import', file(hello()), '--from', 'sluice-bundle'])
    expect(code).toBe(2)
    expect(isOneLine(err)).toBe(true)
    expect(err).toContain('This is no bundle of flows')
  })

  it('what names bundles and is none is read as what it is', async () => {
    const { code } = await cli(['validate', file({ ...hello(), name: 'sluice-bundle' })])
    expect(code).toBe(0)
    const { err } = await cli(['validate', file('{ "format": "sluice-bundle", ')])
    expect(err).toContain('[file.notJson]')
  })
})
