import type { Page } from '../../pageVisit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { type Banner, childPage } from './childPage.ts'

interface NamedCount {
  readonly name: string
  readonly count: Counted
}

const counted = (rows: readonly NamedCount[] | null | undefined) =>
  (rows ?? []).map(({ name, count }) => ({ name, count: shown(count) }))

type Concerns = Banner & {
  readonly contactsAndReferrals: {
    readonly total: Counted
    readonly accepted: Counted
    readonly sources: Counted
    readonly bySource: readonly NamedCount[] | null
  } | null
}

const concernsPage: Page = {
  method: 'GET',
  path: '/child/:child/concerns',
  answer: (visit) =>
    childPage<Concerns>(visit, 'concerns', 'childConcerns', ({ contactsAndReferrals: contacts }) => ({
      figures: contacts && {
        total: shown(contacts.total),
        accepted: shown(contacts.accepted),
        sources: shown(contacts.sources),
      },
      bySource: counted(contacts?.bySource),
    })),
}

const plansPage: Page = {
  method: 'GET',
  path: '/child/:child/plans',
  answer: (visit) =>
    childPage<Banner & { readonly meetingGaps: readonly { readonly meetingId: string }[] | null }>(
      visit,
      'plans',
      'childPlans',
      (child) => ({
        gapsOf: Object.fromEntries((child.meetingGaps ?? []).map((gap) => [gap.meetingId, gap])),
      }),
    ),
}

export const tabPages: readonly Page[] = [concernsPage, plansPage]
