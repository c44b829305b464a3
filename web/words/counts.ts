import { inWords } from './codes.ts'

/** A number with how whole it is, as a page shows it. `says` stands beside it wherever it is not whole. */
export interface Shown {
  readonly kind: 'whole' | 'at-least' | 'withheld' | 'unavailable' | 'not-connected' | 'not-known'
  readonly value: number | null
  readonly says: string
}

/** A joined number as an answer has it. */
export interface Counted {
  readonly value: number | null
  readonly completeness: string
  readonly without: readonly {
    readonly agency: string
    readonly state?: string | null
    readonly reason: string
    readonly contact?: string | null
  }[]
}

/** A number with its words; a field that could not be answered at all is not known. */
export const shown = (count: Counted | null | undefined): Shown => {
  if (!count) return { kind: 'not-known', value: null, says: 'Not known' }
  const without = named([...new Set(count.without.map(({ agency }) => agency))])
  const value = count.value
  switch (count.completeness) {
    case 'WHOLE':
      return { kind: 'whole', value, says: '' }
    case 'AT_LEAST':
      return { kind: 'at-least', value, says: without ? `At least: without part of ${without}` : 'At least' }
    case 'WITHHELD':
      return { kind: 'withheld', value, says: without ? `Withheld by ${without}` : 'Withheld' }
    case 'UNAVAILABLE':
      return { value, ...away(count.without) }
    default:
      return { kind: 'not-known', value, says: 'Not known' }
  }
}

/** Who did not answer, who is not connected and who was not looked for are three things, and the first is a fault. */
const away = (without: Counted['without']): Pick<Shown, 'kind' | 'says'> => {
  const of = (...states: readonly (string | null | undefined)[]) =>
    named([...new Set(without.filter(({ state }) => states.includes(state)).map(({ agency }) => agency))])
  const silent = of('UNAVAILABLE', null, undefined)
  const [apart, unsought] = [of('NOT_CONNECTED'), of('NOT_LOOKED_FOR')]
  const parts = [
    ...(silent ? [`${silent} did not answer`] : []),
    ...(apart ? [`not connected: ${apart}`] : []),
    ...(unsought ? [`not looked for: ${unsought}`] : []),
  ]
  const kind = silent || parts.length !== 1 ? 'unavailable' : apart ? 'not-connected' : 'not-known'
  return { kind, says: parts.length > 0 ? `Not available: ${parts.join('; ')}` : 'Not available' }
}

/** `health, education and police`. */
export const named = (agencies: readonly string[]): string => {
  const words = agencies.map((agency) => inWords(agency).toLowerCase())
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
