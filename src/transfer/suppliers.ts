import { agencies } from '../foundation/agencies.ts'
import { contactOfParty } from '../foundation/contactOf.ts'
import { forceOf } from '../foundation/registry.ts'
import type { AgencyType, Role } from '../policy/vocabulary.ts'
import { answered, type Carried, type CarriedRows, heldRowsOf, rowsOf, type SectionInput } from './carriedRows.ts'
import { factsOf, ofSchoolAge } from './section.ts'
import { field } from './sectionWords.ts'
import { type SupplierKey, supplierKey, supplierOf } from './supplier.ts'
import { listsTakenFrom } from './transferableLists.ts'
import type { SupplierContent } from './transferTypes.ts'

const jurisdictionMonths = 24

type PlacementRows = CarriedRows<{ readonly socialCare: { readonly placements: readonly ('to' | 'force' | 'la')[] } }>

interface Seen extends SupplierKey {
  readonly organisations: Set<string>
  records: number
  mandatory: boolean
}

/**
 * The suppliers without which the record cannot be complete. They follow from the transfer, not from what was found: a
 * service that holds only what is hidden is listed exactly like one that holds nothing.
 */
export const mandatorySuppliers = (input: SectionInput<PlacementRows>): readonly SupplierKey[] => {
  const { fromLa } = input.transfer
  const forces = forcesWithJurisdiction(input)
  return [
    { source: 'socialCare', agency: 'CHILDRENS_SOCIAL_CARE', la: fromLa, force: null },
    ...(ofSchoolAge(factsOf(input))
      ? [{ source: 'education', agency: 'EDUCATION', la: fromLa, force: null } as const]
      : []),
    { source: 'health', agency: 'HEALTH', la: fromLa, force: null },
    ...forces.map((force) => ({ source: 'police', agency: 'POLICE', la: null, force }) as const),
  ]
}

/**
 * Forces of the sending area and of every place where the child was placed or the police recorded them within 24
 * months.
 */
const forcesWithJurisdiction = (input: SectionInput<PlacementRows>): readonly string[] => {
  const { fromLa, toLa, type } = input.transfer
  const { registry } = input
  const since = new Date(input.child.asOf)
  since.setUTCMonth(since.getUTCMonth() - jurisdictionMonths)
  const from = since.toISOString()
  const placed = rowsOf(input, 'socialCare', 'placements')
    .filter((row) => !row.to || String(row.to) >= from.slice(0, 10))
    .flatMap((row) => field(row, 'force') ?? forceOf(registry, field(row, 'la')) ?? [])
  const recorded = policeRows(input)
    .filter((row) => String(row.eventAt ?? '') >= from)
    .flatMap((row) => field(row, 'provenance.force') ?? [])
  const own = forceOf(registry, fromLa)
  const receiving = forceOf(registry, toLa)
  const all = new Set([...(own ? [own] : []), ...placed, ...recorded])
  // A child who moves is new to the receiving force: what it already holds is listed, and nothing waits for it.
  if (type !== 'CLA_PLACED_OUT' && receiving !== null && receiving !== own) all.delete(receiving)
  return [...all].filter((force) => registry.forces.has(force)).toSorted()
}

const policeRows = (input: SectionInput<PlacementRows>): readonly Carried[] =>
  Object.keys(listsTakenFrom(input.contracts.police)).flatMap((list) => heldRowsOf(input, 'police', list))

/** Everybody who may have something to say, each with where it stands. */
export const suppliersOf = (input: SectionInput<PlacementRows>): readonly SupplierContent[] => {
  const all = new Map<string, Seen>()
  const see = (key: SupplierKey): Seen => {
    const seen = all.get(supplierKey(key)) ?? { ...key, organisations: new Set<string>(), records: 0, mandatory: false }
    all.set(supplierKey(key), seen)
    return seen
  }
  for (const key of mandatorySuppliers(input)) see(key).mandatory = true
  for (const source of agencies) {
    for (const list of Object.keys(listsTakenFrom(input.contracts[source])))
      for (const row of heldRowsOf(input, source, list)) {
        const seen = see(supplierOf(source, row, input.contracts[source].agency))
        seen.records += 1
        const organisation = field(row, 'provenance.organisation')
        if (organisation !== null) seen.organisations.add(organisation)
      }
    const heard = [...all.values()].some((seen) => seen.source === source)
    if (!answered(input, source) && !heard)
      see({ source, agency: input.contracts[source].agency, la: null, force: null })
  }
  return [...all.values()].map((seen) => stateOf(input, seen)).toSorted(byDutyThenName)
}

const stateOf = (input: SectionInput, seen: Seen): SupplierContent => {
  const { agency, force, la, mandatory, source } = seen
  const contact = contactOf(input, seen)
  const base = { agency, la, force, mandatory, contact, organisations: [...seen.organisations].toSorted() }
  const word = input.contributions.filter((contribution) => supplierKey(contribution) === supplierKey(seen)).at(-1)
  if (word) return { ...base, state: word.state, since: word.at, reason: word.reason }
  if (!answered(input, source))
    return { ...base, state: 'UNAVAILABLE', since: input.now, reason: 'The source did not answer.' }
  const leads = agency === 'CHILDRENS_SOCIAL_CARE' && la === input.transfer.fromLa
  if (leads && seen.records > 0)
    return { ...base, state: 'CONTRIBUTED', since: input.now, reason: 'Its record is in this one.' }
  return { ...base, state: 'OUTSTANDING', since: input.transfer.createdAt, reason: 'Has not confirmed its part.' }
}

const contactOf = (
  { contracts, registry }: SectionInput,
  { agency, force, la, source }: SupplierKey,
): string | null => {
  const kind = contracts[source].contact ?? null
  if (agency === 'POLICE' && force) return contactOfParty(registry, force) ?? kind
  if (agency === 'CHILDRENS_SOCIAL_CARE' && la) return contactOfParty(registry, la) ?? kind
  return kind
}

const byDutyThenName = (a: SupplierContent, b: SupplierContent): number => {
  if (a.mandatory !== b.mandatory) return a.mandatory ? -1 : 1
  return supplierKey(a) < supplierKey(b) ? -1 : 1
}

/** Who offers to speak for a supplier. */
export interface Speaker {
  readonly agencyType: AgencyType
  readonly role: Role
  readonly organisation: string
  readonly la: string | null
  readonly force: string | null
}

/**
 * The supplier for which an organisation may confirm, or null. A school cannot confirm for another school of its
 * authority: where records name organisations, only those may speak. Social care and the police are one organisation to
 * an area, and the designated nurse answers for its health services together: a practice of the area that has no record
 * of the child is told of no transfer of theirs. MASH asks for records and holds none of
 * its own, so it confirms for nobody.
 */
export const supplierFor = (
  suppliers: readonly SupplierContent[],
  speaker: Speaker,
  contracts: SectionInput['contracts'],
): SupplierContent | null => {
  if (speaker.agencyType === 'MASH') return null
  const services = agencies.flatMap((agency) => contracts[agency].speakers[speaker.agencyType] ?? [])
  const here = suppliers.filter(
    ({ agency, force, la }) =>
      services.includes(agency) &&
      (agency === 'POLICE' ? force !== null && force === speaker.force : la !== null && la === speaker.la),
  )
  const own = here.find(({ organisations }) => organisations.includes(speaker.organisation))
  const area = here.find(
    ({ agency }) =>
      agency === 'CHILDRENS_SOCIAL_CARE' ||
      agency === 'POLICE' ||
      (agency === 'HEALTH' && speaker.role === 'DESIGNATED_NURSE'),
  )
  return own ?? area ?? null
}
