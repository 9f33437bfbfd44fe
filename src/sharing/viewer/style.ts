import { COLOURS } from '../../drawing/svg-theme.ts'

const FONT =
  'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans","Noto Sans",sans-serif'
const MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace'

const CATEGORIES = ['flow', 'messaging', 'voice', 'data', 'integration', 'unknown'] as const

const colours = (theme: 'light' | 'dark') =>
  Object.entries(COLOURS)
    .map(([name, colour]) => `--${name}:${colour[theme]}`)
    .join(';')

/** Colours as in pictures, and what all pages look like. */
const BASE = `
:root{color-scheme:light dark;${colours('light')};--shade:0 1px 2px rgb(20 28 40/.06),0 1px 8px rgb(20 28 40/.05)}
@media screen and (prefers-color-scheme:dark){:root{${colours('dark')};--shade:none}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.55 ${FONT};overflow-wrap:break-word}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance;margin:0}
p{margin:0}
a{color:var(--integration);text-underline-offset:.18em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:3px solid var(--flow);outline-offset:2px;border-radius:4px}
.quiet{color:var(--muted)}
`

const VIEWER = `
.wrap{max-width:72rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2.5rem)}
.skip{position:absolute;inset-inline-start:1rem;top:-4rem;background:var(--card);padding:.6rem 1rem;border-radius:8px}
.skip:focus{top:1rem}
header{padding-block:clamp(1.5rem,4vw,2.75rem) 1.25rem}
h1{font-size:clamp(1.6rem,1.2rem + 1.8vw,2.3rem);letter-spacing:-.015em}
.remark{margin-top:.6rem;max-width:46rem;color:var(--muted);font-size:1.075rem;white-space:pre-line}
.facts{display:flex;flex-wrap:wrap;gap:.5rem;margin:1.1rem 0 0;padding:0;list-style:none;font-size:.875rem}
.facts li{padding:.2rem .7rem;border:1px solid var(--border);border-radius:99px;background:var(--card)}
.facts .error,.facts .warning{font-weight:600}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:.75rem 0;list-style:none;font-size:.9375rem;border-block:1px solid var(--border)}
nav a{display:inline-block;padding-block:.25rem;text-decoration:none}
nav a:hover{text-decoration:underline}
main{padding-block:.5rem 2.5rem}
section{margin-top:2rem}
h2{font-size:1.25rem;letter-spacing:-.01em;margin-bottom:.8rem}
.picture,table,article{background:var(--card);border:1px solid var(--border);border-radius:12px;box-shadow:var(--shade)}
.picture{overflow:auto;background:var(--page)}
.picture svg{display:block;margin-inline:auto}
.note-list{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));align-items:start}
article{padding:1rem 1.15rem;border-inline-start:4px solid var(--data)}
article h3{font-size:.9375rem;font-weight:600;margin-bottom:.5rem}
.note-text>*{margin:0 0 .6rem}
.note-text>:last-child{margin-bottom:0}
.note-text h4{font-size:1rem}
.note-text ul,.note-text ol{padding-inline-start:1.4rem}
.note-text blockquote{padding-inline-start:.9rem;border-inline-start:3px solid var(--border);color:var(--muted)}
.note-text pre{white-space:pre-wrap;padding:.6rem .8rem;border-radius:8px;background:var(--page)}
.note-text hr{border:0;border-top:1px solid var(--border)}
table{width:100%;table-layout:fixed;border-collapse:separate;border-spacing:0;overflow:hidden}
th,td{padding:.65rem .9rem;text-align:start;vertical-align:top;font-weight:400}
thead th{font-size:.8125rem;font-weight:600;color:var(--muted);border-bottom:1px solid var(--border)}
tbody th{font-weight:600}
tbody tr+tr>*{border-top:1px solid var(--border)}
tbody tr:target>*{background:color-mix(in srgb,var(--flow) 12%,transparent)}
thead th:first-child{width:34%}
thead th:nth-child(2){width:20%}
#findings~table thead th:first-child{width:7.5rem}
#findings~table thead th:nth-child(2){width:28%}
code{font:.8125rem/1.5 ${MONO};color:var(--muted)}
tbody th code{display:block;font-weight:400}
.code{display:inline-block;max-width:100%}
.type{display:inline-flex;gap:.5rem}
.type::before{content:"";flex:none;width:.6rem;height:.6rem;margin-top:.48rem;border-radius:3px;background:var(--unknown)}
${CATEGORIES.map((each) => `.type.${each}::before{background:var(--${each})}`).join('\n')}
.outcomes{margin:0;padding:0;list-style:none}
.outcomes li+li{margin-top:.2rem}
.outcome{font-weight:500}
.arrow{display:inline-block;margin-inline:.45rem;color:var(--line)}
.arrow::before{content:"\\2192"}
:dir(rtl)>.arrow::before{content:"\\2190"}
.severity,.tag{display:inline-block;padding:.05rem .55rem;border:1px solid;border-radius:99px;font-size:.8125rem;font-weight:600;white-space:nowrap}
.severity.error,.facts .error{color:var(--error)}
.severity.warning,.facts .warning{color:var(--warning)}
.tag{color:var(--muted);font-weight:400}
.more{margin-top:.75rem;color:var(--muted)}
.aloud{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{padding-block:1.25rem 2.5rem;border-top:1px solid var(--border);color:var(--muted);font-size:.875rem}
@media (max-width:40rem){
th,td{padding:.55rem .6rem}
table{font-size:.875rem}
thead th:first-child{width:31%}
thead th:nth-child(2){width:31%}
#findings~table thead th:first-child{width:6.25rem}
#findings~table thead th:nth-child(2){width:30%}
.type{gap:.35rem}
}
@media print{
body{background:#fff;font-size:10pt}
.picture .sluice-flow{${colours('light')}}
nav,.skip{display:none}
.wrap{max-width:none;padding-inline:0}
.picture{overflow:visible;border:0}
.picture svg{max-width:100%;height:auto;max-height:24cm}
.picture,table,article{box-shadow:none}
tr,article{break-inside:avoid}
h2,h3,thead{break-after:avoid}
a{color:inherit;text-decoration:none}
}
`

const PROMPT = `
body{display:grid;min-height:100vh;min-height:100dvh;place-items:center;padding:1rem}
main{width:100%;max-width:25rem;padding:clamp(1.5rem,6vw,2.25rem);background:var(--card);border:1px solid var(--border);border-radius:16px;box-shadow:var(--shade)}
h1{font-size:1.375rem;letter-spacing:-.01em}
h1+p{margin-top:.5rem;color:var(--muted)}
form{margin-top:1.4rem}
label{display:block;font-weight:600;font-size:.9375rem}
input,button{width:100%;min-height:2.9rem;font:inherit;border-radius:9px}
input{margin-top:.4rem;padding:.5rem .8rem;color:var(--text);background:var(--page);border:1px solid var(--line)}
input[aria-invalid]{border-color:var(--error)}
button{margin-top:1rem;padding:.5rem 1rem;border:0;font-weight:600;color:var(--onMark);background:var(--flow);cursor:pointer}
button:hover{filter:brightness(1.08)}
.problem{margin-top:1.2rem;padding:.6rem .8rem;border:1px solid;border-inline-start-width:4px;border-radius:8px;color:var(--error);font-size:.9375rem}
`

/** Without line breaks at its ends: what is hashed is what stands between the tags. */
const sheet = (...parts: readonly string[]) => parts.join('').trim().replace(/\n+/g, '\n')

/** The style sheet of the page that shows a flow. */
export const viewerStyle = (): string => sheet(BASE, VIEWER)

/** The style sheet of pages that say one thing. */
export const promptStyle = (): string => sheet(BASE, PROMPT)
