/**
 * RFC 8785 for what a leaf holds: texts, whole numbers, booleans, null, lists and plain objects. The library that the rest of
 * the product uses writes the same; here the lists of labels, which recur in every leaf, are written once.
 *
 * @throws TypeError for anything else, so that nothing is recorded that would read otherwise.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return stringText(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Number.isSafeInteger(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return Object.isFrozen(value) ? frozenText(value) : listText(value)
  if (typeof value === 'object') return objectText(value)
  throw new TypeError(`A leaf holds no ${typeof value}.`)
}

/** Half of a surrogate pair is no text: it would be stored as something else. */
function stringText(value: string): string {
  const text = JSON.stringify(value)
  // Longer than between its quotes: something is escaped.
  if (text.length > value.length + 2 && /\p{Surrogate}/u.test(value))
    throw new TypeError('A leaf holds whole characters.')
  return text
}

const written = new WeakMap<readonly unknown[], string>()

/** What is frozen at the top may change below, so only lists of texts are kept. */
function frozenText(list: readonly unknown[]): string {
  const known = written.get(list)
  if (known !== undefined) return known
  const text = listText(list)
  if (list.every((item) => typeof item === 'string')) written.set(list, text)
  return text
}

const listText = (list: readonly unknown[]): string => `[${list.map(canonicalText).join(',')}]`

/** Members by the code units of their names; one that is undefined is not there. */
function objectText(object: object): string {
  let text = ''
  for (const name of inOrder(Object.keys(object))) {
    const value: unknown = Reflect.get(object, name)
    if (value !== undefined) text += `${text === '' ? '' : ','}${memberText(name)}${canonicalText(value)}`
  }
  return `{${text}}`
}

/** The members of leaves have few names, which every leaf has again. */
const members = new Map<string, string>()
const mostMembers = 1000

function memberText(name: string): string {
  const known = members.get(name)
  if (known !== undefined) return known
  const text = `${stringText(name)}:`
  if (members.size < mostMembers) members.set(name, text)
  return text
}

/** Objects of a leaf have few members: each goes to its place among those before it. */
function inOrder(names: string[]): readonly string[] {
  for (let at = 1; at < names.length; at += 1) {
    const name = names[at] ?? ''
    let place = at
    for (let before = names[place - 1]; before !== undefined && before > name; before = names[place - 1]) {
      names[place] = before
      place -= 1
    }
    names[place] = name
  }
  return names
}
