import { type AddressRange, inRange, parseAddress, parseRange } from './ip-address.ts'

/** What an address is for; only `public` ones are reached over the internet. */
export type AddressClass =
  | 'public'
  | 'loopback'
  | 'private'
  | 'linkLocal'
  | 'shared'
  | 'multicast'
  | 'unspecified'
  | 'reserved'

/** IANA's registry of special-purpose IPv4 addresses. Whatever stands in none of these is public. */
const RANGES_4 = ranges([
  ['0.0.0.0/8', 'unspecified'],
  ['10.0.0.0/8', 'private'],
  // Between a provider and its customers (RFC 6598); clouds keep services of their own here.
  ['100.64.0.0/10', 'shared'],
  ['127.0.0.0/8', 'loopback'],
  // Clouds hand out credentials at 169.254.169.254.
  ['169.254.0.0/16', 'linkLocal'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'reserved'],
  ['192.88.99.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
])

/** The same for IPv6: the first that fits. Whatever stands in none of these is reserved. */
const RANGES_6 = ranges([
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['fc00::/7', 'private'],
  ['fec0::/10', 'private'],
  ['64:ff9b:1::/48', 'private'],
  ['fe80::/10', 'linkLocal'],
  ['ff00::/8', 'multicast'],
  // Teredo and others that carry an address of someone else inside.
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'reserved'],
  ['3fff::/20', 'reserved'],
  ['2000::/3', 'public'],
])

/** IPv4 addresses written as IPv6 ones. */
const MAPPED = parseRange('::ffff:0:0/96')!

/** Ranges whose addresses lead to an IPv4 address, and the octet at which it begins: mapped, NAT64, 6to4. */
const EMBEDDING: readonly (readonly [range: AddressRange, at: number])[] = [
  [MAPPED, 12],
  [parseRange('64:ff9b::/96')!, 12],
  [parseRange('2002::/16')!, 2],
]

/**
 * What an IP address is for. An IPv6 address that leads to an IPv4 address is what that one is. `undefined` for a text
 * that is no IP address.
 *
 * @example addressClass('::ffff:10.0.0.1') // 'private'
 */
export function addressClass(address: string): AddressClass | undefined {
  const octets = parseAddress(address)
  if (octets === undefined) return undefined
  if (octets.length === 4) return classOf4(octets)
  const at = EMBEDDING.find(([range]) => inRange(octets, range))?.[1]
  if (at !== undefined) return classOf4(octets.subarray(at, at + 4))
  const kind = RANGES_6.find(([range]) => inRange(octets, range))?.[1] ?? 'reserved'
  return kind === 'public' && isIsatap(octets) ? classOf4(octets.subarray(12)) : kind
}

/** The octets of the machine that an address names: an IPv4 address is the same in its IPv6 dress. */
export function machineOf(address: string): Uint8Array | undefined {
  const octets = parseAddress(address)
  return octets !== undefined && inRange(octets, MAPPED) ? octets.subarray(12) : octets
}

function classOf4(octets: Uint8Array): AddressClass {
  return RANGES_4.find(([range]) => inRange(octets, range))?.[1] ?? 'public'
}

/** RFC 5214: such an interface hands on what comes to it to the IPv4 address in its last octets. */
function isIsatap(octets: Uint8Array): boolean {
  return (octets[8]! & 0xfd) === 0 && octets[9] === 0 && octets[10] === 0x5e && octets[11] === 0xfe
}

function ranges(
  table: readonly (readonly [range: string, kind: AddressClass])[],
): readonly (readonly [AddressRange, AddressClass])[] {
  return table.map(([range, kind]) => [parseRange(range)!, kind])
}
