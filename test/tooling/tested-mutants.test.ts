import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { scoreOf, testedMutants } from '../../scripts/mutation/tested-mutants.ts'

const directory = mkdtempSync(join(tmpdir(), 'sluice-mutants-'))
afterAll(() => rmSync(directory, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(directory, name), text)
const mutant = (status: string) =>
  JSON.stringify({
    fileName: join(process.cwd(), 'src/a.ts'),
    location: { start: { line: 3, column: 1 } },
    mutatorName: 'BooleanLiteral',
    replacement: 'false',
    status,
  })

describe('testedMutants', () => {
  it('reads what was recorded until the run was stopped', () => {
    write('00000-onDryRunCompleted.json', '{}')
    write('00001-onMutantTested.json', mutant('Killed'))
    write('00002-onMutantTested.json', mutant('Survived'))
    write('00003-onMutantTested.json', mutant('Timeout'))
    write('00004-onMutantTested.json', mutant('NoCoverage'))
    write('00005-onMutantTested.json', mutant('Ignored'))
    write('00006-onMutantTested.json', mutant('Killed').slice(0, 20))
    const tested = testedMutants(directory)
    expect(tested.map((one) => one.survived)).toEqual([false, true, false, true])
    expect(tested[0]).toEqual({
      where: 'src/a.ts:3',
      mutator: 'BooleanLiteral',
      replacement: 'false',
      survived: false,
    })
    expect(scoreOf(tested)).toBe(50)
  })

  it('has nothing where nothing was recorded', () => {
    expect(testedMutants(join(directory, 'none'))).toEqual([])
    expect(scoreOf([])).toBe(100)
  })
})
