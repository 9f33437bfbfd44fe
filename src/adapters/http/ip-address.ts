import { isIP } from 'node:net'

/** Addresses that begin with the same bits. */
export interface AddressRange {
  readonly base: Uint8Array
  readonly bits: number
}

/** The 4 or 16 octets of an IP address; the zone of an IPv6 address is left aside. `undefined` for anything else. */
export function parseAddress(address: string): Uint8Array | undefined {
  const family = isIP(address)
  if (family === 0) return undefined
  if (family === 4) return Uint8Array.from(address.split('.'), Number)
  const [head = '', tail = ''] = address.replace(/%.*/, '').split('::')
  const first = octetsOf(head)
  const last = octetsOf(tail)
  return Uint8Array.from([...first, ...Array<number>(16 - first.length - last.length).fill(0), ...last])
}

/** The octets of some groups of an IPv6 address, the last of which may be written like an IPv4 address. */
function octetsOf(groups: string): number[] {
  if (groups === '') return []
  return groups.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}

/** A range as `10.0.0.0/8`, or an address that stands for itself. `undefined` for anything else. */
export function parseRange(text: string): AddressRange | undefined {
  const [, address, length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const base = parseAddress(address ?? '')
  if (base === undefined) return undefined
  const bits = length === undefined ? base.length * 8 : Number(length)
  return bits <= base.length * 8 ? { base, bits } : undefined
}

export function inRange(octets: Uint8Array, { base, bits }: AddressRange): boolean {
  if (octets.length !== base.length) return false
  for (let i = 0; i * 8 < bits; i++) {
    const mask = bits - i * 8 >= 8 ? 0xff : 0xff00 >> (bits - i * 8)
    if (((octets[i]! ^ base[i]!) & mask) !== 0) return false
  }
  return true
}
