import { describe, expect, it } from 'vitest'
import { CURRENT_SCHEMA, MIGRATIONS, type Migration, migrate } from '../../src/document/index.ts'

describe('migrations', () => {
  const migrations = new Map<number, Migration>([
    [1, ({ title, ...rest }) => ({ ...rest, name: title })],
    [2, (document) => ({ ...document, notes: [], schema: 'whatever' })],
  ])

  it('[DOC-15] bring a document up to date one schema after the other', () => {
    expect(migrate({ schema: 1, title: 'T' }, 1, { target: 3, migrations })).toEqual({
      schema: 3,
      name: 'T',
      notes: [],
    })
  })

  it('begin where the document stands', () => {
    expect(migrate({ schema: 2, name: 'N' }, 2, { target: 3, migrations })).toEqual({
      schema: 3,
      name: 'N',
      notes: [],
    })
  })

  it('leave a document of the current schema as it is', () => {
    const document = { schema: 3 }
    expect(migrate(document, 3, { target: 3, migrations })).toBe(document)
  })

  it('fail where a step is missing', () => {
    expect(migrate({ schema: 1 }, 1, { target: 4, migrations })).toBeUndefined()
    expect(migrate({ schema: 1 }, 1, { target: 2, migrations: new Map() })).toBeUndefined()
  })

  it('do not change the document that they are given', () => {
    const document = Object.freeze({ schema: 1, title: 'T' })
    migrate(document, 1, { target: 3, migrations })
    expect(document).toEqual({ schema: 1, title: 'T' })
  })

  it('[DOC-15] lead from every older schema to the current one', () => {
    expect([...MIGRATIONS.keys()]).toEqual(Array.from({ length: CURRENT_SCHEMA - 1 }, (_, i) => i + 1))
    expect(migrate({ schema: CURRENT_SCHEMA }, CURRENT_SCHEMA)).toEqual({ schema: CURRENT_SCHEMA })
  })
})
