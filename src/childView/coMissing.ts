import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { textsOf } from '../records/textList.ts'
import { type Count, completenessOf, countOf, listed, type Reads } from './countCompleteness.ts'
import { dayIn, type ListPart, partOf, type Reading, selected } from './listFilter.ts'
import { missingNeeds, missingReads } from './missingEpisodeFields.ts'
import { type DatedEpisode, isDated, type MissingEpisode, type MissingPattern } from './missingEpisodes.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** Which other children were missing at the same time rests on episodes, on where each lived, and on who is named. */
export const coMissingNeeds = mergeNeeds(missingNeeds, {
  police: { missingEpisodes: ['missingWith'] },
  socialCare: {
    missing: ['missingWith'],
    addresses: ['eventAt', 'provenance.supersedes', 'display', 'postcode', 'from', 'to'],
    placements: ['eventAt', 'provenance.supersedes', 'provider', 'ofstedUrn', 'from', 'to'],
  },
} as const satisfies RequiredFields)

type Answered = AnswersTo<typeof coMissingNeeds>

const reads = {
  grounds: [
    missingReads.total.grounds[0],
    { police: { missingEpisodes: ['missingWith'] }, socialCare: { missing: ['missingWith'] } },
  ],
} as const satisfies Reads

/** How far apart children who go together may be said to have gone, in milliseconds. */
const together = 60 * 60_000

/** Another child, with their episodes and where they lived. */
export interface OtherMissing {
  readonly childId: string
  readonly answers: Answered
  readonly missing: MissingPattern
}

/** One episode during which another child was missing too. */
export interface CoMissingEpisode {
  readonly id: string
  readonly from: string
  readonly to: string | null
  /** Pseudonyms, or names where the reader's own organisation holds the record. */
  readonly named: readonly string[]
  /** Children of the same address whom the reader may know of by themselves. */
  readonly children: readonly string[]
  readonly contact: string | null
}

/** Episodes shared with other children. */
export interface CoMissing {
  readonly total: Count
  readonly episodes: readonly CoMissingEpisode[] | null
}

/**
 * Episodes during which a child of the same address was missing too, or that a record says were together. Another child
 * is a pseudonym unless the reader may know of that child by themselves; then the id alone is given.
 */
export function coMissing(
  own: OtherMissing,
  others: readonly OtherMissing[],
  { grants, contracts }: Omit<Ground, 'answers'>,
  part: ListPart,
): CoMissing {
  const completeness = completenessOf(reads, { grants, contracts, answers: own.answers })
  const namedBy = namesIn(own.answers)
  const all = (own.missing.episodes ?? []).filter(isDated).flatMap((episode): readonly CoMissingEpisode[] => {
    const named = [...new Set(episode.records.flatMap((record) => namedBy.get(record) ?? []))]
    const children = others
      .filter((other) =>
        (other.missing.episodes ?? []).filter(isDated).some((each) => isShared(own, episode, other, each)),
      )
      .map(({ childId }) => childId)
    if (named.length === 0 && children.length === 0) return []
    return [
      {
        id: episode.records[0] ?? '',
        from: episode.from,
        to: episode.to,
        named,
        children: [...new Set(children)].sort(),
        contact: contracts.police.contact ?? null,
      },
    ]
  })
  const reading: Reading<CoMissingEpisode> = { ids: ({ id }) => [id], span: ({ from, to }) => [from, to] }
  const found = selected(all, part, reading).length
  return {
    total: countOf(found, completeness),
    episodes: listed(partOf(all, part, reading, 100), completeness, found),
  }
}

const isShared = (own: OtherMissing, one: DatedEpisode, other: OtherMissing, each: DatedEpisode): boolean => {
  const apart = Math.abs(Date.parse(one.from) - Date.parse(each.from))
  const overlap = Date.parse(one.from) <= endOf(each) && Date.parse(each.from) <= endOf(one)
  if (apart > together || !overlap) return false
  const homes = homesOn(own.answers, dayIn(one.from))
  return homesOn(other.answers, dayIn(each.from)).some((home) => homes.includes(home))
}

const endOf = ({ to }: MissingEpisode): number => millisecondsOf(to) ?? Number.POSITIVE_INFINITY

/** What tells one home from another on a day: its registration, else its name, and its address. */
function homesOn(answers: Answered, day: string | null): readonly string[] {
  if (day === null) return []
  const isOpen = (row: { readonly from?: unknown; readonly to?: unknown; readonly eventAt?: unknown }) =>
    openOn(day, textOf(row, 'from', 'eventAt'), textOf(row, 'to'))
  const placed = uncorrected(rowsOf(answers, 'socialCare', 'placements'))
    .filter(isOpen)
    .flatMap((row) => textOf(row, 'ofstedUrn', 'provider') ?? [])
  const lived = uncorrected(rowsOf(answers, 'socialCare', 'addresses'))
    .filter(isOpen)
    .flatMap((row) => {
      const display = textOf(row, 'display')
      const postcode = textOf(row, 'postcode')
      return display === null ? [] : [plain(`${display} ${postcode ?? ''}`)]
    })
  return [...placed.map(plain), ...lived]
}

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Other children whom records of an episode name, by record. */
const namesIn = (answers: Answered): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [
      ...uncorrected(rowsOf(answers, 'police', 'missingEpisodes')),
      ...uncorrected(rowsOf(answers, 'socialCare', 'missing')),
    ].flatMap((row) => {
      const named = textsOf(row as { missingWith?: unknown }, 'missingWith') ?? []
      return named.length === 0 ? [] : [[row.id, named] as const]
    }),
  )
