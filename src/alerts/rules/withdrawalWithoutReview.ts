import { nestedUnder } from '../../records/agencyAnswers.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { manager, school, socialWorker } from '../audience.ts'
import { dayWords, found, whenOf } from '../findingWords.ts'
import { daysBetween, followsWithin, openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** Workers change; that a service leaves is what a meeting decides. */
const notWithdrawing: ReadonlySet<unknown> = new Set(['ALLOCATED_WORKER', 'LEAD_PROFESSIONAL', 'REVIEWING_OFFICER'])
/** A service that goes on under another name within this time was handed over. */
const handedOverWithin = 28

/** Services left one after the other, each by its own decision, while the plan went on. */
export const withdrawalWithoutReview = rule({
  code: 'WITHDRAWAL_WITHOUT_REVIEW',
  version: 1,
  rule: 'A service ends its involvement under an open plan only after a meeting that it took part in.',
  source: 'Child U briefing, line 29: teams withdrew without a multi-agency review',
  audience: [socialWorker, manager, school],
  clears: 'A meeting that looks at the withdrawal, or the service’s return.',
  needs: {
    socialCare: {
      plans: ['from', 'to'],
      involvements: ['kind', 'from', 'to'],
      meetings: ['status'],
      invitees: ['agency'],
    },
    health: { involvements: ['kind', 'from', 'to'], camhsEpisodes: ['closedOn'] },
  },
  on: [['socialCare.plans'], ['socialCare.involvements', 'health.involvements', 'health.camhsEpisodes']],
  absent: ['socialCare.meetings', 'socialCare.invitees'],
  also: {
    socialCare: { involvements: ['service', 'provenance.agency'] },
    health: { involvements: ['service', 'provenance.agency'], camhsEpisodes: ['service', 'referredOn'] },
  },
  find: ({ rows, parameters, asOf }) => {
    const { meetingWithinDays } = parameters.WITHDRAWAL_WITHOUT_REVIEW
    const plans = rows('socialCare', 'plans')
    const invitees = rows('socialCare', 'invitees')
    const held = rows('socialCare', 'meetings').filter((row) => row.status === 'HELD')
    const involved = [...rows('socialCare', 'involvements'), ...rows('health', 'involvements')]
    const ends = [
      ...involved
        .filter((row) => !notWithdrawing.has(row.kind))
        .map((row) => ({
          row,
          ended: textOf(row, 'to'),
          service: textOf(row, 'service', 'kind') ?? 'A service',
          agency: textOf(row, 'provenance.agency') ?? '',
          isTakenOver: involved.some(
            (other) =>
              other !== row &&
              other.kind === row.kind &&
              Math.abs(daysBetween(textOf(row, 'to'), textOf(other, 'from', 'eventAt')) ?? 9999) <= handedOverWithin,
          ),
        })),
      ...rows('health', 'camhsEpisodes').map((row) => ({
        row,
        ended: textOf(row, 'closedOn'),
        service: textOf(row, 'service') ?? 'Child mental health service',
        agency: 'HEALTH_MENTAL_HEALTH',
        isTakenOver: false,
      })),
    ]
    return ends.flatMap(({ row, ended, service, agency, isTakenOver }) => {
      if (ended === null || dayOf(ended) > dayOf(asOf) || isTakenOver) return []
      const plan = openAt(plans, ended)[0]
      const isReviewed = held.some(
        (meeting) =>
          followsWithin(dayOf(whenOf(meeting) ?? ''), dayOf(ended), meetingWithinDays) &&
          nestedUnder(invitees, meeting).some((invitee) => invitee.agency === agency),
      )
      if (!plan || isReviewed) return []
      return [
        found({
          of: [plan, row],
          due: ended,
          anchor: row.id,
          text: `${service} ended its involvement on ${dayWords(ended)} under an open plan; no meeting that it was part of was held in the ${meetingWithinDays} days before.`,
        }),
      ]
    })
  },
})
