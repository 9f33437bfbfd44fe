export interface SourceFile {
  readonly path: string
  readonly lines: number
}

/**
 * The files from `turn` on, round and round, that together hold at most `maxLines` lines; always at least one, so
 * that a file longer than that has its turn too.
 */
export function pickFiles(files: readonly SourceFile[], turn: number, maxLines: number): readonly string[] {
  const picked: string[] = []
  let lines = 0
  for (let i = 0; i < files.length; i++) {
    const file = files[(turn + i) % files.length]!
    if (picked.length > 0 && lines + file.lines > maxLines) break
    picked.push(file.path)
    lines += file.lines
  }
  return picked
}
