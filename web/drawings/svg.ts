/** Escapes what stands in a drawing: text and attributes alike. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** One element. A drawing has no style of its own: the stylesheet has, which the content policy lets in. */
export const element = (name: string, attributes: Readonly<Record<string, string | number>>, inside = ''): string => {
  const written = Object.entries(attributes)
    .map(
      ([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? String(Math.round(value * 10) / 10) : value)}"`,
    )
    .join('')
  return inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`
}

export const words = (x: number, y: number, text: string, more: Readonly<Record<string, string>> = {}): string =>
  element('text', { x, y, ...more }, escaped(text))
