import type { Json, JsonObject } from '../../base/json.ts'
import type { Fix } from '../../diagnostics/diagnostic.ts'
import type { EditCommand } from '../../editing/command.ts'
import type { ConfigPath } from '../../nodes/visit-config.ts'

/** What a rule reports beside code and place: a fix, or nothing where none can be promised. */
export interface WithFix {
  readonly fix?: Fix
}

/** A mend made of edit commands. */
export function fixOf(title: string, ...commands: readonly EditCommand[]): WithFix {
  return { fix: { title, commands: commands as unknown as readonly JsonObject[] } }
}

/** Sets the field of a node at a path that begins at the node, or takes it away without a value. */
export function configure(node: string, [, ...path]: ConfigPath, value?: Json): EditCommand {
  return { type: 'configure', node, path, ...(value === undefined ? {} : { value }) }
}

/** Sets a setting at a path, or takes it away without a value. */
export function changeSettings(path: ConfigPath, value?: Json): EditCommand {
  return { type: 'changeSettings', path, ...(value === undefined ? {} : { value }) }
}

/** Text as it stands in a title: no longer than a button. */
export function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
