import type { Dice } from './dice.ts'

/** An authority of the population, and who works there. Codes are those of the registry of the demonstration. */
export interface Place {
  readonly la: string
  readonly town: string
  readonly dfeCode: string
  readonly force: string
  /** Area of its invented postcodes. */
  readonly postcode: string
  /** Prefix of social care's own person ids. */
  readonly prefix: string
}

export const places: readonly [Place, Place, Place, Place] = [
  { la: 'LA2', town: 'Eastvale', dfeCode: '992', force: 'F1', postcode: 'ZZ2', prefix: 'EV' },
  { la: 'LA3', town: 'Calderbrook', dfeCode: '993', force: 'F2', postcode: 'ZZ3', prefix: 'CB' },
  { la: 'LA4', town: 'Westhaven', dfeCode: '994', force: 'F3', postcode: 'ZZ4', prefix: 'WH' },
  { la: 'LA5', town: 'Southmere', dfeCode: '995', force: 'F4', postcode: 'ZZ5', prefix: 'SM' },
]

/** Two families in five live in the authority of the demonstration's personas. */
export const placeOf = (dice: Dice): Place => {
  const draw = dice.between(1, 100)
  return draw <= 40 ? places[0] : draw <= 60 ? places[1] : draw <= 75 ? places[2] : places[3]
}

export interface School {
  readonly urn: string
  readonly school: string
  readonly phase: 'PRIMARY' | 'SECONDARY'
  readonly contact: string
}

export interface Practice {
  readonly practice: string
  readonly name: string
  readonly contact: string
}

const kinds = ['Park', 'Hill', 'Bridge', 'Green', 'Field', 'Moor', 'Brook', 'Wood', 'Mount', 'Lane'] as const

/** The schools that the demonstration's safeguarding leads work in stand among the others of their authority. */
const known: Readonly<Record<string, School>> = {
  LA2PRIMARY: {
    urn: '900001',
    school: 'Eastvale Primary',
    phase: 'PRIMARY',
    contact: 'Safeguarding lead, 01632 960101',
  },
  LA2SECONDARY: {
    urn: '900002',
    school: 'Eastvale Academy',
    phase: 'SECONDARY',
    contact: 'Safeguarding lead, 01632 960102',
  },
  LA4SECONDARY: {
    urn: '900004',
    school: 'Westhaven College',
    phase: 'SECONDARY',
    contact: 'Safeguarding lead, 01632 960104',
  },
  LA5SECONDARY: {
    urn: '900005',
    school: 'Southmere High',
    phase: 'SECONDARY',
    contact: 'Safeguarding lead, 01632 960105',
  },
}

export const schoolOf = (dice: Dice, { la, town }: Place, phase: School['phase']): School => {
  const number = dice.between(0, 9)
  const demonstration = number === 0 ? known[la + phase] : undefined
  if (demonstration) return demonstration
  return {
    urn: `90${phase === 'PRIMARY' ? 1 : 2}${la.slice(2)}0${number}`,
    school: `${town} ${kinds[number]} ${phase === 'PRIMARY' ? 'Primary' : 'High'}`,
    phase,
    contact: 'Safeguarding lead, 01632 960190',
  }
}

const practiceNames: Readonly<Record<string, string>> = { LA2: 'Eastvale Surgery', LA5: 'Southmere Practice' }

export const practiceOf = (dice: Dice, { la, town }: Place): Practice => {
  const number = dice.between(0, 7)
  return {
    practice: number === 0 ? `NHS-${la}-GP` : `NHS-${la}-GP${number}`,
    name: (number === 0 ? practiceNames[la] : undefined) ?? `${town} ${kinds[number]} Surgery`,
    contact: 'Safeguarding lead GP, 01632 960290',
  }
}
