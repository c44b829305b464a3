import type { Selects } from '../disclosure/requestContext.ts'
import { type AgencyName, agencies, eachAgency, leadAgency } from '../foundation/agencies.ts'
import { dayLength, londonInstant } from '../foundation/london.ts'
import { madeOnce } from '../foundation/madeOnce.ts'
import type { Grant } from '../policy/grant.ts'
import { type Answers, anyRowsOf, type Contracts, unavailableOf } from '../records/agencyAnswers.ts'
import { textOf } from '../records/currentRows.ts'
import { type RequiredFields, requiredByContracts } from '../records/requiredFields.ts'
import { type AnyRow, type CommonField, provenanceFields } from '../sources/commonRowFields.ts'
import type { Row, SourceContract, Value } from '../sources/contract.ts'
import { memoOnAnswer } from '../sources/memoOnAnswer.ts'
import { comparePositions, type TimePage } from '../sources/timePage.ts'
import { cursorOf, positionOf } from './chronologyCursor.ts'
import { type ChronologyEvent, comparePlaced, Event, Placed, positionIn } from './chronologyEvent.ts'
import { type Count, completenessOf, countOf, existenceOf, type Reads } from './countCompleteness.ts'
import { firstOf } from './listBounds.ts'
import { type NarratedList, narratedLists } from './narratedLists.ts'
import { serviceOf } from './provenance.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What places a record, and says whose it is. */
const placingFields = [
  'eventAt',
  'provenance.recordedAt',
  'provenance.agency',
] as const satisfies readonly CommonField[]

/** What the chronology rests on: whatever the contracts' rules tell from, and of the rest what is asked for. */
export const chronologyNeeds = (contracts: Contracts, selects: Selects): RequiredFields => {
  const asked = [
    ...placingFields,
    ...(selects('events.provenance') ? provenanceFields : []),
    ...(selects('events.sensitivity') || selects('events.withheld') ? ['sensitivity'] : []),
  ]
  const needs: Record<string, Record<string, readonly string[]>> = {}
  for (const { agency, list, rule } of narratedLists(contracts)) {
    const lists = needs[agency] ?? {}
    lists[list] = [...new Set([...asked, ...rule.fields])]
    needs[agency] = lists
  }
  return requiredByContracts(needs)
}

/** Which part of the chronology is asked for. */
export interface ChronologyArguments {
  /** Values of the `Agency` enum: a whole agency, or one service. */
  readonly agencies?: readonly string[] | null
  readonly from?: string | null
  readonly to?: string | null
  readonly first?: number | null
  readonly after?: string | null
}

/**
 * The stretch of time that is asked for. A source that reads so little reads no more; the others' records are cut here.
 */
export function chronologyPage({ agencies: services = null, after, first, from, to }: ChronologyArguments): TimePage {
  const days: Bounds = [
    from ? (londonInstant(from, '00:00') ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY,
    to ? (londonInstant(dayAfter(to), '00:00') ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
  ]
  return {
    key: JSON.stringify([services, from, to, first, after]),
    from: days[0],
    before: days[1],
    after: after ? positionOf(after) : null,
    services,
    first: firstOf(first, 50),
  }
}

/** From the first to before the last, as instants: days are London's. */
type Bounds = readonly [from: number, before: number]

const dayAfter = (day: string): string => new Date(Date.parse(day) + dayLength).toISOString().slice(0, 10)

/** What the gateway itself keeps of a child, as it is told to one caller: what agencies said to each other. */
export interface GatewayLine {
  readonly id: string
  readonly at: string
  readonly agency: string
  readonly organisation: string
  readonly la: string | null
  readonly force: string | null
  readonly recordedBy: string
  readonly headline: string
  readonly action: string | null
}

/** A page of the chronology. */
export interface ChronologyPage {
  /** Null, as are the events, where none may be read. */
  readonly total: number | null
  readonly count: Count
  readonly events: readonly ChronologyEvent[] | null
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
  readonly unavailable: readonly string[]
}

/**
 * Events of every agency in one order. Only rows that this caller may read are placed, counted and paged, so that
 * neither the total nor a cursor nor the end of a page tells of any other.
 */
export function chronology(
  answers: Answers,
  grants: Readonly<Record<AgencyName, Grant>>,
  contracts: Contracts,
  asked: ChronologyArguments,
  lines: readonly GatewayLine[] = [],
): ChronologyPage {
  const asking = chronologyPage(asked)
  const { after, first } = asking
  const matching = within(withLines(placedOf(answers, contracts), lines), asking).filter((placed) =>
    isSelected(placed, asked.agencies, contracts),
  )
  const rest = after ? matching.filter((placed) => comparePositions(positionIn(placed), after) > 0) : matching
  const page = rest.slice(0, first)
  const last = page.at(-1)
  const total = totalOf(answers, asking, matching)
  const count = countOf(
    total,
    completenessOf(readsOf(asked, contracts), {
      grants,
      contracts,
      answers: eachAgency((agency) => heardOf(answers[agency])),
    }),
  )
  // What agencies said to each other may be read where no record may.
  const isTold = count.value !== null || matching.length > 0
  return {
    total: isTold ? total : null,
    count,
    events: !isTold
      ? null
      : page.map((placed) => new Event(placed, grants[placed.narrated.agency], contractOf(placed, contracts))),
    pageInfo: { endCursor: last ? cursorOf(positionIn(last)) : null, hasNextPage: rest.length > page.length },
    unavailable: unavailableOf(answers, contracts, agencies),
  }
}

/** How whole what an agency answered is, where it was asked for some lists whole and for others in pages. */
const heardOf = ({ state, gaps = [], paged }: Answers[AgencyName]): Ground['answers'][AgencyName] =>
  paged
    ? { state: state === 'ANSWERED' ? paged.state : state, gaps: [...gaps, ...(paged.gaps ?? [])] }
    : { state, gaps }

/** Those that are here, and those of lists of which a source gave a page and counted the rest. */
function totalOf(answers: Answers, { key }: TimePage, matching: readonly Placed[]): number {
  let total = matching.length
  for (const agency of agencies) {
    const { paged } = answers[agency]
    const counted = paged?.state === 'ANSWERED' ? paged.matching?.get(key) : undefined
    if (paged?.state !== 'ANSWERED' || counted === undefined) continue
    const lists = new Set(paged.records.lists)
    total += counted - matching.filter(({ narrated }) => narrated.agency === agency && lists.has(narrated.list)).length
  }
  return total
}

/** Lists of the agencies that are asked for; of a service within one, all of that are its ground. */
function readsOf({ agencies: asked }: ChronologyArguments, contracts: Contracts): Reads {
  const isNamed = (agency: AgencyName) => asked?.includes(contracts[agency].agency) === true
  const named = [...new Set(narratedLists(contracts).map(({ agency }) => agency))].filter(isNamed)
  return existenceOfNamed(contracts)(named)
}

/** Lists of some agencies, or of all where none is named: worked out once for each choice, of which there are few. */
const existenceOfNamed = madeOnce((contracts: Contracts) => {
  const known = new Map<string, Reads>()
  return (named: readonly AgencyName[]): Reads => {
    const found = known.get(named.join(' '))
    if (found) return found
    const lists = narratedLists(contracts)
    const made = existenceOfLists(named.length > 0 ? lists.filter(({ agency }) => named.includes(agency)) : lists)
    known.set(named.join(' '), made)
    return made
  }
})

function existenceOfLists(lists: readonly NarratedList[]): Reads {
  const needs: Partial<Record<AgencyName, Record<string, readonly string[]>>> = {}
  for (const { agency, list } of lists) needs[agency] = { ...needs[agency], [list]: [] }
  return existenceOf(requiredByContracts(needs))
}

/** With what the gateway keeps, where it stands in time. */
const withLines = (placed: readonly Placed[], lines: readonly GatewayLine[]): readonly Placed[] =>
  lines.length === 0
    ? placed
    : [...placed, ...lines.map((line) => new Placed(exchanged, rowOfLine(line)))].sort(comparePlaced)

/**
 * How a line of the gateway's own is told: as it was given. It stands under no label, since its parties alone are given
 * it.
 */
const exchanged: NarratedList = {
  agency: leadAgency,
  list: 'messages',
  rule: {
    fields: [],
    tell: (row) => ({ headline: String(row['headline'] ?? ''), action: textOf(row, 'action') }),
  },
  Narratable: class {
    readonly id: string
    readonly person: string
    readonly [field: string]: Value

    constructor(row: Row) {
      this.id = row.id
      this.person = row.person
      Object.assign(this, row)
    }
  },
}

const rowOfLine = ({ action, agency, at, force, headline, id, la, organisation, recordedBy }: GatewayLine): AnyRow => ({
  ...{ id, person: '', eventAt: at, sensitivity: [], headline, action },
  ...{ 'provenance.agency': agency, 'provenance.la': la, 'provenance.force': force },
  ...{ 'provenance.organisation': organisation, 'provenance.recordedBy': recordedBy, 'provenance.recordedAt': at },
  ...{ 'provenance.evidence': 'FACT', 'provenance.supersedes': null },
})

/** Whose record it is; what agencies said to each other is kept by the gateway. */
const contractOf = ({ narrated }: Placed, contracts: Contracts): SourceContract =>
  narrated === exchanged ? { ...contracts[leadAgency], system: 'Wholeview' } : contracts[narrated.agency]

const placing = Symbol('placing')

/** One answer is asked for in parts, under several aliases say: its records are placed once. */
const placedOf = (answers: Answers, contracts: Contracts): readonly Placed[] =>
  memoOnAnswer(answers, placing, () => {
    const placed: Placed[] = []
    for (const narrated of narratedLists(contracts))
      for (const row of anyRowsOf(answers, narrated.agency, narrated.list)) placed.push(new Placed(narrated, row))
    return placed.sort(comparePlaced)
  })

/** Of those in order of time. */
const within = (placed: readonly Placed[], { from, before }: TimePage): readonly Placed[] =>
  placed.slice(firstAt(placed, from), firstAt(placed, before))

/** Place of the first that is not before a moment. */
function firstAt(placed: readonly Placed[], moment: number): number {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((placed[middle]?.at ?? 0) < moment) low = middle + 1
    else high = middle
  }
  return low
}

function isSelected(
  { narrated, row }: Placed,
  selected: ChronologyArguments['agencies'],
  contracts: Contracts,
): boolean {
  if (!selected) return true
  const contract = contracts[narrated.agency]
  return selected.includes(contract.agency) || selected.includes(serviceOf(row, contract))
}
