import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { environment, fill } from './liquid-helpers.ts'

const date = (value: string, rest: string) => fill(`{{ ${value} | ${rest} }}`)

describe('the filter date', () => {
  it.each([
    ['%Y-%m-%d %H:%M:%S.%L', '2026-11-21 09:05:07.000'],
    ['%y %-m %e %-e %j %k %l %I %p %P', '26 11 21 21 325  9  9 09 AM am'],
    ['%a %A %b %B %h %^a %#p', 'Sat Saturday Nov November Nov SAT am'],
    ['%C %u %w %U %W %s %N', '20 6 6 46 46 1795251907 000000000'],
    ['%D %F %R %T %r', '11/21/26 2026-11-21 09:05 09:05:07 09:05:07 AM'],
    ['%c|%x|%X', 'Sat Nov 21 09:05:07 2026|11/21/26|09:05:07'],
    ['%z %:z %Z', '+0000 +00:00 UTC'],
    ['%d%q %5Y %_5d %05e %-H', '21st 02026    21 00021 9'],
    ['%% %n%t|%Q', '% \n\t|%Q'],
  ])('writes %s', (format, text) => {
    expect(date('"now"', `date: ${JSON.stringify(format).replaceAll('\\n', '\\n')}`)).toBe(text)
  })

  it.each([
    ['"2026-11-21"', '2026-11-21T00:00:00+00:00'],
    ['"2026-11-21 10:30"', '2026-11-21T10:30:00+00:00'],
    ['"2026-11-21T10:30:15.250Z"', '2026-11-21T10:30:15+00:00'],
    ['"2026-11-21T10:30:15+02:00"', '2026-11-21T08:30:15+00:00'],
    ['"11/21/2026 5:30 PM"', '2026-11-21T17:30:00+00:00'],
    ['"March 14, 2016"', '2016-03-14T00:00:00+00:00'],
    ['"Mon, 14 Mar 2016 12:00:00 GMT"', '2016-03-14T12:00:00+00:00'],
    ['"14 March 2016"', '2016-03-14T00:00:00+00:00'],
    ['"1795251907"', '2026-11-21T09:05:07+00:00'],
    ['1795251907', '2026-11-21T09:05:07+00:00'],
    ['now', '2026-11-21T09:05:07+00:00'],
    ['"2026-02-31"', '2026-02-31'],
    ['"soon"', 'soon'],
    ['nil', ''],
  ])('reads %s', (value, text) => {
    expect(date(value, 'date_to_xmlschema')).toBe(text)
  })

  it('shows a time zone where one is named', () => {
    expect(date('"2026-07-01T12:00Z"', 'date: "%H:%M %z", "Europe/Vienna"')).toBe('14:00 +0200')
    expect(date('"2026-12-01T12:00Z"', 'date: "%H:%M %:z", "America/New_York"')).toBe('07:00 -05:00')
    expect(date('"2026-12-01T12:00Z"', 'date: "%H:%M %s", -330')).toBe('17:30 1796126400')
  })

  it('has shorter forms', () => {
    expect(date('"now"', 'date_to_rfc822')).toBe('Sat, 21 Nov 2026 09:05:07 +0000')
    expect(date('"today"', 'date_to_string')).toBe('21 Nov 2026')
    expect(date('"today"', 'date_to_long_string')).toBe('21 November 2026')
    expect(fill('{{ "now" | date }}', environment())).toBe('Saturday, November 21, 2026 at 9:05 am +0000')
  })
})

it('comes out the same, byte for byte, wherever the machine stands', () => {
  const script = `
    import { liquid } from './src/adapters/liquid/index.ts'
    import { createScope } from './src/expressions/index.ts'
    const scope = createScope({ vars: { n: 'number' } })
    const source = '{{ "now" | date: "%c %Z" }}|{{ "2026-03-29 02:30" | date: "%s %A" }}|{{ "March 8, 2026 2:30" | date }}|' +
      '{{ "2026-07-01" | date: "%x %X %H", "Asia/Tokyo" }}|{{ n }}|{{ "É" | downcase }}'
    const { checked } = liquid.checkTemplate(source, scope)
    const env = { vars: { n: 1234.5 }, contact: {}, trigger: {}, nodes: {}, session: {}, now: 1795251907000 }
    process.stdout.write(String(liquid.linkTemplate(checked.tree)(env)))
  `
  const run = (TZ: string, LANG: string) =>
    spawnSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
      {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        encoding: 'utf8',
        env: { ...process.env, TZ, LANG, LC_ALL: LANG },
      },
    )
  const here = run('UTC', 'C')
  expect(here.stderr).toBe('')
  expect(here.stdout).toMatch(
    /^Sat Nov 21 09:05:07 2026 UTC\|1774751400 Sunday\|Sunday, March 8, 2026 at 2:30 am/,
  )
  for (const [zone, language] of [
    ['America/New_York', 'en_US.UTF-8'],
    ['Pacific/Auckland', 'de_DE.UTF-8'],
  ] as const)
    expect(run(zone, language).stdout).toBe(here.stdout)
}, 30_000)
