import { longDate } from '../../../src/foundation/longDate.ts'
import { inWords } from '../../words/codes.ts'
import { daysBetween } from '../../words/dates.ts'

/** Something whose day has passed or is near, with whose it is. */
export interface Due {
  readonly what: string
  readonly whose: string
  /** `YYYY-MM-DD`; null where a rule says since when and not by when. */
  readonly day: string | null
  readonly overdue: boolean
  readonly note: string
  /** Where it is dealt with. */
  readonly href?: string
}

/** A message about the child that somebody has not answered in time. */
export interface LateMessage {
  readonly kind: string
  readonly sentAt: string
  readonly dueAt: string | null
  readonly to: readonly { readonly to: string; readonly overdue: boolean; readonly dueAt: string | null }[]
  readonly href: string
}

export interface DueRecords {
  readonly asOf: string
  readonly status: { readonly responsibleLa?: string | boolean | null }
  readonly obligations: readonly {
    readonly text: string
    readonly dueOn: string | null
    readonly agency: string | null
  }[]
  readonly missing: {
    readonly latest: readonly {
      readonly from: string
      readonly to: string | null
      readonly returnInterview: string | null
    }[]
  } | null
  readonly socialCare: {
    readonly plans: readonly Plan[] | null
    readonly assessments:
      | readonly { readonly kind: string | null; readonly authorisedAt: string | null; readonly dueAt: string | null }[]
      | null
  } | null
  readonly police: {
    readonly notices:
      | readonly {
          readonly kind: string | null
          readonly servedAt: string | null
          readonly daysUnserved: number | null
          readonly provenance: { readonly force: string | null }
        }[]
      | null
  } | null
}

interface Plan {
  readonly level: string | null
  readonly to: string | null
  readonly nextReviewOn: string | null
  readonly actions:
    | readonly {
        readonly text: string | null
        readonly owner: string | null
        readonly due: string | null
        readonly state: string | null
        readonly cannotDeliverReason: string | null
      }[]
    | null
}

const nearDays = 14

/**
 * What is due, the longest overdue first: plan actions, reviews, assessments, notices, return interviews, messages
 * that nobody answered in time and the reader's own duties.
 *
 * @param late messages to which the reader is party.
 */
export const dueOf = (
  child: DueRecords,
  late: readonly LateMessage[],
  placeName: (code: string) => string,
): readonly Due[] => {
  const today = child.asOf.slice(0, 10)
  const lead = typeof child.status.responsibleLa === 'string' ? child.status.responsibleLa : null
  const authority = lead ? `${placeName(lead)} children’s social care` : 'Children’s social care'
  const dated = (what: string, whose: string, day: string | null, note = ''): Due[] => {
    if (!day || daysBetween(today, day) > nearDays) return []
    return [{ what, whose, day, overdue: day < today, note }]
  }
  const open = (child.socialCare?.plans ?? []).filter(({ to }) => to === null || to >= today)
  const found = [
    ...open.flatMap((plan) => [
      ...(plan.actions ?? [])
        .filter(({ state }) => state !== 'DONE')
        .flatMap(({ text, owner, due, state, cannotDeliverReason }) =>
          dated(
            text ?? 'A plan action',
            owner ? inWords(owner) : 'Owner not known',
            due,
            [state ? inWords(state) : '', cannotDeliverReason ?? ''].filter(Boolean).join(': '),
          ),
        ),
      ...dated(
        `Review of the plan (${inWords(plan.level ?? 'level not known').toLowerCase()})`,
        authority,
        plan.nextReviewOn,
      ),
    ]),
    ...(child.socialCare?.assessments ?? [])
      .filter(({ authorisedAt }) => authorisedAt === null)
      .flatMap(({ kind, dueAt }) =>
        dated(`Assessment${kind ? ` (${inWords(kind).toLowerCase()})` : ''}`, authority, dueAt),
      ),
    ...(child.police?.notices ?? []).flatMap((notice) => unserved(notice, placeName)),
    ...interviews(child, authority),
    ...child.obligations.flatMap(({ text, dueOn }) => dated(text, 'You', dueOn)),
    ...late.map((message) => unanswered(message, placeName)),
  ]
  return found.sort(
    (one, other) => Number(other.overdue) - Number(one.overdue) || (one.day ?? '').localeCompare(other.day ?? ''),
  )
}

const unanswered = ({ dueAt, href, kind, sentAt, to }: LateMessage, placeName: (code: string) => string): Due => {
  const owing = to.filter(({ overdue }) => overdue)
  const whose = [...new Set((owing.length > 0 ? owing : to).map((each) => placeName(each.to)))].join(', ')
  const day = owing.flatMap((each) => each.dueAt ?? []).sort()[0] ?? dueAt
  return {
    ...{ what: inWords(kind), whose, day: day?.slice(0, 10) ?? null, overdue: true, href },
    note: `Message of ${longDate(sentAt.slice(0, 10))}, not answered`,
  }
}

type Notice = NonNullable<NonNullable<DueRecords['police']>['notices']>[number]

const unserved = ({ kind, servedAt, daysUnserved, provenance }: Notice, placeName: (code: string) => string): Due[] => {
  if (servedAt !== null || !daysUnserved) return []
  const whose = provenance.force ? placeName(provenance.force) : 'Police'
  const what = `Serve the ${inWords(kind ?? 'notice').toLowerCase()} notice`.replace('notice notice', 'notice')
  return [{ what, whose, day: null, overdue: true, note: `Issued ${daysUnserved} days ago, not served` }]
}

const interviews = ({ missing }: DueRecords, authority: string): Due[] => {
  const overdue = (missing?.latest ?? []).filter(({ returnInterview }) => returnInterview === 'OVERDUE')
  const [latest] = overdue
  if (!latest) return []
  const many = overdue.length
  const what = many === 1 ? 'Return home interview' : `${many} return home interviews`
  return [{ what, whose: authority, day: null, overdue: true, note: 'None held 72 hours after return' }]
}
