/** Colours by what they are for, in light and in dark. A test holds texts to a contrast of 4.5 to what lies below them. */
export const COLOURS = {
  page: { light: '#f6f7f9', dark: '#14171c' },
  card: { light: '#ffffff', dark: '#1f242c' },
  border: { light: '#c3cad4', dark: '#434b57' },
  text: { light: '#1b2129', dark: '#e8ebef' },
  muted: { light: '#4b5563', dark: '#b3bbc6' },
  line: { light: '#7b8694', dark: '#8993a1' },
  flow: { light: '#4338ca', dark: '#a5b4fc' },
  messaging: { light: '#0f6e66', dark: '#5eead4' },
  voice: { light: '#86198f', dark: '#f0abfc' },
  data: { light: '#8a5200', dark: '#fbbf24' },
  integration: { light: '#1d4ed8', dark: '#93c5fd' },
  unknown: { light: '#4b5563', dark: '#b3bbc6' },
  error: { light: '#b42318', dark: '#ff8a80' },
  warning: { light: '#8a5200', dark: '#fbbf24' },
  taken: { light: '#13773b', dark: '#4ade80' },
  partly: { light: '#8a5200', dark: '#fbbf24' },
  missed: { light: '#b42318', dark: '#ff8a80' },
  onMark: { light: '#ffffff', dark: '#14171c' },
} as const satisfies Record<string, { readonly light: string; readonly dark: string }>

type Colour = keyof typeof COLOURS

const FONT = '"Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans","DejaVu Sans",sans-serif'

/** What it is that has a colour: `fill` or `stroke` of a class. Told plainly first, for viewers without custom properties. */
const paint = (property: 'fill' | 'stroke', colour: Colour) =>
  `${property}:${COLOURS[colour].light};${property}:var(--${colour})`

/** Not by colour alone: sessions took what is thick, and missed what is broken. */
const LINES = {
  taken: 'stroke-width:2.5',
  partly: 'stroke-width:2.5;stroke-dasharray:12 3 2 3',
  missed: 'stroke-dasharray:5 4',
}

const CATEGORIES = ['flow', 'messaging', 'voice', 'data', 'integration', 'unknown'] as const

const RULES: readonly (readonly [selector: string, rule: string])[] = [
  ['text', `font-family:${FONT};${paint('fill', 'text')}`],
  ['.page', paint('fill', 'page')],
  ['.card', `${paint('fill', 'card')};${paint('stroke', 'border')};stroke-width:1`],
  ['.title', 'font-size:17px;font-weight:600'],
  ['.caption', 'font-size:12px'],
  ['.name', 'font-size:14px;font-weight:600'],
  ['.summary', `font-size:13px;${paint('fill', 'muted')}`],
  ['.note', `font-size:13px;${paint('fill', 'muted')}`],
  ['.label', `font-size:13px;text-anchor:middle;${paint('fill', 'muted')}`],
  ['.tag', `${paint('fill', 'card')};${paint('stroke', 'border')}`],
  ['.line', `fill:none;${paint('stroke', 'line')};stroke-width:1.5;stroke-linejoin:round`],
  ['.tip', paint('fill', 'line')],
  ['.open', `${paint('fill', 'page')};${paint('stroke', 'line')};stroke-width:1.5`],
  ['.loose .tag', 'stroke-dasharray:3 3'],
  ...CATEGORIES.flatMap((each) => [
    [`.${each} .accent`, paint('fill', each)] as const,
    [`.${each} .caption`, paint('fill', each)] as const,
  ]),
  ...(['error', 'warning'] as const).flatMap((each) => [
    [`.${each}>.card`, `${paint('stroke', each)};stroke-width:2`] as const,
    [`.${each}>.tag`, `${paint('stroke', each)};stroke-width:2`] as const,
    [`.badge-${each}`, paint('fill', each)] as const,
  ]),
  ['.badge-text', `font-size:12px;font-weight:700;text-anchor:middle;${paint('fill', 'onMark')}`],
  ['.unreached .card', 'stroke-dasharray:4 3'],
  ...(['taken', 'partly', 'missed'] as const).flatMap((each) => [
    [`.${each}>.line`, `${paint('stroke', each)};${LINES[each]}`] as const,
    [`.${each}>.tip`, paint('fill', each)] as const,
    [`.${each}>.label`, paint('fill', each)] as const,
  ]),
]

/** The style sheet of a picture, light unless the reader prefers dark. Every rule holds within the picture alone. */
export function styleSheet(): string {
  const variables = (theme: 'light' | 'dark') =>
    Object.entries(COLOURS)
      .map(([name, colour]) => `--${name}:${colour[theme]}`)
      .join(';')
  const rules = RULES.map(([selector, rule]) => `.sluice-flow ${selector}{${rule}}`)
  return [
    `.sluice-flow{${variables('light')}}`,
    `@media (prefers-color-scheme:dark){.sluice-flow{${variables('dark')}}}`,
    ...rules,
  ].join('\n')
}
