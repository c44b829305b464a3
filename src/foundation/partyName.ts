import type { Registry } from './registry.ts'

/** `Southmere (LA5)`: an authority, a force or a holder by its code, else an organisation by its authority's name. */
export const partyName = (registry: Registry, code: string): string => {
  const [area = ''] = code.split('-')
  const name = nameOf(registry, code) ?? registry.authorities.get(area)?.name
  return name === undefined ? code : `${name} (${code})`
}

const nameOf = ({ authorities, forces, holders }: Registry, code: string): string | undefined => {
  const known = authorities.get(code) ?? forces.get(code)
  return (known ?? [...holders.values()].find(({ organisation }) => organisation === code))?.name
}

/** A word in capitals and digits, whole: no part of a record's id, and none that stands in brackets behind a name. */
const codeLike = /(?<![\w(/:-])(?=[A-Z0-9-]*[A-Z])(?=[A-Z-]*\d|[A-Z]+-)[A-Z0-9]+(?:-[A-Z0-9]+)*(?![\w/-]|:\S)/g

/** Text in which each code of an authority, a force or a holder stands behind its name. */
export const partiesInWords = (registry: Registry, text: string): string =>
  text
    .replace(codeLike, (code) => partyName(registry, code))
    // `the force F1`, where the force is called one.
    .replace(/\b(?:the )?force (?=Force\b)/g, '')
