import { notFound, type Page, prefix, type Reply, sealChild, type Visit } from '../pageVisit.ts'
import { actTitle } from '../words/actTitles.ts'
import { daysBetween } from '../words/dates.ts'
import { byNumberPath } from './byNumber.ts'
import { namesOf, withNames } from './childrenNames.ts'
import { noLongerBegun, stayBegun, withDrafts } from './formDraft.ts'
import { asked as askedFor, pagingOf } from './paging.ts'
import { recordedWords } from './recordEntry.ts'
import { choices } from './session.ts'

interface Duty {
  readonly id: string
  readonly childId: string
  readonly dueOn: string | null
  readonly dischargedAt: string | null
}

interface HoldDue {
  readonly id: string
  readonly childId: string
}

const dutyDraft = (id: string) => `duty ${id}`
const holdDraft = (id: string) => `hold ${id}`

const listPage = async (visit: Visit, problem?: string): Promise<Reply> => {
  const paging = pagingOf(visit, `${prefix}/duties`)
  const asked = await visit.ask<{ obligations: readonly Duty[] | null; holdsToReview: readonly HoldDue[] | null }>(
    'duties',
    { first: askedFor, after: paging.after('after'), hold: paging.after('hold') },
  )
  const { secrets, session, parts } = visit
  // Duties arise from looks, and run by the clock by which those are dated.
  const today = parts.clock.now().toISOString()
  const refOf = (childId: string) => `${prefix}/child/${sealChild(visit, { id: childId, purpose: session.purpose })}`
  const listed = paging.of('after', asked.data?.obligations, ({ id }) => id)
  const holds = paging.of('hold', asked.data?.holdsToReview, ({ id }) => id)
  const duties = (listed.rows ?? [])
    .map((duty) => ({
      ...duty,
      ref: secrets.seal('duty', duty.id),
      childHref: refOf(duty.childId),
      overdue: duty.dueOn !== null && daysBetween(today, duty.dueOn) < 0,
    }))
    .sort((one, other) => (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999'))
  const names = await namesOf(
    visit,
    [...duties, ...(holds.rows ?? [])].map(({ childId }) => childId),
  )
  const dutyRows = await withDrafts(visit, duties.map(withNames(names)), ({ id }) => dutyDraft(id))
  const holdRows = await withDrafts(visit, (holds.rows ?? []).map(withNames(names)), ({ id }) => holdDraft(id))
  return {
    view: 'duties',
    model: {
      ...{ title: 'Duties', purposes: choices(visit), here: '/duties', today, duties: dutyRows, listed },
      holds: {
        ...holds,
        rows: holdRows.map((hold) => ({
          ...hold,
          ref: secrets.seal('hold', hold.id),
          childHref: refOf(hold.childId),
        })),
      },
      refusal: asked.data?.obligations ? null : (asked.errors[0] ?? null),
      recorded: recordedWords(visit),
      byNumber: (['confirmBreakGlass', 'contributeToTransfer'] as const).map((act) => ({
        text: actTitle(act),
        href: byNumberPath(visit, act),
      })),
      errors: problem ? [{ text: problem }] : [],
    },
    ...(problem ? { status: 422 } : {}),
  }
}

/** What disclosures brought with them for this person's organisation to do, with its clock. */
export const dutyPages: readonly Page[] = [
  { method: 'GET', path: '/duties', answer: (visit) => listPage(visit) },
  {
    method: 'POST',
    path: '/duties/:duty',
    answer: async (visit) => {
      const id = visit.secrets.unseal('duty', visit.params['duty'] ?? '')
      if (id === null) return notFound
      const { reason = '' } = visit.form
      if (reason.trim() === '') return listPage(visit, 'Say how it was done, or why it cannot be.')
      await stayBegun(visit, dutyDraft(id))
      const asked = await visit.ask<{ dischargeObligation: object | null }>('dischargeObligation', { id, reason })
      if (!asked.data?.dischargeObligation) return listPage(visit, asked.errors[0]?.message ?? 'Nothing was recorded.')
      await noLongerBegun(visit, dutyDraft(id))
      return { to: `${prefix}/duties` }
    },
  },
  {
    method: 'POST',
    path: '/holds/:hold',
    answer: async (visit) => {
      const id = visit.secrets.unseal('hold', visit.params['hold'] ?? '')
      if (id === null) return notFound
      const { reason = '', reviewOn = '' } = visit.form
      await stayBegun(visit, holdDraft(id))
      if (reason.trim() === '' || reviewOn === '')
        return listPage(visit, 'Say why the hold stands, and until which day.')
      const asked = await visit.ask<{ reviewHold: object | null }>('reviewHold', { id, reviewOn, reason })
      if (!asked.data?.reviewHold) return listPage(visit, asked.errors[0]?.message ?? 'Nothing was recorded.')
      await noLongerBegun(visit, holdDraft(id))
      return { to: `${prefix}/duties` }
    },
  },
]
