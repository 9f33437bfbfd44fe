export type { AutosaveOptions, Timers } from './autosave.ts'
export { createEditor } from './create-editor.ts'
export type {
  Applied,
  ApplyOptions,
  AutoLayoutOptions,
  Editor,
  EditorOptions,
  EditorSnapshot,
  PasteOptions,
  PatchEvent,
  StoredFlow,
} from './editor.ts'
export type { FieldPlace } from './field-facts.ts'
export { type FocusTarget, focusOf } from './focus.ts'
export { type Handle, handlesOf } from './handles.ts'
export {
  type PaletteCategory,
  type PaletteEntry,
  type PaletteModel,
  type PaletteOptions,
  paletteModel,
} from './palette-model.ts'
export { type Pane, type PaneEntry, type PaneGroup, paneOf } from './pane.ts'
export type {
  SaveAnswer,
  Saved,
  SaveRefusal,
  SaveRequest,
  SaveResult,
  SavingState,
} from './saving.ts'
export type { SearchHit, SearchOptions } from './search.ts'
export type { Selection } from './selection.ts'
