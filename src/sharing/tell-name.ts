/** Names as start nodes declare them, and those that newsletters append to addresses. */
const PLAIN = /^[A-Za-z_][\w-]{0,39}$/

/**
 * The name of a parameter as reasons and logs say it. What is no plain name is not repeated: in an address that was garbled
 * on its way a name may hold values and a token, and characters that a terminal obeys.
 */
export function tellName(name: string): string {
  return PLAIN.test(name) ? name : `a name of ${name.length} characters`
}
