import { escapeXml } from '../../drawing/xml.ts'
import { plainText } from './html.ts'
import { createPage, type ViewerPage } from './page.ts'
import { promptStyle } from './style.ts'
import { ENGLISH, type ViewerWords } from './words.ts'

export interface PasswordPageOptions {
  /** Where the form is sent, by POST, as `password=…`: an address on the same host as the page. */
  readonly action: string
  /** What became of the last try. */
  readonly problem?: 'wrong' | 'throttled' | undefined
  /** When the next try is possible, where too many failed. */
  readonly retryAfterSeconds?: number | undefined
  /** What stands above the form. What it names is known to everybody who has the link. */
  readonly title?: string | undefined
  readonly words?: Partial<ViewerWords> | undefined
}

/**
 * A page that asks for the password of a shared flow. It says nothing of the flow. A hidden field, which is not sent, gives
 * password managers something to keep the password under.
 */
export function renderPasswordPage(options: PasswordPageOptions): ViewerPage {
  const { action, problem, retryAfterSeconds } = options
  const words = { ...ENGLISH, ...options.words }
  const title = plainText(options.title ?? '') || words.passwordTitle
  const said =
    problem === 'wrong'
      ? words.wrongPassword
      : problem === 'throttled'
        ? words.throttled(retryAfterSeconds)
        : undefined
  const described = said === undefined ? 'hint' : 'problem hint'
  return createPage({
    title,
    words,
    style: promptStyle(),
    sendsForm: true,
    status: problem === undefined ? 200 : problem === 'wrong' ? 403 : 429,
    headers:
      problem === 'throttled' && retryAfterSeconds !== undefined
        ? { 'retry-after': String(Math.max(0, Math.ceil(retryAfterSeconds))) }
        : {},
    body: `<main>
<h1><bdi>${escapeXml(title)}</bdi></h1>
<p id="hint">${escapeXml(words.passwordHint)}</p>
${said === undefined ? '' : `<p class="problem" id="problem" role="alert">${escapeXml(said)}</p>\n`}<form method="post" action="${escapeXml(action)}">
<input type="text" autocomplete="username" value="${escapeXml(title)}" readonly hidden>
<label for="password">${escapeXml(words.password)}</label>
<input id="password" name="password" type="password" required autofocus autocomplete="current-password" aria-describedby="${described}"${problem === 'wrong' ? ' aria-invalid="true"' : ''}>
<button type="submit">${escapeXml(words.open)}</button>
</form>
</main>`,
  })
}

/**
 * The page for a link that opens nothing. It is the same whatever the reason, so that nobody can find out by it which links
 * there are.
 */
export function renderUnavailablePage(
  options: { readonly words?: Partial<ViewerWords> | undefined } = {},
): ViewerPage {
  const words = { ...ENGLISH, ...options.words }
  return createPage({
    title: words.unavailableTitle,
    words,
    style: promptStyle(),
    status: 404,
    body: `<main>
<h1>${escapeXml(words.unavailableTitle)}</h1>
<p>${escapeXml(words.unavailable)}</p>
</main>`,
  })
}
