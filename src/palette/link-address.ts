import { NodeFault } from '../nodes/index.ts'

/**
 * An address that a contact is to open, of the web or of an app. Refused is what would run as code where it is opened,
 * and what white space or a control character would end early.
 */
export function linkAddress(address: string): string {
  if (!/^[a-z][a-z\d+.-]*:/i.test(address) || /^(javascript|vbscript|data|blob|file):/i.test(address))
    throw new NodeFault(
      'link.badAddress',
      'The address of a link does not begin with a scheme that may be opened',
    )
  if (/[\s\p{Cc}]/u.test(address))
    throw new NodeFault('link.badAddress', 'The address of a link holds white space or a control character')
  return address
}
