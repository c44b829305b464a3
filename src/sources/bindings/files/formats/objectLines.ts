/**
 * On which line each object of a JSON document begins, by the name of the array it stands in and its place among
 * objects there. A document is read once more for it: the parser of the language tells no lines.
 */
export function objectLines(text: string): (array: string, place: number) => number {
  const lines = new Map<string, number[]>()
  const open: { readonly isArray: boolean; readonly named: string; name: string }[] = []
  let line = 1
  let string = ''
  for (let at = 0; at < text.length; at += 1) {
    const inner = open.at(-1)
    switch (text[at]) {
      case '\n':
        line += 1
        break
      case '"': {
        const end = endOfString(text, at)
        string = text.slice(at + 1, end)
        at = end
        break
      }
      case ':':
        if (inner) inner.name = string
        break
      case '[':
        open.push({ isArray: true, named: inner?.name ?? '', name: '' })
        break
      case '{':
        // A record stands in an array of the document, or of an object of it.
        if (inner?.isArray && open.length <= 3) {
          const known = lines.get(inner.named)
          if (known) known.push(line)
          else lines.set(inner.named, [line])
        }
        open.push({ isArray: false, named: '', name: '' })
        break
      case ']':
      case '}':
        open.pop()
        break
    }
  }
  return (array, place) => lines.get(array)?.[place] ?? 0
}

/** Where a string ends that begins here. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
