import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

function run(): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path('../../examples/share/main.ts')],
    { cwd: path('../..'), input: '', encoding: 'utf8' },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

const OUTSIDE = 'Refused (link.unavailable): This link cannot be opened.'

describe('examples/share', () => {
  const told = run()
  const steps = told.trim().split('\n\n')

  it('shows a flow, and hands it out', () => {
    expect(steps.map((step) => step.split('\n')[0])).toEqual([
      '1. Save a flow',
      '2. Share it read-only',
      '3. Open it with a wrong password, and with the right one',
      '4. Switch it off, and on again',
      '5. Give it another address',
      '6. Guess its password',
      '7. Hand it out before its release',
      '8. Release it',
      '9. List the applications',
      '10. Make a link',
      '11. Look at it, and open it',
      '12. Change a parameter on the way',
      '13. Open it more often than the application lets',
      '14. Make a short one',
      '15. Make one for another page',
      '16. Make one without protection',
      '17. Make one that carries what is sensitive',
      '18. Give the applications other keys',
      '19. List what was made',
      '20. Read what has happened',
    ])
  })

  it.each([
    [2, 'Refused (share.noPassword)'],
    [2, 'https://flows.example/view/share-0001'],
    [3, 'Refused (share.wrongPassword): The password is wrong.'],
    [3, 'Opened: Delivery V1.0, 4 nodes, 0 findings'],
    [3, 'Variables: greeting "Thank you", courierKey (no value)'],
    [4, 'Refused (share.unavailable): This link cannot be opened.'],
    [5, 'https://flows.example/view/share-0002\n   The one before:\n   Refused (share.unavailable)'],
    [6, 'Refused (share.throttled): Too many wrong passwords. The next one is looked at in 900 seconds.'],
    [6, 'Opened: Delivery V1.0'],
    [7, 'Refused (link.notReleased)'],
    [8, 'Refused (link.notApproved): The released version V1.0 of the flow delivery is not approved.'],
    [
      9,
      'Shop: protected, opened 2 times, ends after 60 minutes, embedded by https://shop.example\n' +
        '   Web page: protected, opened any number of times, no end, embedded by nobody',
    ],
    [9, 'Parameter order: text, required'],
    [10, 'Refused (link.noApplication)'],
    [
      10,
      'Refused (link.missingParameters): The flow delivery cannot start without these parameters: parcels.',
    ],
    [10, 'https://go.example/l/link-0001?order=4711%2FK%C3%B6ln&parcels=2&_token=…'],
    [10, 'It ends at 2026-11-02T10:23:00.000Z.'],
    [11, 'A preview: starts delivery (counts nothing)'],
    [11, 'the session says: “Thank you. Order 4711/Köln comes tomorrow.” “Parcels: 2”'],
    [12, `Log: link.changed (shop): Its parameters are not those that it was made with.\n   ${OUTSIDE}`],
    [13, `Log: link.spent (shop): It has been used as often as the application shop lets: 2.\n   ${OUTSIDE}`],
    [14, 'https://go.example/s/short-0001\n   Opened'],
    [15, 'Refused (link.notEmbedded)'],
    [15, '<iframe src="https://go.example/l/link-0003?order=4711%2FK%C3%B6ln&amp;parcels=2&amp;_token=…"'],
    [15, 'frame-ancestors https://shop.example'],
    [16, '! link.unprotected: The link has no token'],
    [16, '“Parcels: 3”'],
    [17, '! link.sensitive: Addresses end up in histories and logs, and this one carries phone.'],
    [20, 'ada gave the application shop another key.'],
  ])('tells in step %d: %s', (number, text) => {
    expect(steps[number - 1]).toContain(text)
  })

  it('ends every link with another key, and opens a new one', () => {
    const [, ...lines] = steps[17]!.split('\n').map((line) => line.trim())
    const fresh = lines.indexOf('A new one:')
    const ended = lines.slice(0, fresh)
    const links = ended.filter((_, index) => index % 3 === 0)
    expect(links.map((url) => /\/(link|short)-\d+/.exec(url)?.[0])).toEqual([
      '/link-0001',
      '/link-0002',
      '/short-0001',
      '/link-0003',
      '/link-0004',
    ])
    for (let at = 0; at < ended.length; at += 3) {
      expect(ended[at + 1]).toMatch(/^Log: link\.keyRegenerated \((shop|web)\)/)
      expect(ended[at + 2]).toBe('This link cannot be opened.')
    }
    expect(lines.slice(fresh + 1).join()).toContain('the session says')
    expect(steps[18]).toContain('link-0006 for shop: open\n   link-0005 for web: link.keyRegenerated')
  })

  it('tells nothing that is secret', () => {
    for (const secret of ['key of the courier', 'a secret for trying', 'seven green bottles', 'eyJ'])
      expect(told).not.toContain(secret)
  })

  it('prints the same at every run, and plain text where there is no terminal', () => {
    expect(run()).toBe(told)
    expect(told).not.toContain('\u001b')
  })
})
