/** One part of a page that a command writes, between marks, so that several commands can share the page. */
const marks = (name: string) => ({ start: `<!-- ${name}: start -->`, end: `<!-- ${name}: end -->` })

/** The marked part with its marks, or null. */
function partOf(page: string, name: string): string | null {
  const { start, end } = marks(name)
  const from = page.indexOf(start)
  const to = page.indexOf(end)
  return from < 0 || to < from ? null : page.slice(from, to + end.length)
}

/** The page with its part of this name replaced, or added at the end. */
export function withSection(page: string, name: string, text: string): string {
  const { start, end } = marks(name)
  const part = `${start}\n\n${text.trim()}\n\n${end}`
  const old = partOf(page, name)
  return old === null ? `${page.trimEnd()}\n\n${part}\n` : page.replace(old, () => part)
}

/** A new page with the parts that other commands had written into the old one. */
export const keepingSections = (page: string, old: string, names: readonly string[]): string =>
  names.reduce((kept, name) => {
    const part = partOf(old, name)
    return part === null ? kept : `${kept.trimEnd()}\n\n${part}\n`
  }, page)
