import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_NOTE_LENGTH, renderNote } from '../../src/notes/index.ts'

const REST = 'rel="noopener noreferrer nofollow" target="_blank"'

/** A link as it is written. */
const a = (address: string, text: string) => `<a href="${address}" ${REST}>${text}</a>`

/** A note of one paragraph, without the paragraph. */
function line(markdown: string): string {
  const html = renderNote(markdown)
  expect(html).toMatch(/^<p>[\s\S]*<\/p>\n$/)
  return html.slice(3, -5)
}

describe('Markdown', () => {
  it.each([
    ['# Title', '<h1>Title</h1>\n'],
    ['*a* **b** ~~c~~ `d`', '<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>\n'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
    ['3. a', '<ol start="3">\n<li>a</li>\n</ol>\n'],
    ['> a', '<blockquote>\n<p>a</p>\n</blockquote>\n'],
    ['a  \nb', '<p>a<br />\nb</p>\n'],
    ['---', '<hr />\n'],
    ['```js\na < b\n```', '<pre><code>a &lt; b\n</code></pre>\n'],
    ['', ''],
  ])('[DOC-10] a note holds Markdown: %j', (markdown, html) => {
    expect(renderNote(markdown)).toBe(html)
  })
})

describe('links', () => {
  it.each([
    ['[us](https://example.com)', a('https://example.com', 'us')],
    ['[us](http://example.com "Our site")', a('http://example.com', 'us')],
    ['[us](HTTPS://EXAMPLE.COM)', a('https://EXAMPLE.COM', 'us').replace('https', 'HTTPS')],
    ['[mail](mailto:ada@example.com)', a('mailto:ada@example.com', 'mail')],
    ['<https://example.com>', a('https://example.com', 'https://example.com')],
    ['<ada@example.com>', a('mailto:ada@example.com', 'ada@example.com')],
    ['[us][here]\n\n[here]: https://example.com', a('https://example.com', 'us')],
    ['[**us**](https://example.com)', a('https://example.com', '<strong>us</strong>')],
    [
      'https://example.com/?a=1&b=2',
      a('https://example.com/?a=1&amp;b=2', 'https://example.com/?a=1&amp;b=2'),
    ],
    ['[x](https://example.com/a"b)', a('https://example.com/a%22b', 'x')],
    ['[x](&#104;ttps://example.com)', a('https://example.com', 'x')],
  ])('[DOC-10] a note links to http, https and mailto: %s', (markdown, html) => {
    expect(line(markdown)).toBe(html)
  })

  it.each([
    ['[x](javascript:alert(1))', 'x'],
    ['[x](JaVaScRiPt:alert(1))', 'x'],
    ['[x](javascript&colon;alert(1))', 'x'],
    ['[x](&#106;avascript:alert(1))', 'x'],
    ['[x](&#x6A;avascript:alert(1))', 'x'],
    ['[x](java&#10;script:alert(1))', 'x'],
    ['[x](&#1;javascript:alert(1))', 'x'],
    ['[x](java\\script:alert(1))', 'x'],
    ['[x](<java script:alert(1)>)', 'x'],
    ['[x](%6Aavascript:alert(1))', 'x'],
    ['[x](vbscript:msgbox)', 'x'],
    ['[x](data:text/html,<b>hi</b>)', 'x'],
    ['[x](data:image/png;base64,AAAA)', 'x'],
    ['[x](file:///etc/passwd)', 'x'],
    ['[x](irc://example.com)', 'x'],
    ['[x](ftp://example.com)', 'x'],
    ['[x](tel:+491511)', 'x'],
    ['[x](view-source:https://example.com)', 'x'],
    ['[x](blob:https://example.com/1)', 'x'],
    ['[x](//example.com)', 'x'],
    ['[x](\\\\\\\\example.com)', 'x'],
    ['[x](/settings)', 'x'],
    ['[x](?delete=1)', 'x'],
    ['[x](#top)', 'x'],
    ['[x]()', 'x'],
    ['[x](https:example.com)', 'x'],
    ['[x](https:/example.com)', 'x'],
    ['[x](https://)', 'x'],
    ['[x](https:///example.com)', 'x'],
    ['[x](https:\\\\example.com)', 'x'],
    ['[x](mailto:)', 'x'],
    ['[x]\n\n[x]: javascript:alert(1)', 'x'],
    ['[x][]\n\n[x]: <javascript:alert(1)> "title"', 'x'],
    ['<javascript:alert(1)>', 'javascript:alert(1)'],
    ['<JAVASCRIPT:alert(1)>', 'JAVASCRIPT:alert(1)'],
    ['<irc://example.com>', 'irc://example.com'],
    ['ftp://example.com', 'ftp://example.com'],
    ['//example.com', '//example.com'],
    ['www.example.com', 'www.example.com'],
    ['[**x** y](javascript:alert(1))', '<strong>x</strong> y'],
    ['[a](javascript:1) [b](https://b.example) [c](data:,)', `a ${a('https://b.example', 'b')} c`],
  ])('[DOC-10] any other link is shown as its text: %s', (markdown, html) => {
    expect(line(markdown)).toBe(html)
  })

  it('with an address of thousands of characters are shown as their text', () => {
    expect(line(`[x](https://example.com/${'a'.repeat(3_000)})`)).toBe('x')
  })

  it('do not blow a short note up, however often an address comes again', () => {
    const note = `[a]: https://example.com/${'x'.repeat(1_900)}\n\n${'[a] '.repeat(4_500)}`
    expect(renderNote(note).length).toBeLessThan(400_000)
  })
})

describe('pictures', () => {
  it.each([
    ['![A cat](https://example.com/cat.png)', a('https://example.com/cat.png', 'A cat')],
    ['![A *fat* cat](https://example.com/cat.png "x")', a('https://example.com/cat.png', 'A fat cat')],
    ['![](https://example.com/cat.png)', a('https://example.com/cat.png', 'https://example.com/cat.png')],
    ['![A ![b](https://b.example) c](https://example.com/d)', a('https://example.com/d', 'A b c')],
    ['[![A cat](https://example.com/cat.png)](https://example.com)', a('https://example.com', 'A cat')],
    ['[![A cat](https://example.com/cat.png)](javascript:alert(1))', 'A cat'],
    ['![A cat](javascript:alert(1))', 'A cat'],
    ['![A cat](data:image/svg+xml,<svg/onload=alert(1)>)', 'A cat'],
    ['![A cat](mailto:ada@example.com)', 'A cat'],
    ['![A cat](/cat.png)', 'A cat'],
    [
      '![" onerror="alert(1)](https://example.com/x)',
      a('https://example.com/x', '&quot; onerror=&quot;alert(1)'),
    ],
    ['![](/cat.png)', ''],
  ])('[DOC-10] a picture is not loaded, but shown as its text: %s', (markdown, html) => {
    expect(line(markdown)).toBe(html)
  })
})

describe('raw HTML', () => {
  it.each([
    ['<b>x</b>', '&lt;b&gt;x&lt;/b&gt;'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['x <img src=x onerror=alert(1)>', 'x &lt;img src=x onerror=alert(1)&gt;'],
    ['<svg/onload=alert(1)>', '&lt;svg/onload=alert(1)&gt;'],
    ['<!-- x -->', '&lt;!-- x --&gt;'],
    ['<![CDATA[x]]>', '&lt;![CDATA[x]]&gt;'],
    ['<?php x ?>', '&lt;?php x ?&gt;'],
    ['&lt;script&gt;', '&lt;script&gt;'],
    ['&#60;script&#62;', '&lt;script&gt;'],
    ['\\<b>', '&lt;b&gt;'],
    ['*<b*>', '<em>&lt;b</em>&gt;'],
    ['`<b>`', '<code>&lt;b&gt;</code>'],
    ['[<b>](https://example.com)', a('https://example.com', '&lt;b&gt;')],
    ['"\'', "&quot;'"],
  ])('[DOC-10] raw HTML is shown as it stands: %s', (markdown, html) => {
    expect(line(markdown)).toBe(html)
  })

  it.each([
    '```"><script>alert(1)</script>\nx\n```',
    '~~~ x onclick=alert(1)\nx\n~~~',
    '<div onclick="alert(1)">\n\n*x*\n\n</div>',
    '[x]: https://example.com "\'><script>"\n\n[x]',
    '# <script>',
    '> <style>*{display:none}</style>',
    '1. <iframe src="//example.com">',
    '[x](https://example.com/"onmouseover="alert(1))',
    '[x](https://example.com \'"onclick="alert(1)\')',
    'https://example.com/<script>alert(1)</script>',
    '<https://example.com/"onclick="alert(1)>',
    '![x](https://example.com "\\"onload=alert(1)")',
    '\u0000<script>\u0000',
    '<a href="javascript:alert(1)">x</a>',
    '[x](https://example.com/\u202e)',
    '| <b> |\n|-|\n| x |',
  ])('[DOC-10] nothing but known tags comes out of %j', (markdown) => {
    expectSafe(renderNote(markdown))
  })
})

const TAGS = 'p|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|s'
const ADDRESS = '(https?://[^/"<>][^"<>\\s]*|mailto:[^"<>\\s]+)'
const SAFE = new RegExp(
  ['[^<>"]', `</?(${TAGS})>`, '<(br|hr) />', '<ol start="\\d+">', `<a href="${ADDRESS}" ${REST}>`, '</a>']
    .map((part) => `(?:${part})`)
    .join('|'),
  'giy',
)

/** Holds HTML against all that may stand in it, from its first character to its last. */
function expectSafe(html: string): void {
  SAFE.lastIndex = 0
  let end = 0
  while (SAFE.test(html)) end = SAFE.lastIndex
  expect(html.slice(end)).toBe('')
  expect(html.split('<a ').length).toBe(html.split('</a>').length)
}

it.each(['<b>', '<p class="x">', '<a href="javascript:x">', `<a href="//x" ${REST}>`, 'a " b', '</a>'])(
  'the check of these tests itself refuses %s',
  (html) => {
    expect(() => expectSafe(html)).toThrow()
  },
)

/** What Markdown, HTML and addresses are made of, so that random texts come near the borders. */
const PIECES = [
  ...[
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '!',
    '"',
    "'",
    '`',
    '*',
    '_',
    '~~',
    '#',
    '|',
    '\\',
    '&',
    ';',
    ':',
    '/',
    '?',
    '=',
  ],
  ...[
    '\n',
    '\n\n',
    '    ',
    '\t',
    ' ',
    '> ',
    '- ',
    '1. ',
    '```',
    '---',
    '&#106;',
    '&lt;',
    '&quot;',
    '&colon;',
    '\u0000',
    '😀',
  ],
  ...[
    'javascript:',
    'data:text/html,',
    'https://',
    'http://',
    'mailto:',
    '//',
    'example.com',
    'a@b.example',
    'x',
  ],
  ...['<script>', '</a>', 'onclick=', '<b ', '<!--', '-->', '](', '[x]: ', '![', 'href="'],
]

describe('any text', () => {
  it('[DOC-10] becomes HTML with known tags and attributes alone', () => {
    const markdown = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(markdown, (text) => expectSafe(renderNote(text))),
      { numRuns: 3_000 },
    )
  })

  it('of any characters at all becomes safe HTML', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => expectSafe(renderNote(text))),
      { numRuns: 500 },
    )
  })
})

describe('a long text', () => {
  it('is shown up to its limit', () => {
    expect(renderNote('x'.repeat(MAX_NOTE_LENGTH))).toBe(`<p>${'x'.repeat(MAX_NOTE_LENGTH)}</p>\n`)
    expect(renderNote('x'.repeat(100_000))).toBe(`<p>${'x'.repeat(MAX_NOTE_LENGTH)}</p>\n<p>…</p>\n`)
  })

  it('is not cut in the middle of a character', () => {
    const html = renderNote(`x${'😀'.repeat(MAX_NOTE_LENGTH)}`)
    expect(html).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/)
    expect(html).toMatch(/😀<\/p>\n<p>…<\/p>\n$/)
  })

  const times = (piece: string, length = MAX_NOTE_LENGTH) => piece.repeat(Math.floor(length / piece.length))

  it.each([
    ['quotes', times('>')],
    ['quotes with spaces', times('> ')],
    ['lists', times('- ')],
    ['numbered lists', times('1. ')],
    ['quotes and lists', times('> - ')],
    ['brackets', times('[')],
    ['pictures', times('![')],
    ['links that do not end', times('[a](')],
    ['links in links', `${times('[', 10_000)}a${times('](x)', 10_000)}`],
    ['pictures in pictures', `${times('![', 6_000)}a${times('](x)', 12_000)}`],
    ['references', `[a]: x\n\n${times('[a] ')}`],
    ['definitions', times('[a]: b\n')],
    ['emphasis', times('*a_')],
    ['emphasis in emphasis', `${times('*_', 10_000)}a${times('_*', 10_000)}`],
    ['strike-through', times('~~a')],
    ['ticks', Array.from({ length: 190 }, (_, i) => '`'.repeat(i)).join(' ')],
    ['angles', times('<')],
    ['comments', times('<!--')],
    ['addresses', times('http://')],
    ['an address', `http://${times('a.')}`],
    ['autolinks', times('<http:')],
    ['entities', times('&#1;')],
    ['backslashes', times('\\')],
    ['line breaks', times('a  \n')],
    ['halves of characters', times('\ud800')],
  ])(
    'of nothing but %s does no harm',
    (_, text) => {
      const html = renderNote(text)
      expectSafe(html)
      expect(html.length).toBeLessThan(500_000)
    },
    5_000,
  )
})
