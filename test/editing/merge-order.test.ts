import { describe, expect, it } from 'vitest'
import { mergeOrder } from '../../src/editing/merge/merge-order.ts'

/** `abc | acb | abc`: the base, and what either side has made of it; of `left` everything is left unless given. */
function order(text: string, take: 'safe' | 'base' | 'a' | 'b' = 'safe', left = text.replace(/\W/g, '')) {
  const [base, a, b] = text.split('|').map((each) => [...each.trim()]) as [string[], string[], string[]]
  const merged = mergeOrder({ base, a, b }, new Set(left), take)
  const marks = `${merged.isMoved ? ' moved' : ''}${merged.isMixed ? ' mixed' : ''}`
  return merged.order.join('') + marks
}

describe('the order of a list that two have changed', () => {
  it.each<[string, string, string]>([
    ['nothing changed', 'abc | abc | abc', 'abc'],
    ['what one has moved', 'abc | cab | abc', 'cab'],
    ['what the other has moved', 'abc | abc | cab', 'cab'],
    ['what both have moved alike', 'abc | cab | cab', 'cab'],
    ['what both have moved otherwise', 'abc | cab | bca', 'abc moved'],
    ['an entry more at the end', 'ab | abx | ab', 'abx'],
    ['an entry more at the top', 'ab | ab | xab', 'xab'],
    ['entries at two places', 'ab | axb | aby', 'axby'],
    ['entries at one place', 'ab | axb | ayb', 'axyb mixed'],
    ['entries at one place, in the order of their names', 'ab | aybc | axb', 'axybc mixed'],
    ['entries at the top of both', 'ab | xab | yab', 'xyab mixed'],
    ['one entry from both', 'ab | axb | axb', 'axb'],
    ['one entry from both, at two places', 'ab | axb | abx', 'axb'],
    ['one of two entries from both', 'ab | axyb | axb', 'axyb mixed'],
    ['an entry more, and another order', 'abc | abxc | cba', 'cbxa'],
    ['an entry more on the side that has moved', 'abc | cxba | abc', 'cxba'],
    ['entries more, and orders of their own', 'abc | caxb | bcya', 'axbcy moved'],
    ['a list that was empty', ' | x | y', 'xy mixed'],
    ['a list that both have filled alike', ' | xy | xy', 'xy'],
  ])('holds %s', (_, text, expected) => {
    expect(order(text)).toBe(expected)
  })

  it.each<[string, string, string, string]>([
    ['an entry that one has removed', 'abc | ac | abc', 'ac', 'ac'],
    ['an entry that stayed, in its old place', 'abc | ac | abc', 'abc', 'abc'],
    ['the first entry that stayed', 'abc | bc | abc', 'abc', 'abc'],
    ['an entry that stayed, behind one that has moved', 'abc | ca | abc', 'abc', 'cab'],
    ['an entry behind one that is gone', 'abc | ac | abxc', 'axc', 'axc'],
    ['entries of both behind what is gone', 'abc | ac | aybc', 'ayc', 'ayc'],
    ['a new entry that is not left', 'ab | axb | ab', 'ab', 'ab'],
  ])('takes up %s', (_, text, left, expected) => {
    expect(order(text, 'safe', left)).toBe(expected)
  })

  it.each<[string, 'base' | 'a' | 'b', string]>([
    ['abc | cab | bca', 'base', 'abc moved'],
    ['abc | cab | bca', 'a', 'cab moved'],
    ['abc | cab | bca', 'b', 'bca moved'],
    ['ab | ayb | axb', 'a', 'ayxb mixed'],
    ['ab | ayb | axb', 'b', 'axyb mixed'],
    ['ab | ayb | axb', 'base', 'axyb mixed'],
    ['abc | cab | abc', 'b', 'cab'],
  ])('is for %s, where %s is taken, %s', (text, take, expected) => {
    expect(order(text, take)).toBe(expected)
  })
})
