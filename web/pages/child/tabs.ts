import type { Page } from '../../pageVisit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { type Banner, childPage, pagingOfChild } from './childPage.ts'

interface NamedCount {
  readonly name: string
  readonly count: Counted
}

const counted = (rows: readonly NamedCount[] | null | undefined) =>
  (rows ?? []).map(({ name, count }) => ({ name, count: shown(count) }))

type Rows = readonly object[] | null

type Concerns = Banner & {
  readonly contactsAndReferrals: {
    readonly total: Counted
    readonly accepted: Counted
    readonly sources: Counted
    readonly bySource: readonly NamedCount[] | null
  } | null
  readonly socialCare: {
    readonly contacts: Rows
    readonly assessments: Rows
    readonly s47Enquiries: Rows
    readonly voice: Rows
  } | null
  readonly education: { readonly referralsMade: Rows; readonly concerns: Rows } | null
}

const concernsPage: Page = {
  method: 'GET',
  path: '/child/:child/concerns',
  answer: (visit) => {
    const paging = pagingOfChild(visit, 'concerns')
    return childPage<Concerns>(
      visit,
      'concerns',
      'childConcerns',
      ({ contactsAndReferrals: contacts, socialCare, education }) => ({
        figures: contacts && {
          total: shown(contacts.total),
          accepted: shown(contacts.accepted),
          sources: shown(contacts.sources),
        },
        bySource: counted(contacts?.bySource),
        lists: {
          referrals: paging.part('referral', education?.referralsMade),
          contacts: paging.part('contact', socialCare?.contacts),
          concerns: paging.part('concern', education?.concerns),
          enquiries: paging.part('enquiry', socialCare?.s47Enquiries),
          assessments: paging.part('assessment', socialCare?.assessments),
          voice: paging.part('voice', socialCare?.voice),
        },
      }),
    )
  },
}

type Planned = Banner & {
  readonly meetingGaps: readonly { readonly meetingId: string }[] | null
  readonly careHistory: { readonly placementTotal: Counted; readonly periodTotal: Counted } | null
  readonly socialCare: {
    readonly plans: Rows
    readonly meetings: Rows
    readonly placements: Rows
    readonly legalStatuses: Rows
  } | null
}

const plansPage: Page = {
  method: 'GET',
  path: '/child/:child/plans',
  answer: (visit) => {
    const paging = pagingOfChild(visit, 'plans')
    return childPage<Planned>(visit, 'plans', 'childPlans', ({ careHistory, meetingGaps, socialCare }) => ({
      // The same numbers as under orders and care: one list is not empty there and withheld here.
      care: careHistory && { placements: shown(careHistory.placementTotal), statuses: shown(careHistory.periodTotal) },
      gapsOf: Object.fromEntries((meetingGaps ?? []).map((gap) => [gap.meetingId, gap])),
      lists: {
        plans: paging.part('plan', socialCare?.plans),
        meetings: paging.part('meeting', socialCare?.meetings?.toReversed()),
        placements: paging.part('placement', socialCare?.placements?.toReversed()),
        statuses: paging.part('status', socialCare?.legalStatuses?.toReversed()),
      },
    }))
  },
}

export const tabPages: readonly Page[] = [concernsPage, plansPage]
