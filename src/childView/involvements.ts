import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import { madeOnce } from '../foundation/madeOnce.ts'
import type { Registry } from '../foundation/registry.ts'
import { type Answers, anyRowsOf, type Contracts } from '../records/agencyAnswers.ts'
import { dayOf, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { type ListName, type RequiredFields, requiredByContracts } from '../records/requiredFields.ts'
import { type AnyRow, provenanceFields } from '../sources/commonRowFields.ts'
import type { InvolvementRule } from '../sources/contract.ts'
import { completenessOf, existenceOf } from './countCompleteness.ts'
import { type ListPart, partOf } from './listFilter.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** A service that knows the child or an adult of the household. */
export interface Involvement {
  readonly id: string
  readonly kind: string
  readonly service: string
  readonly agency: string
  readonly la: string | null
  readonly force: string | null
  readonly concerning: string
  readonly professional: string | null
  readonly contact: string | null
  readonly from: string | null
  readonly to: string | null
  readonly provenance: Provenance
}

/** A list whose rows say that a service is involved, with how they say it. */
export interface InvolvementList {
  readonly agency: AgencyName
  readonly list: string
  readonly rule: InvolvementRule
}

/** Lists whose rows say that a service is involved, as the contracts say. */
export const involvementLists = (contracts: Contracts): readonly InvolvementList[] =>
  agencies.flatMap((agency) =>
    Object.entries(contracts[agency].lists).flatMap(([list, { involvement: rule }]) =>
      rule ? [{ agency, list, rule }] : [],
    ),
  )

/**
 * Police lists whose rows show that a force knows the child. Intelligence is not among them: its existence is not
 * disclosed.
 */
const policeLists = [
  'missingEpisodes',
  'crimes',
  'arrests',
  'events',
  'domesticAbuse',
  'notices',
  'protections',
  'restraints',
] as const satisfies readonly ListName<'police'>[]

/** That a force knows the child, and nothing else of its records. */
export const policeRecordNeeds = {
  police: Object.fromEntries(policeLists.map((list) => [list, []])),
} as RequiredFields

/** How a force is involved that has a record. */
export const policeRecords = 'POLICE_RECORDS'

const fieldsOf = ({ kind, service, professional, concerning }: InvolvementRule): readonly string[] => [
  ...provenanceFields,
  'contact',
  'from',
  'to',
  ...service,
  ...[typeof kind === 'string' ? undefined : kind.field, professional, concerning].filter(
    (field) => field !== undefined,
  ),
]

/** What involvements rest on. */
export const involvementNeeds = (contracts: Contracts): RequiredFields =>
  mergeNeeds(
    requiredByContracts(
      eachAgency((agency) =>
        Object.fromEntries(
          involvementLists(contracts)
            .filter((entry) => entry.agency === agency)
            .map(({ list, rule }) => [list, fieldsOf(rule)]),
        ),
      ),
    ),
    requiredByContracts({ police: Object.fromEntries(policeLists.map((list) => [list, provenanceFields])) }),
  )

/**
 * Those that may be told: null where nobody can be told of and that is not because there is nobody.
 *
 * @param known every one that was read.
 */
export const toldInvolvements = (known: readonly Involvement[], ground: Ground): readonly Involvement[] | null =>
  known.length > 0 || completenessOf(involvementReads(ground.contracts), ground).completeness === 'WHOLE' ? known : null

const involvementReads = madeOnce((contracts: Contracts) => existenceOf(involvementNeeds(contracts)))

/**
 * Who already knows this child, and who can tell more: every agency's involvements, in order of agency and beginning.
 */
export function involvements(
  answers: Answers,
  contracts: Contracts,
  registry: Registry,
  asOf: string,
  openOnly: boolean,
): readonly Involvement[] {
  const day = dayOf(asOf)
  const listed = involvementLists(contracts).flatMap((entry) =>
    uncorrected(anyRowsOf(answers, entry.agency, entry.list)).map((row) => involvementOf(row, entry, contracts)),
  )
  return [...listed, ...forcesWithRecords(answers, contracts, registry)]
    .filter((entry) => !openOnly || openOn(day, entry.from, entry.to))
    .sort((one, other) => compare(orderOf(one, contracts), orderOf(other, contracts)))
}

/** Involvements of a kind and period. */
export const involvementsPart = (
  all: readonly Involvement[],
  part: ListPart,
  contracts: Contracts,
): readonly Involvement[] =>
  partOf(all, part, {
    ids: ({ id }) => [id],
    span: ({ from, to }) => [from, to],
    kind: ({ kind }) => kind,
    kinds: involvementKinds(contracts),
  })

/** Kinds of involvement that are known by name, whether or not anybody is involved. */
export const involvementKinds = (contracts: Contracts): readonly string[] => [
  policeRecords,
  ...involvementLists(contracts).flatMap(({ agency, list, rule }) =>
    typeof rule.kind === 'string'
      ? [rule.kind]
      : [rule.kind.otherwise, ...(contracts[agency].lists[list]?.kinds ?? [])],
  ),
]

function involvementOf(row: AnyRow, { agency, rule }: InvolvementList, contracts: Contracts): Involvement {
  const provenance = provenanceOf(row, contracts[agency])
  const { kind, service, professional, concerning } = rule
  return {
    id: row.id,
    kind: typeof kind === 'string' ? kind : (textOf(row, kind.field) ?? kind.otherwise),
    service: textOf(row, ...service) ?? provenance.agency,
    agency: provenance.agency,
    la: provenance.la,
    force: provenance.force,
    concerning: concerning ? (textOf(row, concerning) ?? 'ADULT') : 'CHILD',
    professional: professional ? textOf(row, professional) : null,
    contact: textOf(row, 'contact'),
    from: textOf(row, 'from', 'eventAt'),
    to: textOf(row, 'to'),
    provenance,
  }
}

/** Whether it is of a force that no record names to this caller: it may be one that is named beside it. */
export const isUnnamedForce = ({ force, kind }: Pick<Involvement, 'force' | 'kind'>): boolean =>
  kind === policeRecords && force === null

/**
 * One involvement for each force with a record that this caller may read, from its first to no end: it can tell more.
 * Records that do not say of which force they are, or not to this caller, are one involvement of the police.
 */
function forcesWithRecords(answers: Answers, contracts: Contracts, registry: Registry): readonly Involvement[] {
  const byForce = new Map<string | null, AnyRow[]>()
  for (const row of policeLists.flatMap((list) => uncorrected(anyRowsOf(answers, 'police', list)))) {
    const force = textOf(row, 'provenance.force')
    byForce.set(force, [...(byForce.get(force) ?? []), row])
  }
  return [...byForce].flatMap(([force, rows]) => {
    const [first] = rows.sort((one, other) => compare(begun(one), begun(other)))
    if (!first) return []
    return {
      id: first.id,
      kind: policeRecords,
      service: force === null ? contracts.police.agency : (registry.forces.get(force)?.name ?? force),
      agency: contracts.police.agency,
      la: null,
      force,
      concerning: 'CHILD',
      professional: null,
      contact: (force === null ? contracts.police.contact : registry.forces.get(force)?.contact) ?? null,
      from: textOf(first, 'eventAt', 'provenance.recordedAt'),
      to: null,
      provenance: provenanceOf(first, contracts.police),
    }
  })
}

const begun = (row: AnyRow): string => `${textOf(row, 'eventAt', 'provenance.recordedAt') ?? ''} ${row.id}`

const orderOf = (entry: Involvement, contracts: Contracts): string => {
  const agency = agencies.findIndex((name) => entry.id.startsWith(`${contracts[name].name}:`))
  return `${agency} ${entry.from ?? ''} ${entry.id}`
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
