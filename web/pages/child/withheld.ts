import { childAtHand, notFound, type Page, type Visit } from '../../pageVisit.ts'
import { sayPath } from '../exchange/sendMessage.ts'
import { draftFor, noLongerBegun, stayBegun } from '../formDraft.ts'
import { type Banner, childPage } from './childPage.ts'

interface Withheld {
  readonly reason: string
  readonly controller: string
  readonly requestable: boolean
  readonly categories: readonly { readonly category: string; readonly purposes: readonly string[] }[]
}

/** A holder's own decision: the one kind that another role at the holder can be asked to review. */
const holdsIn = ({ reason, controller, categories }: Withheld) =>
  reason.startsWith('W_HOLDER_') ? categories.map(({ category }) => ({ controller, category })) : []

interface Sent {
  readonly problem?: string
  readonly done?: string
}

const escalationDraft = (childId: string) => `escalation ${childId}`

const page = (visit: Visit, { problem, done }: Sent = {}) => {
  const mayChoose = new Set<string>(visit.purposes)
  return childPage<Banner & { readonly withheld: readonly Withheld[] }>(
    visit,
    'withheld',
    'childWithheld',
    async ({ withheld }, at) => ({
      ...{ done, draft: await draftFor(visit, escalationDraft(at.id)), errors: problem ? [{ text: problem }] : [] },
      holds: withheld.flatMap(holdsIn),
      rows: withheld.map((row) => ({
        ...row,
        categories: row.categories.map((each) => ({
          ...each,
          // What the role would be given for a purpose that this person may not declare is no way for them.
          choosable: each.purposes.filter((purpose) => mayChoose.has(purpose)),
          ask: row.requestable ? sayPath(visit, at, 'askAbout', { 'input.label': each.category }) : null,
        })),
      })),
    }),
  )
}

/** What is withheld, whose it is, why and whom to ask; a holder's decision can be escalated from here. */
export const withheldPages: readonly Page[] = [
  { method: 'GET', path: '/child/:child/withheld', answer: (visit) => page(visit) },
  {
    method: 'POST',
    path: '/child/:child/withheld',
    answer: async (visit) => {
      const at = childAtHand(visit)
      if (!at) return notFound
      await stayBegun(visit, escalationDraft(at.id))
      const [agency, label] = (visit.form['hold'] ?? '').split(' ')
      const { toRole = '', reason = '' } = visit.form
      if (!agency || !label || toRole.trim() === '' || reason.trim() === '')
        return page(visit, { problem: 'Choose what is withheld, who is to look at it, and say why it cannot wait.' })
      const variables = { childId: at.id, agency, label, toRole, reason }
      const asked = await visit.ask<{ escalateHold: { readonly decideBy: string } | null }>(
        'escalateHold',
        variables,
        at.purpose,
      )
      const escalated = asked.data?.escalateHold
      if (escalated) await noLongerBegun(visit, escalationDraft(at.id))
      return page(
        visit,
        escalated ? { done: escalated.decideBy } : { problem: asked.errors[0]?.message ?? 'It was not escalated.' },
      )
    },
  },
]
