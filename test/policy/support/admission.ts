import fc from 'fast-check'
import type { AgencyName } from '../../../src/foundation/agencies.ts'
import type { Candidate, RowHead } from '../../../src/policy/admits.ts'
import type { Grant, RowsGrant } from '../../../src/policy/grant.ts'
import { bitOf, labels, maskOf } from '../../../src/policy/labels.ts'
import { placeReaches } from '../../../src/policy/placePrecision.ts'
import { agencyTypes } from '../../../src/policy/vocabulary.ts'
import { nameReaches } from '../../../src/policy/whichPersonsNamed.ts'
import type { ListLayout, SourceLayout } from '../../../src/sources/sourceLayout.ts'

/** A row as generated: into which of the chosen lists it goes, and under which of the rows of the list above. */
export interface MadeRow extends RowHead {
  readonly id: string
  readonly list: ListLayout
  /** Place among all rows; a place where no row of the list above stands is a row without one. */
  readonly under: number
}

const persons = ['one', 'two', 'three'] as const
const organisations = ['ORG-A', 'ORG-B'] as const
/** Around the dates of grants, to the microsecond: what PostgreSQL tells apart and a JavaScript date does not. */
const instants = [
  '2019-12-31T23:59:59.999999Z',
  '2026-06-15T11:59:59.999Z',
  '2026-06-15T12:00:00Z',
  '2026-06-15T12:00:00.000001Z',
  '2026-06-15T12:00:00.0005Z',
  '2026-06-15T12:00:01Z',
  '2026-11-20T23:59:59Z',
] as const
const dates = ['2026-06-15T12:00:00Z', '2026-06-15T12:00:00.000Z', '2026-11-20T23:59:59Z'] as const

/** Mostly what passes: a row that several clauses keep out shows none of them to be needed. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) })

const owners = ['EARLY_HELP', 'CHILDRENS_SOCIAL_CARE', 'HEALTH_GP', 'POLICE', 'HOUSING', 'CHILDRENS_HOME', 'NOBODY']

/** Few labels, so that rows and grants meet in the same ones; one that nobody knows, and one that is not there. */
const rowLabels = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.subarray(['SOCIAL_CARE', 'DOMESTIC_ABUSE', 'ADDRESS_PROTECTED'], { maxLength: 2 }) },
  { weight: 2, arbitrary: fc.constant(['ADDRESS_PROTECTED']) },
  { weight: 1, arbitrary: fc.constantFrom(null, ['OF_TOMORROW'], [null], ['SOCIAL_CARE', null]) },
)

const rowOf = (lists: readonly ListLayout[]) =>
  fc.record({
    list: fc.constantFrom(...lists),
    under: fc.nat(40),
    person: mostly<string | null>(...persons, null),
    recordedAt: mostly<string | null>('2019-12-31T23:59:59.999999Z', ...instants, null),
    labels: rowLabels,
    handling: mostly<string | null>('NONE', 'NCND', 'CONDITIONS', null),
    relevance: mostly<string | null>('RELEVANT', 'NOT_RELEVANT', 'UNDECIDED', null),
    organisation: mostly<string | null>(...organisations, null),
    owner: fc.constantFrom(null, ...owners),
    named: fc.array(fc.constantFrom(null, 'Children in care', 'HOME_PSYCHOLOGIST', 'SARC', 'PROBATION'), {
      minLength: 4,
      maxLength: 4,
    }),
  })

const everyLabel = maskOf(labels)
const someMask = fc.subarray([...labels]).map(maskOf)
const mostLabels = fc.oneof(
  { weight: 3, arbitrary: fc.constant(everyLabel) },
  { weight: 3, arbitrary: fc.subarray([...labels], { maxLength: 5 }).map((few) => everyLabel & ~maskOf(few)) },
  { weight: 1, arbitrary: someMask },
  { weight: 1, arbitrary: fc.constant(0) },
)

/** One part of a grant: for rows of the caller's own organisation, or for those of others. */
const partOf = (rows: number, isLabel: number): fc.Arbitrary<RowsGrant> =>
  fc
    .record({
      wide: mostLabels,
      narrow: fc.oneof(mostLabels, fc.constant(~isLabel)),
      redactsPlaces: fc.boolean(),
      held: fc.subarray(Array.from({ length: rows }, (_, place) => place)),
      holds: fc.boolean(),
      places: fc.constantFrom(...placeReaches),
      names: fc.constantFrom(...nameReaches),
      gates: fc.record({
        ncnd: fc.boolean(),
        conditions: fc.boolean(),
        undecided: fc.boolean(),
        notRelevant: fc.boolean(),
      }),
    })
    .map(({ wide, narrow, redactsPlaces, held, holds, gates, places, names }) => {
      const redact = redactsPlaces ? bitOf('ADDRESS_PROTECTED') : 0
      return {
        headline: wide,
        content: wide & narrow & ~redact,
        redact,
        rows: gates,
        places,
        names,
        heldRecords: (holds ? held : held.slice(0, 1)).map(String),
      }
    })

/**
 * Grants as the policy compiles them (content is within headline, nothing redacted is in content), and over every gate.
 */
const grantOf = (agency: AgencyName, rows: number, isLabel: number) =>
  fc
    .record({
      others: partOf(rows, isLabel),
      own: fc.option(partOf(rows, isLabel), { freq: 3 }),
      persons: fc.subarray([...persons]),
      organisation: fc.constantFrom(...organisations),
      callerType: fc.constantFrom(...agencyTypes),
      asOf: fc.constantFrom(...dates),
    })
    .map(
      ({ others, persons: known, ...rest }) =>
        ({
          ...rest,
          ...others,
          agency,
          childId: 'C',
          persons: known.length === 0 ? [persons[0]] : known,
          withheld: [],
          keeper: null,
          pseudonymKey: 'key-of-a-test',
        }) satisfies Grant,
    )

export interface Made {
  readonly layout: SourceLayout
  readonly rows: readonly MadeRow[]
  readonly grants: readonly Grant[]
}

/** Rows of some lists of one agency, each list with the one that it stands under, and grants over them. */
export const madeFor = (layout: SourceLayout, agency: AgencyName): fc.Arbitrary<Made> =>
  fc
    .oneof(
      fc.subarray([...layout.lists.values()], { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...rareOf(layout, ({ contract, saysArea }) => contract.parent !== undefined || saysArea)),
      fc.constantFrom(...rareOf(layout, ({ owner }) => owner !== null)),
      fc.constantFrom(...rareOf(layout, ({ owner }) => owner !== null)),
      fc.constantFrom(...rareOf(layout, ({ naming }) => naming.length > 1)),
    )
    .map((chosen) => withParents(layout, chosen))
    .chain((lists) => {
      const bit = lists[0]?.type.bit ?? 0
      return fc.record({
        layout: fc.constant(layout),
        rows: fc
          .array(rowOf(lists), { minLength: 8, maxLength: 40 })
          .map((rows) => rows.map((row, place) => ({ ...row, id: String(place) }))),
        grants: fc.array(grantOf(agency, 10, bit), { minLength: 3, maxLength: 3 }),
      })
    })
    .map((made) => Object.assign(made, { [fc.toStringMethod]: () => textOf(made) }))

/** What a counterexample prints: lists by their names, and not all that is said of each. */
const textOf = ({ rows, grants }: Made): string =>
  JSON.stringify({ rows: rows.map((row) => ({ ...row, list: row.list.list })), grants })

/** Few of an agency's lists stand under another, name an owner or say an area: clauses of their own hang on these. */
const rareOf = (layout: SourceLayout, isRare: (list: ListLayout) => boolean): ListLayout[][] => {
  const every = [...layout.lists.values()]
  const rare = every.filter(isRare)
  return (rare.length > 0 ? rare : every).map((list) => [list])
}

const withParents = (layout: SourceLayout, chosen: readonly ListLayout[]): readonly ListLayout[] => [
  ...new Set(chosen.flatMap((list) => [list, layout.lists.get(list.contract.parent?.list ?? '') ?? list])),
]

/** What a row says where its list names a service, its own last; whose own it is, every row says. */
export const namedIn = ({ list, named }: MadeRow): readonly (string | null)[] =>
  list.naming.map((column, place) => named[place] ?? (column === list.common.service ? 'HEALTH' : null))

/** The row as `admits` is asked about it. */
export function candidateOf(row: MadeRow, { layout, rows }: Made): Candidate {
  const above = parentIn(row, { layout, rows })
  return {
    list: row.list,
    head: {
      ...row,
      owner: row.list.owner === null ? null : row.owner,
      named: namedIn(row),
    },
    parent: above === null ? null : above === 'MISSING' ? 'MISSING' : candidateOf(above, { layout, rows, grants: [] }),
  }
}

/** The row of the list above that a row stands under. */
export function parentIn(row: MadeRow, { layout, rows }: Omit<Made, 'grants'>): MadeRow | 'MISSING' | null {
  const above = layout.lists.get(row.list.contract.parent?.list ?? '')
  if (!above) return null
  const among = rows.filter(({ list }) => list === above)
  return among[row.under % (among.length + 1)] ?? 'MISSING'
}
