import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A page of documentation, by its path in the project. */
export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8')
}

/** The fenced blocks of a page that are in a language, in order. */
export function blocksOf(page: string, language: string): readonly string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')
  return [...page.matchAll(fence)].map(([, block]) => block!)
}

/** Runs TypeScript as a program of its own, in the folder of the project. */
export function runSnippet(source: string): { status: number | null; stdout: string; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-docs-'))
  // So that packages are found which a reader would have installed.
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const file = join(folder, 'snippet.mts')
  writeFileSync(file, source)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), file],
    { cwd: ROOT, encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

/** What the snippets of a page say they print: behind `console.log(…) //`, or on lines of their own that begin with `//`. */
export function promised(block: string): string[] {
  return block.split('\n').flatMap((line) => {
    const behind = /console\.log\(.*\)\s*\/\/ (.*)$/.exec(line)?.[1]
    return behind ?? /^\/\/ (.*)$/.exec(line)?.[1] ?? []
  })
}
