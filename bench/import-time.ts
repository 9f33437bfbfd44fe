import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { median } from './measure.ts'

const ROOT = new URL('../dist/index.js', import.meta.url)

/** Milliseconds that a fresh node takes to import the built root; median and spread, or why there are none. */
export type ImportTime =
  | { readonly ms: number; readonly from: number; readonly to: number }
  | { readonly missing: string }

export function measureImport(times: number): ImportTime {
  if (!existsSync(ROOT)) return { missing: 'dist/index.js does not exist (npm run build)' }
  const script = `const begin = performance.now(); await import(${JSON.stringify(ROOT.href)}); console.log(performance.now() - begin)`
  const figures: number[] = []
  for (let i = 0; i < times; i++) {
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
    const ms = Number.parseFloat(child.stdout)
    if (child.status !== 0 || Number.isNaN(ms)) {
      throw new Error(
        `the built root cannot be imported: ${child.stderr.trim().split('\n')[0] ?? 'no message'}`,
      )
    }
    figures.push(ms)
  }
  return { ms: median(figures), from: Math.min(...figures), to: Math.max(...figures) }
}
