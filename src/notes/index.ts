export { MAX_NOTE_LENGTH, renderNote } from './render-note.ts'
