/** Longer names are compared by their first letters: a text of a million letters costs no more than a name. */
const longest = 48

const usedLeft = new Uint8Array(longest)
const usedRight = new Uint8Array(longest)

/** Jaro–Winkler: 1 for equal, 0 for nothing in common, more for a common beginning. Winkler 1990. Allocates nothing. */
export function jaroWinkler(first: string, second: string): number {
  if (first === second) return 1
  const left = first.length > longest ? first.slice(0, longest) : first
  const right = second.length > longest ? second.slice(0, longest) : second
  if (!left || !right) return 0
  const reach = Math.max(0, (Math.max(left.length, right.length) >> 1) - 1)
  usedLeft.fill(0, 0, left.length)
  usedRight.fill(0, 0, right.length)
  let common = 0
  for (let i = 0; i < left.length; i += 1) {
    const letter = left.charCodeAt(i)
    const end = Math.min(right.length - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= end; j += 1) {
      if (usedRight[j] === 1 || right.charCodeAt(j) !== letter) continue
      usedLeft[i] = 1
      usedRight[j] = 1
      common += 1
      break
    }
  }
  if (common === 0) return 0
  let outOfOrder = 0
  let at = 0
  for (let i = 0; i < left.length; i += 1) {
    if (usedLeft[i] !== 1) continue
    while (usedRight[at] !== 1) at += 1
    if (left.charCodeAt(i) !== right.charCodeAt(at)) outOfOrder += 1
    at += 1
  }
  const jaro = (common / left.length + common / right.length + (common - outOfOrder / 2) / common) / 3
  let prefix = 0
  while (prefix < 4 && prefix < left.length && left.charCodeAt(prefix) === right.charCodeAt(prefix)) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}

let before = new Uint8Array(longest + 1)
let last = new Uint8Array(longest + 1)
let current = new Uint8Array(longest + 1)

/**
 * Letters put in, left out, changed or swapped with a neighbour; `most + 1` as soon as it is more than `most`.
 * Restricted Damerau–Levenshtein.
 */
export function edits(first: string, second: string, most: number): number {
  if (first === second) return 0
  if (Math.abs(first.length - second.length) > most || first.length > longest || second.length > longest)
    return most + 1
  for (let j = 0; j <= second.length; j += 1) last[j] = j
  for (let i = 1; i <= first.length; i += 1) {
    current[0] = i
    let least = i
    for (let j = 1; j <= second.length; j += 1) {
      const isSame = first.charCodeAt(i - 1) === second.charCodeAt(j - 1)
      let cost = Math.min((current[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1))
      const isSwapped =
        i > 1 &&
        j > 1 &&
        first.charCodeAt(i - 1) === second.charCodeAt(j - 2) &&
        first.charCodeAt(i - 2) === second.charCodeAt(j - 1)
      if (isSwapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      current[j] = cost
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    const spare = before
    before = last
    last = current
    current = spare
  }
  return last[second.length] ?? most + 1
}
