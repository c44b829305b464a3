import { Refusal } from '../foundation/errors.ts'
import type { Holder } from '../foundation/holder.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Answers, Contracts } from '../records/agencyAnswers.ts'
import { textOf } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { type RequiredFields, requiredByContracts } from '../records/requiredFields.ts'
import { chronologyNeeds } from './chronology.ts'
import { type Count, completenessOf, countOf } from './countCompleteness.ts'
import { headlineOf, type ToldRecord, toldBy } from './knownAtDate.ts'
import { narratedLists } from './narratedLists.ts'
import { serviceOf } from './provenance.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What it rests on: every record that can be told, with whose it is, and of contacts who made them. */
export const knownByNeeds = (contracts: Contracts): RequiredFields =>
  mergeNeeds(
    chronologyNeeds(contracts, () => false),
    eachList(contracts, ['provenance.organisation', 'provenance.supersedes', 'provenance.recordedAt']),
    { socialCare: { contacts: ['fromOrganisation'] } },
  )

const eachList = (contracts: Contracts, fields: readonly string[]): RequiredFields => {
  const needs: Record<string, Record<string, readonly string[]>> = {}
  for (const { agency, list } of narratedLists(contracts)) needs[agency] = { ...needs[agency], [list]: fields }
  return requiredByContracts(needs)
}

/** `KnownPart` of `schema/knownBy.graphql`. */
export interface KnownPart {
  readonly agency: string
  readonly organisation: string | null
  readonly recordType: string
  readonly count: Count
  readonly first: string | null
  readonly last: string | null
  readonly latest: readonly string[]
}

/** `KnownBy` of `schema/knownBy.graphql`. */
export interface KnownBy {
  readonly holder: string
  readonly name: string
  readonly asOf: string
  readonly knownTotal: Count
  readonly known: readonly KnownPart[] | null
  readonly elsewhereTotal: Count
  readonly elsewhere: readonly KnownPart[] | null
}

/** @throws Refusal where the registry has no such holder: a name that is misspelt would seem to have known nothing. */
export function holderNamed({ holders }: Registry, name: string): Holder {
  const found = holders.get(name) ?? [...holders.values()].find(({ organisation }) => organisation === name)
  if (!found) throw new Refusal('BAD_INPUT', { message: 'The registry has no holder of that id.' })
  return found
}

/** What a holder knew at a time by itself, and what else was on record then: of either what this caller may read. */
export function knownBy(
  answers: Answers,
  { grants, contracts }: Omit<Ground, 'answers'>,
  holder: Holder,
  at: string,
): KnownBy {
  const ground = { grants, contracts, answers }
  const records = toldBy(answers, contracts, at)
  const own = records.filter((record) => isKnownTo(record, holder))
  const others = records.filter((record) => !isKnownTo(record, holder))
  const lists = narratedLists(contracts)
  // Whose a record is tells where the child is: to whom that may not be told, neither side can be counted.
  const tellsWhose = [grants[holder.kind], grants.socialCare].every(({ places }) => places === 'ALL')
  const total = (count: number, of: typeof lists): Count => {
    const completeness = completenessOf(readsOf(of), ground)
    return countOf(count, tellsWhose ? completeness : { ...completeness, completeness: 'NOT_KNOWN' })
  }
  return {
    holder: holder.id,
    name: holder.name,
    asOf: at,
    knownTotal: total(
      own.length,
      lists.filter(({ agency, list }) => agency === holder.kind || isOfContacts(agency, list)),
    ),
    known: tellsWhose ? partsOf(own, ground) : null,
    elsewhereTotal: total(others.length, lists),
    elsewhere: tellsWhose ? partsOf(others, ground) : null,
  }
}

const isOfContacts = (agency: string, list: string): boolean => agency === 'socialCare' && list === 'contacts'

/** Whoever made a contact knows of it. A record that does not say whose it is, is nobody's. */
const isKnownTo = ({ narrated, row }: ToldRecord, { organisation, id, kind }: Holder): boolean => {
  const code = organisation ?? id
  if (narrated.agency === kind && textOf(row, 'provenance.organisation') === code) return true
  return isOfContacts(narrated.agency, narrated.list) && textOf(row, 'fromOrganisation') === code
}

/** A number over lists is one ground: more of any of them makes it larger. */
const readsOf = (lists: readonly { readonly agency: string; readonly list: string }[]) => {
  const ground: Record<string, Record<string, readonly string[]>> = {}
  for (const { agency, list } of lists) ground[agency] = { ...ground[agency], [list]: ['provenance.organisation'] }
  return { grounds: [requiredByContracts(ground)] }
}

function partsOf(records: readonly ToldRecord[], ground: Ground & { readonly answers: Answers }): readonly KnownPart[] {
  const parts = new Map<string, ToldRecord[]>()
  for (const record of records) {
    const key = keyOf(record, ground.contracts)
    parts.set(key, [...(parts.get(key) ?? []), record])
  }
  return [...parts].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, part]) => partOf(part, ground))
}

const keyOf = ({ narrated, row }: ToldRecord, contracts: Contracts): string =>
  [
    narrated.agency,
    textOf(row, 'provenance.organisation') ?? '',
    serviceOf(row, contracts[narrated.agency]),
    narrated.list,
  ].join(' ')

function partOf(part: readonly ToldRecord[], ground: Ground & { readonly answers: Answers }): readonly KnownPart[] {
  const ordered = part.toSorted((one, other) => (momentOf(one) < momentOf(other) ? -1 : 1))
  const [first] = ordered
  const last = ordered.at(-1)
  if (!first || !last) return []
  const { narrated, row } = first
  return [
    {
      agency: serviceOf(row, ground.contracts[narrated.agency]),
      organisation: textOf(row, 'provenance.organisation'),
      recordType: narrated.list,
      count: countOf(part.length, completenessOf(readsOf([narrated]), ground)),
      first: textOf(first.row, 'eventAt'),
      last: textOf(last.row, 'eventAt'),
      latest: ordered.slice(-3).map(headlineOf),
    },
  ]
}

const momentOf = ({ row }: ToldRecord): string =>
  `${textOf(row, 'eventAt') ?? textOf(row, 'provenance.recordedAt') ?? ''} ${row.id}`
