const encoder = new TextEncoder()

/**
 * True where two secrets are the same, found out in a time that depends on their lengths alone: whoever may guess again
 * and again must not learn from the clock how far a guess was right. Lengths are not hidden. A text stands for its bytes
 * in UTF-8 where it is compared with bytes.
 *
 * @example
 * constantTimeEqual(signatureOf(body), request.signature)
 */
export function constantTimeEqual(a: Uint8Array | string, b: Uint8Array | string): boolean {
  // Two texts are compared by UTF-16 unit: halves of a pair that stand alone would all become the same bytes.
  if (typeof a === 'string' && typeof b === 'string')
    return equal(
      a.length,
      b.length,
      (i) => a.charCodeAt(i),
      (i) => b.charCodeAt(i),
    )
  const left = typeof a === 'string' ? encoder.encode(a) : a
  const right = typeof b === 'string' ? encoder.encode(b) : b
  return equal(
    left.length,
    right.length,
    (i) => left[i]!,
    (i) => right[i]!,
  )
}

type At = (index: number) => number

function equal(length: number, other: number, left: At, right: At): boolean {
  if (length !== other) return false
  let difference = 0
  for (let i = 0; i < length; i++) difference |= left(i) ^ right(i)
  return difference === 0
}
