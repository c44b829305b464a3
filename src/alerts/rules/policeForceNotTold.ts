import { effectiveLevel } from '../../childView/effectiveRiskLevel.ts'
import { latest, textOf } from '../../records/currentRows.ts'
import { manager, missingTeam, socialWorker } from '../audience.ts'
import { dayWords, found, inOrder } from '../findingWords.ts'
import { openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** A child who runs is placed far away, and the police there hear of the child for the first time at night. */
export const forceNotTold = rule({
  code: 'FORCE_NOT_TOLD',
  version: 1,
  rule: 'The force of the area is told of a placement there, where the child goes missing or is at high risk.',
  source: 'ADCS, notices of out-of-area placements; Care Planning Regulations 2010, regulation 13',
  audience: [socialWorker, manager, missingTeam],
  clears: 'The day on which the force of the area was told.',
  needs: {
    socialCare: {
      placements: ['la', 'from', 'to', 'forceToldOn'],
      exploitation: ['toolLevel', 'professionalLevel'],
      missing: [],
    },
    police: { missingEpisodes: [] },
  },
  on: [['socialCare.placements'], ['socialCare.exploitation', 'socialCare.missing', 'police.missingEpisodes']],
  also: { socialCare: { placements: ['provenance.la', 'force'] } },
  find: ({ rows, asOf }) =>
    openAt(rows('socialCare', 'placements'), asOf).flatMap((placement) => {
      const [where, whose] = [textOf(placement, 'la'), textOf(placement, 'provenance.la')]
      const from = textOf(placement, 'from', 'eventAt')
      if (where === null || whose === null || where === whose || from === null) return []
      if (textOf(placement, 'forceToldOn') !== null) return []
      const assessed = latest(rows('socialCare', 'exploitation'), 'eventAt')
      const risk = [
        ...(assessed && ['HIGH', 'VERY_HIGH'].includes(effectiveLevel(assessed) ?? '') ? [assessed] : []),
        ...inOrder([...rows('socialCare', 'missing'), ...rows('police', 'missingEpisodes')]).slice(-1),
      ]
      const first = risk[0]
      if (!first) return []
      return [
        found({
          of: [placement, first],
          more: risk.slice(1),
          anchor: placement.id,
          due: from,
          text: `Placed in ${where} since ${dayWords(from)}; that the force${textOf(placement, 'force') ? ` ${textOf(placement, 'force')}` : ''} was told is not recorded.`,
        }),
      ]
    }),
})
