import { lookup as dnsLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { SluiceError } from '../../base/sluice-error.ts'
import { addressClass, machineOf } from './address-class.ts'
import { HttpFault } from './http-fault.ts'
import { type AddressRange, inRange, parseRange } from './ip-address.ts'

/** Which addresses requests may go to. */
export interface AddressOptions {
  /**
   * Addresses that are reached although they are not public: host names, IP addresses and ranges such as `10.1.0.0/16`,
   * or a function that is asked about each. A name in the list is trusted wherever it leads. None unless given.
   */
  readonly allow?: readonly string[] | ((host: string, address: string) => boolean)
  /** All IP addresses of a host name. The machine's own resolution unless given. */
  readonly lookup?: (host: string) => Promise<readonly string[]>
}

/** Keeps requests away from addresses inside of the network that the host stands in. */
export interface AddressGuard {
  /** Throws where a host that is written as an IP address is refused: for such a host nothing is looked up. */
  checkHost(host: string): void
  /** Looks a host name up for a connection, which is then made to one of the addresses that were checked. */
  readonly lookup: LookupFunction
}

/** Throws `http.options` for an entry of `allow` that is neither a host name nor an address. */
export function addressGuard({ allow = [], lookup = lookUp }: AddressOptions): AddressGuard {
  const allowed = typeof allow === 'function' ? allow : allowList(allow)
  const check = (host: string, address: string) => {
    if (addressClass(address) !== 'public' && !allowed(host, address))
      throw new HttpFault('http.addressRefused', 'The address is not public, and not allowed either')
  }
  /** One address that is refused refuses the name: it was made to lead into the network. */
  async function addressesOf(host: string, family: unknown) {
    const addresses = await lookup(host)
    for (const address of addresses) check(nameOf(host), address)
    const found = addresses.map((address) => ({ address, family: isIP(address) }))
    const fitting = family === 4 || family === 6 ? found.filter((each) => each.family === family) : found
    if (fitting.length === 0) throw new HttpFault('http.network', 'The host name has no address')
    return fitting
  }
  return {
    checkHost(host) {
      if (isIP(host) !== 0) check(host, host)
    },
    lookup(host, { all, family }, callback) {
      addressesOf(host, family).then(
        (found) => (all ? callback(null, found) : callback(null, found[0]!.address, found[0]!.family)),
        (error) => callback(error, ''),
      )
    },
  }
}

async function lookUp(host: string): Promise<readonly string[]> {
  return (await dnsLookup(host, { all: true })).map(({ address }) => address)
}

function allowList(entries: readonly string[]): (host: string, address: string) => boolean {
  const names = new Set<string>()
  const ranges: AddressRange[] = []
  for (const entry of entries) {
    const range = parseRange(entry)
    if (range !== undefined) ranges.push(range)
    else if (/^[\w.-]*[a-z_][\w.-]*$/i.test(entry)) names.add(nameOf(entry))
    else throw badEntry(entry)
  }
  return (host, address) => {
    const octets = machineOf(address)
    return names.has(host) || (octets !== undefined && ranges.some((range) => inRange(octets, range)))
  }
}

/** A host name as lists name it: the dot at its end, which only says that it is complete, is left out. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.$/, '')
}

function badEntry(entry: string): SluiceError {
  return new SluiceError({
    code: 'http.options',
    problem: `"${entry}" in allow is neither a host name, an IP address nor a range`,
    next: 'Write "crm.internal", "10.1.2.3" or "10.1.0.0/16"',
  })
}
