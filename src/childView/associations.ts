import type { AgencyName } from '../foundation/agencies.ts'
import { type Answers, anyRowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf } from '../records/currentRows.ts'
import { type RequiredFields, requiredByContracts } from '../records/requiredFields.ts'
import { textsOf } from '../records/textList.ts'
import type { AnyRow } from '../sources/commonRowFields.ts'
import { isPseudonym, personMark, valueMark } from '../sources/pseudonyms.ts'
import { completenessOf } from './countCompleteness.ts'
import { type ListPart, partOf } from './listFilter.ts'
import type { Ground, Without } from './whyCountIncomplete.ts'

const associationKinds = ['PERSON', 'CHILD', 'PLACE', 'TELEPHONE', 'HANDLE', 'DEVICE'] as const
export type AssociationKind = (typeof associationKinds)[number]

/** A field that names somebody or something that a child is found with, at, or in touch with. */
interface Naming {
  readonly agency: AgencyName
  readonly list: string
  readonly field: string
  readonly kind: AssociationKind
  /** Who belongs to the family or household is no association by that alone. */
  readonly isHousehold?: true
}

const naming: readonly Naming[] = [
  { agency: 'police', list: 'missingEpisodes', field: 'foundAt', kind: 'PLACE' },
  { agency: 'police', list: 'missingEpisodes', field: 'foundWith', kind: 'PERSON' },
  { agency: 'police', list: 'missingEpisodes', field: 'missingWith', kind: 'CHILD' },
  { agency: 'police', list: 'crimes', field: 'otherParty', kind: 'PERSON' },
  { agency: 'police', list: 'domesticAbuse', field: 'adults', kind: 'PERSON' },
  { agency: 'police', list: 'notices', field: 'adult', kind: 'PERSON' },
  { agency: 'police', list: 'managedOffenders', field: 'adult', kind: 'PERSON' },
  { agency: 'police', list: 'personsOfConcern', field: 'name', kind: 'PERSON' },
  { agency: 'police', list: 'personsOfConcern', field: 'postcode', kind: 'PLACE' },
  { agency: 'police', list: 'onlineIdentifiers', field: 'handle', kind: 'HANDLE' },
  { agency: 'police', list: 'onlineIdentifiers', field: 'device', kind: 'DEVICE' },
  { agency: 'police', list: 'onlineIdentifiers', field: 'telephone', kind: 'TELEPHONE' },
  { agency: 'education', list: 'onlineIdentifiers', field: 'handle', kind: 'HANDLE' },
  { agency: 'education', list: 'onlineIdentifiers', field: 'device', kind: 'DEVICE' },
  { agency: 'education', list: 'onlineIdentifiers', field: 'telephone', kind: 'TELEPHONE' },
  { agency: 'socialCare', list: 'onlineIdentifiers', field: 'handle', kind: 'HANDLE' },
  { agency: 'socialCare', list: 'onlineIdentifiers', field: 'device', kind: 'DEVICE' },
  { agency: 'socialCare', list: 'onlineIdentifiers', field: 'telephone', kind: 'TELEPHONE' },
  { agency: 'socialCare', list: 'missing', field: 'missingWith', kind: 'CHILD' },
  { agency: 'adultServices', list: 'housing', field: 'named', kind: 'PERSON' },
  { agency: 'socialCare', list: 'family', field: 'name', kind: 'PERSON', isHousehold: true },
  { agency: 'socialCare', list: 'addresses', field: 'postcode', kind: 'PLACE', isHousehold: true },
]

/** What associations rest on. */
export const associationNeeds: RequiredFields = needsOf(naming)

function needsOf(fields: readonly Naming[]): RequiredFields {
  const needs: Record<string, Record<string, readonly string[]>> = {}
  for (const { agency, list, field } of fields) {
    const known = needs[agency]?.[list] ?? [
      'eventAt',
      'provenance.recordedAt',
      'provenance.agency',
      'provenance.supersedes',
    ]
    needs[agency] = { ...needs[agency], [list]: [...known, field] }
  }
  return requiredByContracts(needs)
}

/** One record that names it. */
export interface Occurrence {
  readonly childId: string
  readonly recordId: string
  readonly agency: string
  /** `police.missingEpisodes.foundAt`. */
  readonly as: string
  readonly eventAt: string | null
}

/** Somebody or something that records name, once however many do. */
export interface Association {
  /** Of the first record that names it: it stays the same while others come. */
  readonly id: string
  readonly kind: AssociationKind
  /** A name where this reader may read one, else a pseudonym of this answer alone. */
  readonly label: string
  readonly occurrences: readonly Occurrence[]
  readonly children: readonly string[]
}

/** What records have in common. */
export interface Associations {
  readonly associations: readonly Association[]
  readonly without: readonly Without[]
}

/** One child's answers, as their reader has them. */
export interface Associated {
  readonly childId: string
  readonly ground: Ground & { readonly answers: Answers }
}

interface Named extends Occurrence {
  readonly key: string
  readonly kind: AssociationKind
  readonly value: string
  readonly place: string
  readonly isHousehold: boolean
}

/**
 * People, places, telephones and handles that records name, over holders and over the children given. Each record is
 * read under its reader's own grant; what is withheld is no value, and what is a pseudonym at one holder is compared by
 * its mark. Order follows time and never a mark: that is another in each answer.
 */
export function associations(children: readonly Associated[]): Associations {
  const nodes = new Map<string, Named[]>()
  for (const named of children.flatMap(namedIn)) nodes.set(named.key, [...(nodes.get(named.key) ?? []), named])
  const found = [...nodes.values()]
    .filter((some) => some.some(({ isHousehold }) => !isHousehold))
    .map((some): Association => {
      const inOrder = some.toSorted(byTime)
      const shown = inOrder.find(({ value }) => !isPseudonym(value)) ?? inOrder[0]
      return {
        id: inOrder[0]?.place ?? '',
        kind: inOrder[0]?.kind ?? 'PERSON',
        label: shown?.value ?? '',
        occurrences: inOrder.map(({ childId, recordId, agency, as, eventAt }) => ({
          childId,
          recordId,
          agency,
          as,
          eventAt,
        })),
        children: [...new Set(inOrder.map(({ childId }) => childId))].sort(),
      }
    })
  const without = children.flatMap(({ ground }) => completenessOf({ grounds: [associationNeeds] }, ground).without)
  return {
    associations: found.sort((one, other) => mostFirst(one, other)),
    without: [...new Map(without.map((one) => [JSON.stringify(one), one])).values()],
  }
}

/** One page, of one kind where it is asked for, and of what stands in several records alone. */
export const associationsPart = (
  { associations: all }: Associations,
  { shared, ...part }: ListPart & { readonly shared?: boolean | null },
): readonly Association[] =>
  partOf(
    shared ? all.filter(({ occurrences }) => new Set(occurrences.map(({ recordId }) => recordId)).size > 1) : all,
    part,
    {
      ids: ({ id }) => [id],
      kind: ({ kind }) => kind,
      kinds: associationKinds,
      span: ({ occurrences }) => [occurrences[0]?.eventAt ?? null, occurrences.at(-1)?.eventAt ?? null],
    },
    100,
  )

/** What one child's records name in clear, for looking whether another's name the same: a mark each, by one key. */
export const clearMarks = ({ childId, ground }: Associated, key: string): ReadonlySet<string> =>
  new Set(
    namedIn({ childId, ground })
      .filter(({ value, isHousehold }) => !isHousehold && !isPseudonym(value))
      .map(({ kind, value }) => keyOf(key, kind, value)),
  )

function namedIn({ childId, ground }: Associated): readonly Named[] {
  const { answers, contracts, grants } = ground
  return naming.flatMap(({ agency, list, field, kind, isHousehold = false }) => {
    const rows = anyRowsOf(answers, agency, list)
    const corrected = new Set(rows.flatMap((row) => textOf(row, 'provenance.supersedes') ?? []))
    return rows
      .filter(({ id }) => !corrected.has(id) && !corrected.has(id.slice(id.indexOf(':') + 1)))
      .flatMap((row) =>
        valuesOf(row, field)
          .filter((value) => kind !== 'PLACE' || !cameBack.test(value))
          .map((value, index) => ({
            childId,
            recordId: row.id,
            agency: textOf(row, 'provenance.agency') ?? contracts[agency].agency,
            as: `${agency}.${list}.${field}`,
            eventAt: textOf(row, 'eventAt', 'provenance.recordedAt'),
            key: keyOf(grants[agency].pseudonymKey, kind, value),
            kind: kindOf(kind, value),
            value,
            place: `${row.id}.${field}.${index}`,
            isHousehold,
          })),
      )
  })
}

const valuesOf = (row: AnyRow, field: string): readonly string[] =>
  (textsOf(row, field) ?? [textOf(row, field)]).flatMap((text) =>
    text === null
      ? []
      : text
          .split(';')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
  )

/** What stands in the place of a place where the child came back without being found. */
const cameBack = /^returned\b/i

const isChild = (value: string): boolean => isPseudonym(value) && value.startsWith('CHILD-')

const kindOf = (kind: AssociationKind, value: string): AssociationKind =>
  kind === 'PERSON' && isChild(value) ? 'CHILD' : kind

/**
 * What tells whether two values are one. Another child who is a pseudonym is joined with no name: whoever reads both
 * would learn which child it is.
 */
function keyOf(key: string, kind: AssociationKind, value: string): string {
  if (kind === 'PERSON' || kind === 'CHILD')
    return `${isChild(value) ? 'CHILD' : 'PERSON'} ${personMark(key, value) ?? value}`
  return `${kind} ${valueMark(key, kind, value) ?? value}`
}

const timeOf = (one: Pick<Occurrence, 'eventAt'> | undefined): number => millisecondsOf(one?.eventAt ?? null) ?? 0

const byTime = (one: Named, other: Named): number =>
  timeOf(one) - timeOf(other) || (one.place < other.place ? -1 : Number(one.place > other.place))

const mostFirst = (one: Association, other: Association): number =>
  other.children.length - one.children.length ||
  other.occurrences.length - one.occurrences.length ||
  timeOf(one.occurrences[0]) - timeOf(other.occurrences[0]) ||
  (one.id < other.id ? -1 : 1)
