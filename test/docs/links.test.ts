import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, readPage } from '../support/snippets.ts'

/** Pages of a folder, by their path in the project. */
function pagesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
}

const pages = ['README.md', 'CHANGELOG.md', ...['docs', 'examples', 'src', 'test/crash'].flatMap(pagesIn)]

/** What a page links to, by path in the project; a folder stands for its README. */
function linksOf(page: string): readonly string[] {
  const prose = readPage(page).replaceAll(/^```[\s\S]*?^```$/gm, '')
  return [...prose.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, link]) => {
    const path = join(dirname(page), link!)
    const isFolder = existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isDirectory()
    return isFolder ? join(path, 'README.md') : path
  })
}

describe('links between pages', () => {
  it.each(pages)('%s links to what exists', (page) => {
    expect(linksOf(page).filter((link) => !existsSync(join(ROOT, link)))).toEqual([])
  })

  it('lead from the README to every page for users', () => {
    const reached = new Set(['README.md'])
    for (const page of reached) {
      for (const link of linksOf(page))
        if (link.endsWith('.md') && existsSync(join(ROOT, link))) reached.add(link)
    }
    const forUsers = pages.filter((page) => /^(docs|examples|src\/adapters)\//.test(page))
    expect(forUsers.filter((page) => !reached.has(page)).map((page) => relative('.', page))).toEqual([])
  })
})
