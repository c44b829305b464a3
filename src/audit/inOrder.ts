/** Up to so many, each text is put into its place by hand: that makes nothing besides. */
const few = 32

/** Texts by their code units, in the list that is given. */
export function inOrder(texts: string[]): string[] {
  if (texts.length > few) return texts.sort()
  for (let at = 1; at < texts.length; at += 1) {
    const text = texts[at] ?? ''
    let place = at
    for (let before = texts[place - 1]; before !== undefined && before > text; before = texts[place - 1]) {
      texts[place] = before
      place -= 1
    }
    texts[place] = text
  }
  return texts
}
