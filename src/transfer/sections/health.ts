import type { HealthHistoryTransferRow } from '../../records/generated.ts'
import { always, section } from '../section.ts'
import { ask } from '../sectionItems.ts'
import { after, day, field, period, phrase, plain } from '../sectionWords.ts'

const attendancesListed = 25

/** T8. Attendances are given by fact, not by diagnosis; clinicians pass the rest to clinicians. */
export const health = section({
  code: 'T8',
  title: 'Health',
  mandatory: always,
  suppliers: ['HEALTH'],
  needs: {
    health: {
      registrations: ['practice', 'name', 'contact', 'from', 'to'],
      unscheduledAttendances: ['setting', 'safeguardingRelevance', 'injury'],
      camhsEpisodes: ['service', 'la', 'status', 'referralType', 'referredOn', 'closedOn'],
      immunisations: ['vaccine', 'status'],
      healthAssessments: ['kind', 'heldOn', 'sdq'],
      historyTransfers: ['fromLa', 'toLa', 'requestedOn', 'receivedOn', 'firstAssessmentOn'],
    },
  },
  fill: (input) => {
    const nhs = { agency: 'health' } as const
    return [
      ...ask(input, {
        ...nhs,
        label: 'General practice',
        list: 'registrations',
        none: 'No registration is known.',
        expected: true,
        tell: (row) =>
          phrase(
            [field(row, 'name'), row.practice && `(${row.practice})`].filter(Boolean).join(' '),
            period(day(row, 'from'), day(row, 'to')),
            field(row, 'contact'),
          ),
      }),
      ...ask(input, {
        ...nhs,
        label: 'Health history passed to the new area',
        list: 'historyTransfers',
        none: 'Nobody has recorded that the history was asked for or received.',
        expected: true,
        tell: (row) =>
          phrase(
            after('from', field(row, 'fromLa')),
            after('to', field(row, 'toLa')),
            after('asked for', day(row, 'requestedOn')),
            after('received', day(row, 'receivedOn')) ?? 'not received',
            after('first assessment there', day(row, 'firstAssessmentOn')),
            lateness(row),
          ),
      }),
      ...ask(input, {
        ...nhs,
        label: 'Unscheduled attendances',
        list: 'unscheduledAttendances',
        latest: attendancesListed,
        each: (row) => `Unscheduled attendance ${day(row, 'eventAt') ?? ''}`.trim(),
        none: 'None is recorded.',
        tell: (row) =>
          phrase(plain(field(row, 'setting')), row.injury === true && 'injury', field(row, 'safeguardingRelevance')),
      }),
      ...ask(input, {
        ...nhs,
        label: 'Health assessments',
        list: 'healthAssessments',
        none: 'None is recorded.',
        tell: (row) => phrase(plain(field(row, 'kind')), day(row, 'heldOn'), after('SDQ', field(row, 'sdq'))),
      }),
      ...ask(input, {
        ...nhs,
        label: 'Immunisations',
        list: 'immunisations',
        none: 'None is recorded.',
        tell: (row) => phrase(field(row, 'vaccine'), plain(field(row, 'status'))),
      }),
      ...ask(input, {
        ...nhs,
        label: 'Mental health services',
        list: 'camhsEpisodes',
        none: 'None is recorded.',
        tell: (row) =>
          phrase(
            field(row, 'service'),
            field(row, 'la'),
            plain(field(row, 'status')),
            plain(field(row, 'referralType')),
            period(day(row, 'referredOn'), day(row, 'closedOn')),
          ),
      }),
    ]
  },
})

const lateness = (row: Pick<HealthHistoryTransferRow, 'firstAssessmentOn' | 'receivedOn'>): string | null => {
  const [first, received] = [day(row, 'firstAssessmentOn'), day(row, 'receivedOn')]
  if (first === null || received === null || received <= first) return null
  return `${Math.round((Date.parse(received) - Date.parse(first)) / 86_400_000)} days after that assessment`
}
