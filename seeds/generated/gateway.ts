import type { GatewaySeed } from '../seedRecord.ts'
import { dayText, instantText, today } from './days.ts'
import type { Dice } from './dice.ts'
import { type Family, type GeneratedChild, isOpenCase } from './families.ts'

/** Rows of the gateway's own tables, in the order of their columns. */
export interface GatewayRows {
  readonly child: (readonly [string, string, string])[]
  readonly link: (readonly [string, string, string, string])[]
  readonly identifier: (readonly [string, string, string, string])[]
  readonly relationship: (readonly [string, string, string, string, string, string | null, string, string, string])[]
}

export const gatewayColumns: Readonly<Record<keyof GatewayRows, readonly (readonly [name: string, type: string])[]>> = {
  child: [
    ['child_id', 'text'],
    ['area_la', 'text'],
    ['born_on', 'date'],
  ],
  link: [
    ['child_id', 'text'],
    ['agency', 'text'],
    ['person_id', 'text'],
    ['since', 'timestamptz'],
  ],
  identifier: [
    ['scheme', 'text'],
    ['value', 'text'],
    ['child_id', 'text'],
    ['verified', 'boolean'],
  ],
  relationship: [
    ['id', 'text'],
    ['child_id', 'text'],
    ['organisation', 'text'],
    ['kind', 'text'],
    ['from_on', 'date'],
    ['to_on', 'date'],
    ['basis', 'text'],
    ['recorded_by', 'text'],
    ['recorded_at', 'timestamptz'],
  ],
}

export const emptyGatewayRows = (): GatewayRows => ({ child: [], link: [], identifier: [], relationship: [] })

type Kind = GatewaySeed['relationships'][number]['kind']

/** Who the child is to each agency, what identifies the child, and which organisations have to do with the child. */
export function writeGatewayRows(rows: GatewayRows, dice: Dice, family: Family, child: GeneratedChild): void {
  const { place, practice } = family
  const { id } = child
  rows.child.push([id, place.la, dayText(child.bornOn)])
  const since = instantText(child.bornOn + 1, 0)
  const link = (agency: string, person: string | null) => {
    if (person !== null) rows.link.push([id, agency, person, since])
  }
  link('health', child.health)
  link('education', child.education)
  link('police', child.police)
  for (const { person } of family.adults) link('adultServices', person)
  link('socialCare', child.socialCare)
  const identifier = (scheme: string, value: string | null) => {
    if (value !== null) rows.identifier.push([scheme, value, id, 'true'])
  }
  identifier('NHS_NUMBER', child.nhsNumber)
  identifier('UPN', child.upn)
  if (child.socialCare !== null) identifier('LA_CHILD_ID', child.laChildId)
  const relate = (organisation: string, kind: Kind, from: number, to: number | null, basis: string) =>
    rows.relationship.push([
      dice.id(),
      id,
      organisation,
      kind,
      dayText(from),
      to === null ? null : dayText(to),
      basis,
      'seed',
      instantText(Math.min(from, today), 0),
    ])
  relate(practice.practice, 'ON_ROLL', Math.min(today, child.bornOn + 20), null, 'Registration with the practice')
  for (const { school, from, to } of child.schooling) relate(school.urn, 'ON_ROLL', from, to, 'Enrolment')
  relate(`NHS-${place.la}-CHC`, 'EPISODE', child.bornOn, null, 'Health visiting or school nursing')
  if (isOpenCase(child.level)) {
    const from = Math.max(child.bornOn, today - 50)
    relate(`${place.la}-CSC`, 'ALLOCATED', from, null, 'Allocation in the agency’s own record')
    relate(`${place.la}-MASH`, 'EPISODE', from, null, 'Party to an episode in the agency’s own record')
  }
}
