import { completenessOf, type Reads } from '../childView/countCompleteness.ts'
import type { Without } from '../childView/whyCountIncomplete.ts'
import type { ChildAnswers } from '../disclosure/childAccess.ts'
import { Refusal } from '../foundation/errors.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import { ukDay } from '../records/dayAndAge.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { pagesOf } from './candidateChildren.ts'
import { type Asking, demandQuestion, pageOf } from './oversightQuestion.ts'
import { keyOf } from './waitingAlerts.ts'

export interface ForumArguments {
  readonly forum?: string | null
  readonly first?: number | null
  readonly after?: string | null
}

/** `ForumEntry` of `schema/oversight.graphql`. */
export interface ForumEntry {
  readonly childId: string
  readonly recordId: string
  readonly forum: string | null
  readonly listedOn: string | null
  readonly outcome: string | null
  readonly nextOn: string | null
}

/** `ForumEntries` of `schema/oversight.graphql`. */
export interface ForumEntries {
  readonly entries: readonly ForumEntry[]
  readonly without: readonly Without[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

const needs = {
  socialCare: { forumListings: ['eventAt', 'provenance.supersedes', 'forum', 'listedOn', 'outcome', 'nextOn'] },
} as const satisfies RequiredFields

const reads: Reads = { grounds: [needs] }

/** Forums that are known by name, whether or not anybody is on their list. */
const forums: readonly string[] = [
  ...['MASE', 'MACE', 'MET_HUB', 'MAKESAFE', 'COMMUNITY_GROUP', 'MARAC', 'MAPPA', 'CHANNEL'],
]

const mostEntries = 100

/**
 * Whom multi-agency forums have on their lists, by the child's id and the day: of children with whom the caller's
 * organisation works, and for a force those of its area.
 *
 * @throws Refusal BAD_INPUT for a forum that is not known: nobody would be on the list of a misspelt name.
 */
export async function forumListings(asked: ForumArguments, context: Asking): Promise<ForumEntries> {
  demandQuestion(context, 'FORUM_LISTINGS')
  const first = pageOf(asked.first, mostEntries)
  const after = placeOf(asked.after)
  const { candidates, caller, clock, registry } = context
  const las = [...registry.authorities.values()].filter(({ force }) => force === caller.force).map(({ code }) => code)
  const places: Place[] = []
  const without = new Map<string, Without>()
  await context.evaluate(
    pagesOf((last) =>
      candidates.ofOrganisationOrAreas(caller.organisation, las, caller.la, ukDay(clock.today()), last),
    ),
    needs,
    (of) => {
      const { grants } = of.child
      for (const each of completenessOf(reads, { grants, answers: of.answers, contracts: context.contracts }).without)
        without.set(keyOf(each), each)
      places.push(...entriesOf(of, asked.forum ?? null).map(({ childId, recordId }) => [childId, recordId] as const))
    },
  )
  if (asked.forum != null && !forums.includes(asked.forum) && places.length === 0)
    throw new Refusal('BAD_INPUT', { message: 'No list that you may read is of a forum of that name.' })
  const rest = places.sort(byPlace).filter((place) => after === null || byPlace(place, after) > 0)
  const page = rest.slice(0, first)
  const ids = [...new Set(page.map(([childId]) => childId))]
  const opened = ids.length === 0 ? [] : await context.readManyForNeeds(ids, needs, true)
  const given = new Map(
    opened.flatMap((of) => entriesOf(of, asked.forum ?? null).map((entry) => [entry.recordId, entry] as const)),
  )
  const last = page.at(-1)
  return {
    entries: page.flatMap(([, recordId]) => given.get(recordId) ?? []),
    without: [...without.values()],
    endCursor: last ? Buffer.from(JSON.stringify(last)).toString('base64url') : null,
    hasNextPage: rest.length > page.length,
  }
}

function entriesOf({ child, answers }: ChildAnswers, forum: string | null): readonly ForumEntry[] {
  const rows = uncorrected(rowsOf(answers as AnswersTo<typeof needs>, 'socialCare', 'forumListings'))
  return rows
    .map((row) => ({
      ...{ childId: child.id, recordId: row.id },
      forum: textOf(row, 'forum'),
      listedOn: textOf(row, 'listedOn'),
      outcome: textOf(row, 'outcome'),
      nextOn: textOf(row, 'nextOn'),
    }))
    .filter((entry) => forum === null || entry.forum === forum)
}

type Place = readonly [childId: string, recordId: string]

const byPlace = (one: Place, other: Place): number => compare(one[0], other[0]) || compare(one[1], other[1])

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

/** @throws Refusal BAD_INPUT for what is no cursor. */
function placeOf(cursor: string | null | undefined): Place | null {
  if (cursor === null || cursor === undefined) return null
  const place = parsed(cursor)
  if (place) return place
  throw new Refusal('BAD_INPUT', { message: 'The cursor is not one that this gateway gave.' })
}

const parsed = (cursor: string): Place | null => {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor.slice(0, 400), 'base64url').toString('utf8'))
    if (!Array.isArray(place) || place.length !== 2) return null
    const [childId, recordId]: unknown[] = place
    return typeof childId === 'string' && typeof recordId === 'string' ? [childId, recordId] : null
  } catch {
    return null
  }
}
