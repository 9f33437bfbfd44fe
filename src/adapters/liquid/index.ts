export { liquid } from './liquid.ts'
