import { calendarDays, millisecondsOf } from '../src/records/calendarDays.ts'
import { textOf } from '../src/records/currentRows.ts'
import type { CamhsEpisodeRow, HealthHistoryTransferRow } from '../src/records/generated.ts'
import { type ComputedFields, computedFrom } from '../src/sources/computedFields.ts'

/** Fields of health records that no column holds. */
export const computed: ComputedFields = {
  CamhsEpisode: {
    priorEpisodeElsewhere: computedFrom<CamhsEpisodeRow>()({
      from: ['la', 'referredOn', 'eventAt'],
      siblings: true,
      value: (row, { siblings, hasAllSiblings }) => {
        const la = textOf(row, 'la')
        const began = textOf(row, 'referredOn', 'eventAt')
        if (la === null || began === null) return null
        const isSeen = siblings.some((other) => {
          const otherLa = textOf(other, 'la')
          const otherBegan = textOf(other, 'referredOn', 'eventAt')
          return otherLa !== null && otherLa !== la && otherBegan !== null && Date.parse(otherBegan) < Date.parse(began)
        })
        return isSeen || (hasAllSiblings ? false : null)
      },
    }),
  },
  HealthHistoryTransfer: {
    daysLate: computedFrom<HealthHistoryTransferRow>()({
      from: ['receivedOn', 'firstAssessmentOn'],
      value: (row) => {
        const received = millisecondsOf(textOf(row, 'receivedOn'))
        const assessed = millisecondsOf(textOf(row, 'firstAssessmentOn'))
        return received === null || assessed === null ? null : Math.max(0, calendarDays(assessed, received))
      },
    }),
  },
}
