import { describe, expect, it } from 'vitest'
import { pickFiles } from '../../scripts/mutation/pick-files.ts'

const FILES = [
  { path: 'a', lines: 100 },
  { path: 'b', lines: 900 },
  { path: 'c', lines: 60 },
]

describe('pickFiles', () => {
  it.each([
    ['starts where it is told to', 2, 60, ['c']],
    ['goes round', 2, 160, ['c', 'a']],
    ['takes a file that is too long when it is first', 1, 160, ['b']],
    ['takes none twice', 0, 10_000, ['a', 'b', 'c']],
    ['counts turns on for ever', 5, 60, ['c']],
  ])('%s', (_, turn, maxLines, expected) => {
    expect(pickFiles(FILES, turn, maxLines)).toEqual(expected)
  })

  it('picks none of none', () => {
    expect(pickFiles([], 3, 100)).toEqual([])
  })
})
