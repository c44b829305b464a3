import DataLoader from 'dataloader'
import { type AgencyName, agencies } from './agencies.ts'
import type { Answers } from './context.ts'
import type { ChildPlan, Planning } from './plan.ts'
import type { Grant } from './policy/grant.ts'
import type { GuardedSource } from './sources/guard.ts'
import { materialise } from './sources/materialise.ts'
import { type SourceAnswer, type Want, wantKey } from './sources/source.ts'

interface Ask {
  readonly grant: Grant
  readonly want: Want
}

/** Asks one agency about one child. What is asked in one tick goes together. */
export type AskAgency = (grant: Grant, want: Want) => Promise<SourceAnswer>

/** One request's way to one agency: one round trip for all asks of a tick that want the same, whatever the number of children. */
export function askingOf(source: GuardedSource, authorization: string): AskAgency {
  const loader = new DataLoader((asks: readonly Ask[]) => answersOf(source, asks, authorization), { cache: false })
  return (grant, want) => loader.load({ grant, want })
}

/** One child as it is asked about: what may be read of each agency, and what is wanted of it. */
export interface Asked {
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly plan: ChildPlan
  /** ISO 8601. */
  readonly asOf: string
}

/**
 * What agencies say of one child. An agency of which nothing is wanted is not asked.
 *
 * @param onAnswer is told what each agency that was asked answered, before anything is computed from it.
 */
export async function askAll(
  ask: Readonly<Record<AgencyName, AskAgency>>,
  { grants, plan, asOf }: Asked,
  planning: Planning,
  onAnswer: (agency: AgencyName, answer: SourceAnswer) => void,
): Promise<Answers> {
  const answered = await Promise.all(
    agencies.map(async (agency) => {
      const { want, computed } = plan[agency]
      if (want.lists.size === 0 && !want.holdings) return [agency, nothingAsked] as const
      const answer = await ask[agency](grants[agency], want)
      onAnswer(agency, answer)
      return [agency, materialise(answer, computed, planning.layouts[agency], planning.computed[agency], asOf)] as const
    }),
  )
  // Every agency has just answered.
  return Object.fromEntries(answered) as Answers
}

const nothingAsked: SourceAnswer = { state: 'ANSWERED', lists: {}, holdings: [] }

async function answersOf(
  source: GuardedSource,
  asks: readonly Ask[],
  authorization: string,
): Promise<readonly SourceAnswer[]> {
  const answers = new Map<Ask, SourceAnswer>()
  await Promise.all(
    [...alike(asks).values()].flatMap(byChildOnce).map(async (round) => {
      const want = round[0]?.want
      if (!want) return
      const found = await source.fetch(
        round.map(({ grant }) => grant),
        want,
        authorization,
      )
      for (const ask of round) answers.set(ask, found.get(ask.grant.childId) ?? missingAnswer)
    }),
  )
  return asks.map((ask) => answers.get(ask) ?? missingAnswer)
}

/** Asks by what they want. */
function alike(asks: readonly Ask[]): ReadonlyMap<string, Ask[]> {
  const groups = new Map<string, Ask[]>()
  for (const ask of asks) {
    const key = wantKey(ask.want)
    const group = groups.get(key)
    if (group) group.push(ask)
    else groups.set(key, [ask])
  }
  return groups
}

/** A source answers by child, so two asks about one child (at two dates, say) go in separate rounds. */
function byChildOnce(asks: readonly Ask[]): Ask[][] {
  const rounds: Map<string, Ask>[] = []
  for (const ask of asks) {
    const free = rounds.find((round) => !round.has(ask.grant.childId))
    if (free) free.set(ask.grant.childId, ask)
    else rounds.push(new Map([[ask.grant.childId, ask]]))
  }
  return rounds.map((round) => [...round.values()])
}

const missingAnswer: SourceAnswer = { state: 'UNAVAILABLE', detail: 'the source did not answer for this child' }
