import { textOf } from '../../records/currentRows.ts'
import { healthLead, school, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, listWords, whenOf } from '../findingWords.ts'
import { lastRun } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** A child does not miss an appointment: somebody did not bring the child. */
export const wasNotBrought = rule({
  code: 'WNB_PATTERN',
  version: 1,
  rule: 'A child who was not brought to two appointments within 90 days, of whatever services, is asked after.',
  source: 'Multi-agency case audit, case 5; Sonia briefing, lines 94 to 98',
  audience: [healthLead, socialWorker, school],
  clears: 'The reason, and a new appointment kept.',
  needs: { health: { appointments: ['outcome'] } },
  on: [['health.appointments']],
  also: { health: { appointments: ['service', 'reason'] } },
  find: ({ rows, parameters }) => {
    const { appointments: count, withinDays: days } = parameters.WNB_PATTERN
    const missed = rows('health', 'appointments').filter((row) => row.outcome === 'WAS_NOT_BROUGHT')
    const run = lastRun(inOrder(missed), { count, days })
    if (!run) return []
    const all = [...run.of, ...run.more]
    const services = new Set(missed.filter((row) => all.includes(row)).flatMap((row) => textOf(row, 'service') ?? []))
    return [
      found({
        of: run.of,
        more: run.more,
        anchor: run.of.at(-1)?.id ?? '',
        count: all.length,
        text: `Not brought to ${counted(all.length, 'appointment')}: ${listWords(all.map((row) => dayWords(whenOf(row))))}${services.size > 0 ? ` (${listWords([...services])})` : ''}.`,
      }),
    ]
  },
})
