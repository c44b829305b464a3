import { createHash } from 'node:crypto'
import { type CountCompleteness, completenessOf, type Reads } from '../childView/countCompleteness.ts'
import type { Without } from '../childView/whyCountIncomplete.ts'
import type { ChildAnswers } from '../disclosure/childAccess.ts'
import { caseStatusFrom, caseStatusLists, caseStatusNeeds } from '../facts/caseStatus.ts'
import { keptToElse } from '../facts/tokenScope.ts'
import { Refusal } from '../foundation/errors.ts'
import { areasOf } from '../policy/problemProfileAreas.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { readingsOf } from '../sources/recordSet.ts'
import { pagesOf } from './candidateChildren.ts'
import { type Asking, demandQuestion, ownAuthority } from './oversightQuestion.ts'
import { latestQuarter, type Quarter, quartersOf, settledAt } from './quarter.ts'
import { hiddenInPeriod, type Runs, type Table } from './suppression.ts'
import { type Theme, verdictsOf } from './theme.ts'
import { profileThemes } from './themes.ts'
import type { CountedQuarter, Told, ToldProfiles } from './toldProfiles.ts'
import { keyOf } from './waitingAlerts.ts'

export interface ProfileArguments {
  readonly la: string
  readonly theme: string
  readonly period?: { readonly from: string; readonly to?: string | null } | null
}

interface Cell {
  /** Null where it is kept back. */
  readonly children: number | null
  readonly suppressed: boolean
}

/** A profile, as it is kept once it is told. */
interface Profile extends Cell {
  readonly la: string
  readonly theme: string
  readonly from: string
  readonly to: string
  readonly settledAt: string
  readonly byArea: readonly (Cell & { readonly area: string })[]
  readonly completeness: CountCompleteness
  readonly without: readonly Without[]
}

/** With the digest that stands in the entry of whoever asked first, and in that of everybody after. */
type KeptProfile = Profile & { readonly digest: string }

/** `ProblemProfile` of `schema/oversight.graphql`. */
export interface ProblemProfile extends Profile {
  readonly firstToldAt: string | null
  readonly changedSinceTold: boolean
}

/** What a profile needs of a request. */
export type ProfileAsking = Asking & { readonly toldProfiles: ToldProfiles }

/** What says who answers for a child, and where it lives. */
const statusReads: Reads = {
  grounds: [
    { socialCare: { plans: ['level'], legalStatuses: ['code'], referrals: [], placements: [], addresses: [] } },
  ],
}

/** Where it may not be told, or is not recorded, where the child lives. */
const unknownArea = 'NOT_KNOWN'

/**
 * How many children of an authority something is so of, by the area where they live, each of them once, also those
 * whom it placed elsewhere. Counted under the caller's own grants, page by page: nothing of a child outlives its page,
 * and nobody is named. The entry holds a digest of who was counted. What was told once is told the same ever after.
 */
export async function problemProfile(asked: ProfileArguments, context: ProfileAsking): Promise<ProblemProfile> {
  demandQuestion(context, 'PROBLEM_PROFILE')
  const la = ownAuthority(context, asked.la)
  // What is told of all is not told under a token for one, nor taken from what one token opens.
  if (context.caller.scope) throw keptToElse()
  const theme = profileThemes.find(({ name }) => name === asked.theme)
  if (!theme) throw new Refusal('BAD_INPUT')
  const today = context.clock.today()
  const from = asked.period?.from ?? latestQuarter(today)
  const quarters = quartersOf(from, asked.period?.to ?? from, today)
  const to = quarters.at(-1)?.name ?? from
  const { caller, toldProfiles } = context
  const key = { la, theme: theme.name, reader: `${caller.organisation} ${caller.role}`, from, to }
  const before = await toldProfiles.of<KeptProfile>(key)
  if (before) {
    context.note(`PROBLEM_PROFILE ${before.profile.digest}`)
    return toldAgain(before)
  }
  const counting = await counted({ la, theme, quarters }, context)
  context.note(`PROBLEM_PROFILE ${counting.digest}`)
  const profile = profileOf({ la, theme, quarters }, counting)
  const isUntold = profile.completeness === 'WITHHELD' || profile.completeness === 'UNAVAILABLE'
  if (isUntold) return { ...profile, firstToldAt: null, changedSinceTold: false }
  const kept = await toldProfiles.keep<KeptProfile>(
    key,
    counting.inQuarters,
    { ...profile, digest: counting.digest },
    context.clock.now(),
  )
  if (kept) return toldAgain(kept)
  const keptBack = { children: null, suppressed: true }
  return {
    ...{ ...profile, ...keptBack, byArea: profile.byArea.map(({ area }) => ({ area, ...keptBack })) },
    ...{ firstToldAt: null, changedSinceTold: true },
  }
}

const toldAgain = ({ profile: { digest: _, ...profile }, at }: Told<KeptProfile>): ProblemProfile => ({
  ...{ ...profile, firstToldAt: at, changedSinceTold: false },
})

function profileOf({ la, theme, quarters }: Counting, { runs, without, isTold }: Counted): Profile {
  // Without a holder that is away today fewer are counted than tomorrow, and the two would tell who is in its records.
  const isAway = without.some(({ state }) => state === 'UNAVAILABLE')
  const whole = runs(0, quarters.length - 1)
  const hidden = hiddenInPeriod(quarters.length - 1, runs)
  const [first, last] = [quarters[0], quarters.at(-1)]
  const cell = (children: number, isHidden: boolean): Cell =>
    isTold && !isAway
      ? { children: isHidden ? null : children, suppressed: isHidden }
      : { children: null, suppressed: false }
  return {
    ...{ la, theme: theme.name, from: first?.name ?? '', to: last?.name ?? '', settledAt: last ? settledAt(last) : '' },
    ...cell(whole.total, hidden.total),
    byArea: [...whole.areas].map(([area, children]) => ({ area, ...cell(children, hidden.areas.has(area)) })),
    completeness: isAway ? 'UNAVAILABLE' : !isTold ? 'WITHHELD' : without.length === 0 ? 'WHOLE' : 'AT_LEAST',
    without,
  }
}

interface Counting {
  readonly la: string
  readonly theme: Theme
  readonly quarters: readonly Quarter[]
}

interface Counted {
  /** Each child of a run of quarters once, where it lived in the last of them in which it was counted. */
  readonly runs: Runs
  readonly without: readonly Without[]
  readonly digest: string
  /** Of each quarter a digest of who was counted, and where. */
  readonly inQuarters: readonly CountedQuarter[]
  /** Whether of any child at all it could be read who answers for it: else nought would be a guess. */
  readonly isTold: boolean
}

async function counted({ la, theme, quarters }: Counting, context: Asking): Promise<Counted> {
  const areas = areasOf(context.pack, context.registry)
  const tallies = quarters.map((_, from) => quarters.map((__, to) => (to < from ? null : new Tally(areas.names))))
  const without = new Map<string, Without>()
  const digest = createHash('sha256')
  const ofQuarters = quarters.map(({ name }) => ({ name, digest: createHash('sha256') }))
  let looked = 0
  let read = 0
  const needs = mergeNeeds(theme.rule.needs, { socialCare: caseStatusNeeds })
  for await (const page of pagesOf((after) => context.candidates.ofAuthority(la, after))) {
    const found = new Map<string, (string | null)[]>()
    for (const [at, quarter] of quarters.entries())
      await context.evaluate(
        once(page),
        needs,
        (of) => {
          const { grants } = of.child
          const standing = completenessOf(statusReads, { grants, answers: of.answers, contracts: context.contracts })
          looked += 1
          for (const each of standing.without) without.set(keyOf(each), each)
          if (standing.completeness !== 'WHOLE' && standing.completeness !== 'AT_LEAST') return
          read += 1
          const status = statusOf(of, quarter)
          if (status?.responsibleLa !== la) return
          const verdict = verdictsOf([theme], of, context).get(theme)
          for (const each of verdict?.without ?? []) without.set(keyOf(each), each)
          if (!verdict?.records.some(({ eventAt }) => fallsIn(eventAt, quarter))) return
          const area = areas.nameOf(status.areaLa) ?? unknownArea
          const known = found.get(of.child.id) ?? quarters.map(() => null)
          known[at] = area
          found.set(of.child.id, known)
        },
        // A profile is kept for all of a role: one who is barred from a child neither moves it nor learns by it.
        { asOf: settledAt(quarter), withBarred: true },
      )
    for (const id of [...found.keys()].sort()) {
      digest.update(`${id}\n`)
      for (const [at, each] of ofQuarters.entries()) {
        const area = found.get(id)?.[at] ?? null
        if (area !== null) each.digest.update(`${id} ${area}\n`)
      }
    }
    for (const inQuarters of found.values())
      for (const [from, row] of tallies.entries())
        for (const [to, tally] of row.entries()) {
          tally?.add(inQuarters.slice(from, to + 1).filter((area) => area !== null))
        }
  }
  return {
    runs: (from, to) => tallies[from]?.[to] ?? new Tally(areas.names),
    without: [...without.values()],
    digest: digest.digest('hex'),
    inQuarters: ofQuarters.map((each) => ({ quarter: each.name, counted: each.digest.digest('hex') })),
    isTold: read > 0 || looked === 0,
  }
}

async function* once(page: readonly string[]): AsyncIterable<readonly string[]> {
  yield page
}

/** How the case stood when the quarter was settled, as this caller may read it; null while social care is away. */
function statusOf({ answers: { socialCare } }: ChildAnswers, quarter: Quarter) {
  if (socialCare.state !== 'ANSWERED') return null
  return caseStatusFrom(readingsOf(socialCare.records, caseStatusLists), settledAt(quarter))
}

function fallsIn(eventAt: string | null, { from, to }: Quarter): boolean {
  const at = eventAt !== null && eventAt.length > 10 ? millisecondsOf(eventAt) : null
  const day = at === null ? eventAt : ukDay(new Date(at))
  return day !== null && day >= from && day < to
}

/** Numbers alone: of a child who was counted nothing is kept. */
class Tally implements Table {
  total = 0
  readonly areas: Map<string, number>
  readonly moved = new Set<string>()

  constructor(names: readonly string[]) {
    this.areas = new Map([...names, unknownArea].map((name) => [name, 0]))
  }

  /** Counts a child once, in the last of the areas where it lived when it was counted; nobody who lived in none. */
  add(lived: readonly string[]): void {
    const area = lived.at(-1)
    if (area === undefined) return
    this.total += 1
    this.areas.set(area, (this.areas.get(area) ?? 0) + 1)
    if (lived.some((each) => each !== area)) for (const each of lived) this.moved.add(each)
  }
}
