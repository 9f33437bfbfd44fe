import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressClass, machineOf } from '../../../src/adapters/http/address-class.ts'
import { parseRange } from '../../../src/adapters/http/ip-address.ts'

describe('an address', () => {
  it.each([
    ['0.0.0.0', 'unspecified'],
    ['0.255.255.255', 'unspecified'],
    ['1.0.0.0', 'public'],
    ['9.255.255.255', 'public'],
    ['10.0.0.0', 'private'],
    ['10.255.255.255', 'private'],
    ['11.0.0.0', 'public'],
    ['100.63.255.255', 'public'],
    ['100.64.0.0', 'shared'],
    ['100.100.100.200', 'shared'],
    ['100.127.255.255', 'shared'],
    ['100.128.0.0', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['128.0.0.0', 'public'],
    ['169.253.255.255', 'public'],
    ['169.254.169.254', 'linkLocal'],
    ['172.15.255.255', 'public'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.0.0.8', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['192.88.99.1', 'reserved'],
    ['192.167.255.255', 'public'],
    ['192.168.1.1', 'private'],
    ['198.17.255.255', 'public'],
    ['198.18.0.1', 'reserved'],
    ['198.19.255.255', 'reserved'],
    ['198.51.100.1', 'reserved'],
    ['203.0.113.1', 'reserved'],
    ['223.255.255.255', 'public'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['8.8.8.8', 'public'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::2', 'reserved'],
    ['::127.0.0.1', 'reserved'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['::ffff:10.1.2.3', 'private'],
    ['::FFFF:8.8.8.8', 'public'],
    ['::ffff:0:127.0.0.1', 'reserved'],
    ['64:ff9b::10.0.0.1', 'private'],
    ['64:ff9b::a9fe:a9fe', 'linkLocal'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['64:ff9b:1::8.8.8.8', 'private'],
    ['64:ff9b:2::1', 'reserved'],
    ['2002:7f00:1::', 'loopback'],
    ['2002:c0a8:101::1', 'private'],
    ['2002:808:808::1', 'public'],
    ['2001::1', 'reserved'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'reserved'],
    ['2001:1ff:ffff::1', 'reserved'],
    ['2001:200::1', 'public'],
    ['2001:db8::1', 'reserved'],
    ['3fff:fff::1', 'reserved'],
    ['2606:4700:4700::1111', 'public'],
    ['2606:4700::5efe:10.0.0.1', 'private'],
    ['2606:4700::200:5efe:10.0.0.1', 'private'],
    ['2606:4700::5efe:8.8.8.8', 'public'],
    ['3fff:1000::1', 'public'],
    ['4000::1', 'reserved'],
    ['100::1', 'reserved'],
    ['5f00::1', 'reserved'],
    ['fc00::1', 'private'],
    ['fdff:ffff::1', 'private'],
    ['fe80::1', 'linkLocal'],
    ['fe80::1%eth0', 'linkLocal'],
    ['febf::1', 'linkLocal'],
    ['fec0::1', 'private'],
    ['ff02::1', 'multicast'],
  ])('%s is %s', (address, kind) => {
    expect(addressClass(address)).toBe(kind)
  })

  it.each([
    [''],
    ['localhost'],
    ['127.1'],
    ['0x7f.0.0.1'],
    ['2130706433'],
    ['1.2.3.4.5'],
    ['[::1]'],
    [':::'],
  ])('is not %j', (text) => {
    expect(addressClass(text)).toBeUndefined()
  })

  it('is the same in every spelling', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const plain = new URL(`http://[${address}]`).hostname.slice(1, -1)
        expect(addressClass(plain)).toBe(addressClass(address))
        expect(machineOf(plain)).toEqual(machineOf(address))
      }),
    )
  })

  it('is what the IPv4 address is that it carries', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const group = (at: number) =>
          address
            .split('.')
            .slice(at, at + 2)
            .map((octet) => Number(octet).toString(16).padStart(2, '0'))
            .join('')
        const kind = addressClass(address)
        expect(addressClass(`::ffff:${address}`)).toBe(kind)
        expect(addressClass(`64:ff9b::${address}`)).toBe(kind)
        expect(addressClass(`2002:${group(0)}:${group(2)}::1`)).toBe(kind)
      }),
    )
  })
})

describe('a range', () => {
  it.each([
    ['10.0.0.0/33'],
    ['::/129'],
    ['10.0.0.0/'],
    ['10.0.0.0/-1'],
    ['10.0/8'],
    ['/8'],
    ['crm.internal/8'],
    ['10.0.0.0/8/8'],
  ])('is not %j', (text) => {
    expect(parseRange(text)).toBeUndefined()
  })
})
