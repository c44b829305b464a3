import { spoken } from '../../foundation/codeInWords.ts'
import { nestedUnder } from '../../records/agencyAnswers.ts'
import { textOf } from '../../records/currentRows.ts'
import { capital } from '../../sources/narration.ts'
import { healthLead, manager, reviewer, school } from '../audience.ts'
import { counted, dayWords, found, whenOf } from '../findingWords.ts'
import { isSilent, isUnsaid } from '../participationNotRecorded.ts'
import { rule } from '../rule.ts'

/** Asked again and again, and never there. */
export const agencyNonParticipation = rule({
  code: 'AGENCY_NON_PARTICIPATION',
  version: 1,
  rule: 'A professional who is invited to two meetings comes to one of them or sends a report.',
  source: 'Multi-agency case audit, case 3: a school that took no part',
  audience: [manager, reviewer, school, healthLead],
  clears: 'Attendance, a report, or another person named for that service.',
  needs: { socialCare: { meetings: ['status'], invitees: ['agency', 'role', 'invited', 'attended', 'reported'] } },
  on: [['socialCare.meetings'], ['socialCare.invitees']],
  absent: ['socialCare.invitees'],
  also: { socialCare: { invitees: ['la'] } },
  find: ({ rows, parameters }) => {
    const groups = new Map<string, ReturnType<typeof invitations>>()
    const invitations = () =>
      rows('socialCare', 'meetings')
        .filter((meeting) => meeting.status === 'HELD')
        .flatMap((meeting) =>
          nestedUnder(rows('socialCare', 'invitees'), meeting)
            .filter((row) => row.invited === true && textOf(row, 'agency') !== null)
            .map((row) => ({ row, meeting })),
        )
    for (const each of invitations()) {
      const key = [textOf(each.row, 'agency'), textOf(each.row, 'la'), textOf(each.row, 'role')].join('|')
      groups.set(key, [...(groups.get(key) ?? []), each])
    }
    const { invitations: needed } = parameters.AGENCY_NON_PARTICIPATION
    return [...groups.values()].flatMap((group) => {
      const areSilent = group.every(({ row }) => isSilent(row))
      const last = group[needed - 1]
      const first = group[0]
      if (group.length < needed || !areSilent || !last || !first) return []
      const [agency, role] = [textOf(first.row, 'agency') ?? '', textOf(first.row, 'role')]
      return [
        found({
          of: group.slice(0, needed).map(({ row }) => row),
          more: group.slice(needed).map(({ row }) => row),
          anchor: last.row.id,
          count: group.length,
          details: { agency, ...(role ? { role } : {}) },
          text: `${capital(role ? `${spoken(role)} of ${spoken(agency)}` : spoken(agency))}${textOf(first.row, 'la') ? ` in ${textOf(first.row, 'la')}` : ''} was invited ${counted(group.length, 'time')} since ${dayWords(whenOf(first.meeting))}, never came, and no report is recorded.`,
        }),
      ]
    })
  },
  unsaid: ({ rows }) =>
    rows('socialCare', 'meetings')
      .filter(({ status }) => status === 'HELD')
      .flatMap((meeting) => nestedUnder(rows('socialCare', 'invitees'), meeting))
      .filter(isUnsaid),
})
