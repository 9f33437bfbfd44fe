import type { FlowDocument } from '../../src/document/flow-document.ts'

/** Texts that would do harm in a page that took them as they are. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '</style><script>alert(2)</script>',
  '</title></svg><img src="https://evil.example/x.png" onerror="alert(3)">',
  '"><a href="javascript:alert(4)">x</a>',
  "' onmouseover='alert(5)' style='position:fixed",
  'invoice\u202efdp.exe',
  '\u2067right\u2066 to\u0000 left\u200f',
  '<!-- --><![CDATA[',
  '&lt;script&gt;{{ "<b>" }}',
] as const

/** A flow in which every text is hostile. */
export function hostileFlow(): FlowDocument {
  const [script, style, image, link, handler, override, isolate, comment] = HOSTILE
  return {
    schema: 1,
    id: script,
    name: style,
    remark: HOSTILE.join('\n'),
    medium: 'any',
    role: 'main',
    audience: 'interaction',
    settings: {
      variables: [
        { name: handler, type: 'text', default: image, label: override },
        { name: 'pin', type: 'text', sensitive: true, default: 'S3cr3t' },
        { name: 'list', type: 'list', default: [script, { [style]: link }] },
      ],
      meta: { owner: 'M3ta' },
    },
    nodes: [
      { id: 'start', type: 'start@1', label: image, config: {}, meta: { owner: 'M3ta' } },
      {
        id: 'menu',
        type: 'menu@1',
        label: override,
        config: {
          prompt: HOSTILE.join(' '),
          options: HOSTILE.map((value) => ({ value, label: value })),
        },
      },
      { id: 'gone', type: `${link}@1`, label: handler, config: { [style]: script } },
      { id: 'end', type: 'end@1', label: isolate, config: { outcome: comment } },
    ],
    connectors: [
      { id: 'a', from: { node: 'start', outcome: 'next' }, to: 'menu', label: style },
      ...HOSTILE.map((outcome, i) => ({
        id: `c${i}`,
        from: { node: 'menu', outcome },
        to: i % 2 === 0 ? 'gone' : 'end',
        label: outcome,
        meta: { owner: 'M3ta' },
      })),
      { id: style, from: { node: 'gone', outcome: script }, to: 'end' },
    ],
    notes: [
      ...HOSTILE.map((text, i) => ({ id: `n${i}`, text, meta: { owner: 'M3ta' } })),
      {
        id: 'links',
        node: 'menu',
        text: `# Heading\n\n[a](javascript:alert(6)) ![p](https://evil.example/p.png) [d](data:text/html,x)\n\n<iframe src="https://evil.example"></iframe>\n\n## gpj.&#x202E;exe`,
      },
    ],
    meta: { owner: 'M3ta' },
  }
}
