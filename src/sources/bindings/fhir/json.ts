/**
 * What a server sent, of which nothing is taken for granted: every reader gives what is there in the right form, or
 * nothing.
 */
export type Json = Readonly<Record<string, unknown>>

/** A server's list is looked through to here and no further. */
const longestList = 200
const longestText = 4000
/**
 * Control characters, among them the null byte that no database stores, and halves of characters. Tabs and line ends
 * are text.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unstorable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const objectAt = (of: Json | null, name: string): Json | null => {
  const value = of?.[name]
  return isObject(value) ? value : null
}

/** Objects of a list; one that stands alone where a list is due is a list of one. */
export const listAt = (of: Json | null, name: string): readonly Json[] => {
  const value = of?.[name]
  if (isObject(value)) return [value]
  return Array.isArray(value) ? value.slice(0, longestList).filter(isObject) : []
}

/** A text that can be stored and shown; null for anything else. */
export const goodText = (value: unknown): string | null => {
  if (typeof value !== 'string' || value.length > longestText || unstorable.test(value)) return null
  const text = value.trim()
  return text === '' ? null : text
}

export const textAt = (of: Json | null, name: string): string | null => goodText(of?.[name])

/** Texts of a list. */
export const textsAt = (of: Json | null, name: string): readonly string[] => {
  const value = of?.[name]
  const items: readonly unknown[] = Array.isArray(value) ? value.slice(0, longestList) : [value]
  return items.flatMap((item) => goodText(item) ?? [])
}

/** An id as FHIR lets one be: it goes into addresses as it is. */
export const idOf = (resource: Json | null): string | null => {
  const id = resource?.['id']
  return typeof id === 'string' && isId(id) ? id : null
}

export const isId = (text: string): boolean => /^[A-Za-z0-9.-]{1,64}$/.test(text) && !/^\.+$/.test(text)

/**
 * `Patient/abc` of a reference that names a resource of this server, relative or by its address. Null for every
 * other.
 */
export const referenceAt = (of: Json | null, name: string, base: string): string | null =>
  localReference(textAt(objectAt(of, name), 'reference'), base)

export const localReference = (reference: string | null, base: string): string | null => {
  if (reference === null) return null
  const relative = reference.startsWith(base) ? reference.slice(base.length) : reference
  const [, type, id] =
    /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(relative) ?? []
  return type && id ? `${type}/${id}` : null
}
