import { dayOf, textOf } from '../../records/currentRows.ts'
import { manager, reviewer, socialWorker } from '../audience.ts'
import { dayWords, found, listWords, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

const month = (when: string): string => when.slice(0, 7)

/** A far move was decided for a child in crisis, and carried out for one who had recovered. */
export const placementNotReconsidered = rule({
  code: 'PLACEMENT_PLAN_NOT_RECONSIDERED',
  version: 1,
  rule: 'A move that was decided while incidents were many is looked at again when they have halved.',
  source: 'Serious case review of Child Q and Child S (2016), 39 to 42 and LP9',
  audience: [socialWorker, manager, reviewer],
  clears: 'A review of the decision between it and the move.',
  needs: {
    socialCare: {
      placements: ['decidedOn', 'from'],
      meetings: ['type', 'status'],
      restraints: [],
      missing: [],
    },
    education: { restraints: [] },
    police: { missingEpisodes: [] },
  },
  on: [
    ['socialCare.placements'],
    ['socialCare.restraints', 'socialCare.missing', 'education.restraints', 'police.missingEpisodes'],
  ],
  absent: [
    'socialCare.meetings',
    'socialCare.restraints',
    'socialCare.missing',
    'education.restraints',
    'police.missingEpisodes',
  ],
  find: ({ rows, parameters }) => {
    const incidents = [
      ...rows('socialCare', 'restraints'),
      ...rows('socialCare', 'missing'),
      ...rows('education', 'restraints'),
      ...rows('police', 'missingEpisodes'),
    ]
    return rows('socialCare', 'placements').flatMap((placement) => {
      const [decided, moved] = [textOf(placement, 'decidedOn'), textOf(placement, 'from')]
      if (decided === null || moved === null) return []
      const counts = new Map<string, number>()
      const between = incidents.filter((row) => {
        const when = whenOf(row) ?? ''
        return month(when) >= month(decided) && month(when) < month(moved)
      })
      for (const row of between) counts.set(month(whenOf(row) ?? ''), (counts.get(month(whenOf(row) ?? '')) ?? 0) + 1)
      const first = counts.get(month(decided)) ?? 0
      const lastMonth = month(new Date(Date.parse(`${month(moved)}-01T12:00:00Z`) - 86_400_000).toISOString())
      const last = counts.get(lastMonth) ?? 0
      const hasFallen = first > 1 && last <= first * (1 - parameters.PLACEMENT_PLAN_NOT_RECONSIDERED.fallPercent / 100)
      const isReviewed = rows('socialCare', 'meetings').some((row) => {
        const when = dayOf(whenOf(row) ?? '')
        return row.type === 'CLA_REVIEW' && row.status === 'HELD' && when > dayOf(decided) && when <= dayOf(moved)
      })
      if (!hasFallen || isReviewed || lastMonth <= month(decided)) return []
      const monthly = [...counts].sort(([one], [other]) => (one < other ? -1 : 1))
      return [
        found({
          of: [placement],
          more: between,
          due: moved,
          anchor: placement.id,
          details: Object.fromEntries(monthly),
          text: `Decided on ${dayWords(decided)}, moved on ${dayWords(moved)}, with no review between. Incidents: ${listWords(monthly.map(([each, count]) => `${each} ${count}`))}.`,
        }),
      ]
    })
  },
})
