import DataLoader from 'dataloader'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Grant } from '../policy/grant.ts'
import { materialise } from '../sources/addComputedFields.ts'
import { missingAnswer } from '../sources/guardedSource.ts'
import type { KindSource } from '../sources/kindSource.ts'
import { mergedRecords } from '../sources/mergedRecords.ts'
import { plainRecords } from '../sources/plainRecords.ts'
import type { Ask } from '../sources/queryRounds.ts'
import type { FieldSelection, SourceAnswer } from '../sources/source.ts'
import type { ChildPlan, Planning } from './needsPlan.ts'
import type { Answers, AuthorisedChild } from './requestContext.ts'

/** One child as it is asked about: what may be read of each agency, and what is asked of it. */
export interface Asked {
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly plan: ChildPlan
  /**
   * The answer of a kind with whom it lacks of those from whom something is expected, by what all answered; nobody
   * where nothing is said.
   */
  readonly lacking?: (answered: Answers) => Promise<(kind: AgencyName, answer: SourceAnswer) => SourceAnswer>
}

/** Asks one agency about one child. */
export type Asking = (agency: AgencyName, grant: Grant, selection: FieldSelection) => Promise<SourceAnswer>

/** One request's way to the agencies: all that it asks of one agency in one tick goes together. */
export function agencyQueriesOf(sources: Readonly<Record<AgencyName, KindSource>>): Asking {
  const loader = new DataLoader(
    async (asks: readonly (Ask & { readonly agency: AgencyName })[]) => {
      const answers = new Map<Ask, SourceAnswer>()
      await Promise.all(
        agencies.map(async (agency) => {
          const some = asks.filter((ask) => ask.agency === agency)
          if (some.length === 0) return
          const found = await sources[agency].ask(some)
          for (const [place, ask] of some.entries()) answers.set(ask, found[place] ?? missingAnswer)
        }),
      )
      return asks.map((ask) => answers.get(ask) ?? missingAnswer)
    },
    { cache: false },
  )
  return (agency, grant, selection) => loader.load({ agency, grant, selection })
}

/**
 * What agencies say of one child. An agency of which nothing is selected is not asked.
 *
 * @param onAnswer receives what each agency that was asked answered, before anything is computed from it.
 */
export async function queryAgencies(
  asking: Asking,
  { grants, plan, lacking: whomItLacks }: Asked,
  planning: Planning,
  onAnswer: (agency: AgencyName, answer: SourceAnswer) => void,
): Promise<Answers> {
  const answered = await Promise.all(
    agencies.map((agency) => {
      const { selection, paged } = plan[agency]
      const isWanted = selection.lists.size > 0 || selection.holdings
      const whole = isWanted ? asking(agency, grants[agency], selection) : nothingAsked
      return Promise.all([whole, paged ? asking(agency, grants[agency], paged.selection) : null])
    }),
  )
  const wholes: Partial<Record<AgencyName, SourceAnswer>> = {}
  for (const [place, agency] of agencies.entries()) wholes[agency] = answered[place]?.[0] ?? missingAnswer
  const lacking = (await whomItLacks?.(wholes as Answers)) ?? ((_: AgencyName, answer: SourceAnswer) => answer)
  const answers: Partial<Record<AgencyName, SourceAnswer>> = {}
  for (const [place, agency] of agencies.entries()) {
    const [whole = missingAnswer, apart = null] = answered[place] ?? []
    if (apart || whole !== nothingAsked) onAnswer(agency, apart ? together(whole, apart) : whole)
    const told = (answer: SourceAnswer, { computed }: Pick<ChildPlan[AgencyName], 'computed'>) =>
      materialise(
        answer === nothingAsked ? answer : lacking(agency, answer),
        computed,
        planning.layouts[agency],
        planning.computed[agency],
        grants[agency],
      )
    const { paged } = plan[agency]
    answers[agency] = told(whole, plan[agency])
    if (apart && paged) answers[agency] = { ...answers[agency], paged: told(apart, paged) }
  }
  // Every agency has just answered.
  return answers as Answers
}

/** What was asked whole and in pages, as one answer: for what notes which records were read. */
function together(whole: SourceAnswer, apart: SourceAnswer): SourceAnswer {
  if (whole === nothingAsked || whole.state !== 'ANSWERED') return apart
  if (apart.state !== 'ANSWERED') return whole
  const records = mergedRecords([whole, apart].map((answer) => ({ records: answer.records, apart: null })))
  return { ...whole, records }
}

/** Asks when someone first wants to know, and once. */
export function once(ask: () => Promise<Answers>): Pick<AuthorisedChild, 'answers' | 'answered'> {
  let asked: Promise<Answers> | undefined
  let answered: Answers | undefined
  const keep = (answers: Answers): Answers => {
    answered = answers
    return answers
  }
  return {
    answers: () => {
      asked ??= ask().then(keep)
      return asked
    },
    answered: () => answered,
  }
}

const nothingAsked: SourceAnswer = { state: 'ANSWERED', records: plainRecords({}), holdings: [] }
