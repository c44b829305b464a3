import { forceOf, type Registry } from '../foundation/registry.ts'
import { type Organisation, partyOf, type Service, usualServiceOf } from './mailboxes.ts'
import type { Addressee, Duty } from './message.ts'

/** An organisation that has to do with the child now. */
export interface Involved {
  readonly code: string
  readonly kind: 'ALLOCATED' | 'EPISODE' | 'ON_ROLL'
  /** Null: no issuer speaks for it, so that nobody of it can sign in; a person has to ask. */
  readonly organisation: Organisation | null
}

/** Who stands around a child, as the gateway knows it for itself. No sender is told of it. */
export interface Circle {
  readonly responsibleLa: string | null
  readonly areaLa: string | null
  readonly involved: readonly Involved[]
}

/** Who sends, and about whom. */
export interface Around {
  readonly circle: Circle
  readonly registry: Registry
  readonly sender: { readonly la: string | null; readonly force: string | null }
}

/** Around a child of whom nothing is known, or who does not exist. */
export const nobodyKnown: Circle = { responsibleLa: null, areaLa: null, involved: [] }

/** Addressees who are there twice are told once; whoever owes an answer owes it. */
export function eachOnce(addressees: readonly Addressee[]): readonly Addressee[] {
  const byKey = new Map<string, Addressee>()
  for (const each of addressees) {
    const key = `${each.party}/${each.service}/${each.role ?? ''}`
    const known = byKey.get(key)
    if (!known || (known.duty === 'INFORM' && each.duty === 'ANSWER')) byKey.set(key, each)
  }
  return [...byKey.values()]
}

/** The front door that takes what comes in about a child: the responsible authority's, or else the sender's own. */
export function frontDoors({ circle, sender, registry }: Around, duty: Duty): readonly Addressee[] {
  const la = circle.responsibleLa ?? sender.la
  const ofForce = [...registry.authorities.values()]
    .filter(({ force }) => force === sender.force)
    .map(({ code }) => code)
  const authorities = la === null ? ofForce : [la]
  return authorities.map((party) => ({ party, service: 'FRONT_DOOR' as const, duty }))
}

/**
 * The forces that answer calls about a child: of where the child lives and of who keeps the case, or else the sender's
 * own.
 */
export function forcesOf({ circle, sender, registry }: Around, duty: Duty): readonly Addressee[] {
  const forces = [forceOf(registry, circle.areaLa), forceOf(registry, circle.responsibleLa)].filter(
    (code) => code !== null,
  )
  const own = sender.force ?? forceOf(registry, sender.la)
  const told = forces.length > 0 ? forces : own === null ? [] : [own]
  return [...new Set(told)].map((party) => ({ party, service: 'POLICE' as const, duty }))
}

/** Organisations around the child whose usual service is one of these; all, when none is named. */
export const involvedOf = (circle: Circle, wanted: readonly Service[] | null, duty: Duty): readonly Addressee[] =>
  circle.involved.flatMap(({ code, organisation }) => {
    const service = organisation ? usualServiceOf(organisation) : 'GENERAL'
    if (service === 'GOVERNANCE' || (wanted !== null && !wanted.includes(service))) return []
    return [{ party: organisation ? partyOf(organisation, service) : code, service, duty }]
  })

/** The recorded home or foster carer: the care provider to whom the child is allocated now. */
export const carersOf = (circle: Circle, duty: Duty): readonly Addressee[] =>
  involvedOf({ ...circle, involved: circle.involved.filter(({ kind }) => kind === 'ALLOCATED') }, ['CARER'], duty)

/** The team that keeps the case, of the responsible authority. */
export const caseTeam = ({ responsibleLa }: Circle, duty: Duty): readonly Addressee[] =>
  responsibleLa === null ? [] : [{ party: responsibleLa, service: 'CASE_TEAM', duty }]
