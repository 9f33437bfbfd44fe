import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nodePages } from '../../scripts/node-pages.ts'

const FOLDER = new URL('../../docs/nodes/', import.meta.url)
const pages = nodePages()

describe('docs/nodes', () => {
  it.each([...pages])('%s is up to date; tsx scripts/node-pages.ts writes it', (name, text) => {
    expect(readFileSync(new URL(name, FOLDER), 'utf8')).toBe(text)
  })

  it('holds no page of a node type that is gone', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort())
  })
})
