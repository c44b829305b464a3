import type { Visit } from '../pageVisit.ts'

/** Organisations and authorities by name, for the questions of a form that ask for one. */
export const partiesOf = ({ parts }: Pick<Visit, 'parts'>) => {
  const { authorities, forces, holders } = parts.registry
  const named = [...authorities.values(), ...forces.values()].map(({ code, name }) => ({ value: code, text: name }))
  const others = [...holders.values()].map(({ organisation, name }) => ({ value: organisation, text: name }))
  return {
    parties: [...new Map([...others, ...named].map((each) => [each.value, each])).values()],
    authorities: [...authorities.values()].map(({ code, name }) => ({ value: code, text: `${name} (${code})` })),
  }
}
