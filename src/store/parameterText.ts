/**
 * A parameter as PostgreSQL reads it in text. Statements of the hot path take texts, numbers, booleans and lists of
 * them.
 */
export function parameterText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return listText(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new TypeError(`A ${typeof value} is no parameter of a statement.`)
}

/** Lists that do not change, as the labels of a plan, are written once. */
const written = new WeakMap<readonly unknown[], string>()

function listText(items: readonly unknown[]): string {
  if (!Object.isFrozen(items)) return arrayText(items)
  const known = written.get(items)
  if (known !== undefined) return known
  const text = arrayText(items)
  written.set(items, text)
  return text
}

const arrayText = (items: readonly unknown[]): string => `{${items.map(itemText).join(',')}}`

/** Quoted whatever is in it: an item that holds a comma, a brace or the word NULL stays one item. */
const itemText = (item: unknown): string => {
  const text = parameterText(item)
  if (text === null) return 'NULL'
  return isPlain(text) ? `"${text}"` : `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** Almost every text: to look is a fraction of what it costs to replace nothing. */
const isPlain = (text: string): boolean => !/["\\]/.test(text)
