export { type ObserveOptions, observeHost } from './observe-host.ts'
