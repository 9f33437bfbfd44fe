import markdownIt, { type MarkdownIt, type StateCore, type Token } from 'markdown-it'

/** What of a note is shown, in UTF-16 units; a document may hold longer ones. */
export const MAX_NOTE_LENGTH = 20_000

/** The longest address that stays a link. */
const MAX_ADDRESS_LENGTH = 2_000

/** What all addresses of a note may add up to: one definition can serve thousands of links. */
const MAX_ADDRESSES_LENGTH = 200_000

const ALLOWED_ADDRESS = /^(https?:\/\/[^/]|mailto:.)/i

/**
 * The HTML of a note: CommonMark with strike-through, and bare addresses made links. Raw HTML is shown as text. Links lead to
 * http, https and mailto alone, and carry `rel="noopener noreferrer nofollow"` and `target="_blank"`; what would lead
 * elsewhere is shown without its link. Pictures are not loaded: their alternative text stands for them, linked where they
 * lie on the web. So the result may be put into a page as it is.
 *
 * Of texts longer than `MAX_NOTE_LENGTH` the beginning is shown, followed by `…`. Takes milliseconds, whatever the text.
 */
export function renderNote(text: string): string {
  renderer ??= createRenderer()
  return renderer.render(text.length > MAX_NOTE_LENGTH ? `${beginningOf(text)}\n\n…` : text)
}

/** Made with the first note, so that whoever renders none pays nothing for it. */
let renderer: MarkdownIt | undefined

function createRenderer(): MarkdownIt {
  // Raw HTML is text like any other. Lists and quotes nest up to 50 deep; the rest is text.
  const markdown = markdownIt('commonmark', { html: false, linkify: true, maxNesting: 50 })
  markdown.enable(['linkify', 'strikethrough'])
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  // Addresses are judged when they have been read in full, by what is left once entities and escapes are resolved.
  markdown.validateLink = () => true
  markdown.core.ruler.push('keep-safe', keepSafe)
  return markdown
}

/** Up to the limit, without half of a character that takes two units. */
function beginningOf(text: string): string {
  const last = text.charCodeAt(MAX_NOTE_LENGTH - 1)
  const splits = last >= 0xd800 && last < 0xdc00
  return text.slice(0, splits ? MAX_NOTE_LENGTH - 1 : MAX_NOTE_LENGTH)
}

/** Takes out of the tokens all that must not become HTML; everything else the renderer escapes. */
function keepSafe({ tokens, Token }: StateCore): void {
  let room = MAX_ADDRESSES_LENGTH
  const isAllowed = (address: string) => {
    if (address.length > MAX_ADDRESS_LENGTH || !ALLOWED_ADDRESS.test(address)) return false
    room -= address.length
    return room >= 0
  }
  for (const token of tokens) {
    // The language of a fence would become a class.
    token.info = ''
    if (token.children !== null) token.children = keepSafeInline(token.children, Token, isAllowed)
  }
}

function keepSafeInline(
  tokens: readonly Token[],
  make: typeof Token,
  isAllowed: (address: string) => boolean,
): Token[] {
  const safe: Token[] = []
  /** Within a link, whether it is kept. Links do not nest. */
  let link: boolean | undefined
  for (const token of tokens) {
    if (token.type === 'link_open') {
      link = isAllowed(addressIn(token, 'href'))
      if (link) safe.push(openLink(make, addressIn(token, 'href')))
    } else if (token.type === 'link_close') {
      if (link === true) safe.push(token)
      link = undefined
    } else if (token.type === 'image') {
      const address = addressIn(token, 'src')
      const linked = link === undefined && isAllowed(address) && !/^mailto:/i.test(address)
      if (linked) safe.push(openLink(make, address))
      safe.push(textToken(make, alternativeOf(token).trim() || (linked ? address : '')))
      if (linked) safe.push(new make('link_close', 'a', -1))
    } else safe.push(token)
  }
  return safe
}

function addressIn(token: Token, attribute: string): string {
  return String(token.attrGet(attribute) ?? '')
}

function openLink(make: typeof Token, address: string): Token {
  const token = new make('link_open', 'a', 1)
  token.attrs = [
    ['href', address],
    ['rel', 'noopener noreferrer nofollow'],
    ['target', '_blank'],
  ]
  return token
}

function textToken(make: typeof Token, content: string): Token {
  const token = new make('text', '', 0)
  token.content = content
  return token
}

/** The words of a picture, those of pictures within them included. */
function alternativeOf({ children }: Token): string {
  return (children ?? [])
    .map((child) =>
      child.type === 'image'
        ? alternativeOf(child)
        : child.content || (child.type.endsWith('break') ? ' ' : ''),
    )
    .join('')
}
