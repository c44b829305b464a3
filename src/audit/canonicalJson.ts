/**
 * RFC 8785 for what an entry holds: texts, whole numbers, null, lists of texts and objects whose members are known. The
 * library that the rest of the product uses writes the same; here an entry is written straight through, and the lists
 * of labels, which recur in every entry, once.
 */

/** @throws TypeError for half of a surrogate pair, which is no text: it would be stored as something else. */
export function canonicalText(value: string): string {
  if (isPlain(value)) return `"${value}"`
  if (/\p{Surrogate}/u.test(value)) throw new TypeError('An entry holds whole characters.')
  return JSON.stringify(value)
}

export const canonicalOrNull = (value: string | null): string => (value === null ? 'null' : canonicalText(value))

/** @throws TypeError for any other number, which would read otherwise. */
export function canonicalCount(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('An entry holds whole numbers.')
  return String(value)
}

const written = new WeakMap<readonly string[], string>()

export function canonicalList(list: readonly string[]): string {
  if (list.length === 0) return '[]'
  const known = written.get(list)
  if (known !== undefined) return known
  const text = `[${list.map(canonicalText).join(',')}]`
  if (Object.isFrozen(list)) written.set(list, text)
  return text
}

/**
 * The text of every member; none where it may be left out. One that is added to the type and not written does not
 * compile.
 */
export type TextsOf<Whole> = {
  readonly [Member in keyof Required<Whole>]: string | (undefined extends Whole[Member] ? undefined : never)
}

/** @param members as they are written out: canonical when they are in the order of their names. */
export function objectText(members: Readonly<Record<string, string | undefined>>): string {
  let text = ''
  for (const name in members) {
    const member = members[name]
    if (member !== undefined) text += `${text === '' ? '' : ','}"${name}":${member}`
  }
  return `{${text}}`
}

/** Whether JSON writes a text as it is, between quotes. */
export const isPlain = (value: string): boolean => /^[ !#-[\]-~]*$/.test(value)
