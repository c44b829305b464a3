import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

/**
 * Nine contacts in 2026 from six organisations, two of them accepted. Each was read by itself and answered by itself,
 * and most of those who sent them never heard what became of them.
 */
export const bryonyContacts = (person: string): AgencySeed['records'] => {
  const write = writer('socialCare/bryony/contacts', { ...holders.csc2, person, recordedBy: 'Front door' })
  const school = { sourceCode: '2A', fromAgency: 'EDUCATION' }
  const primary = { ...school, fromOrganisation: '900001', referrer: 'Ms Lane, pastoral lead' }
  const secondary = { ...school, fromOrganisation: '900002', referrer: 'Mr Abbot, safeguarding lead' }
  const contactOnly = { outcome: 'CONTACT_ONLY', outOfHours: false, disposed: [] }
  return {
    contacts: [
      write('2026-02-24T10:30', {
        ...primary,
        ...contactOnly,
        concerns: ['NEGLECT'],
        feedback: 'School to offer support',
        feedbackAt: '2026-02-27T12:00:00Z',
      }),
      write('2026-03-05T15:10', {
        sourceCode: '7',
        fromAgency: 'PROBATION',
        fromOrganisation: 'LA2-PROBATION',
        referrer: 'Court duty officer',
        outcome: 'REFERRAL_ACCEPTED',
        outOfHours: false,
        concerns: ['ABSENT_PARENTING'],
        disposed: ['ABSENT_PARENTING'],
        feedback: 'Assessment begun',
        feedbackAt: '2026-03-06T10:00:00Z',
      }),
      write('2026-05-12T19:40', { ...primary, ...contactOnly, outOfHours: true, concerns: ['NEGLECT', 'MISSING'] }),
      write('2026-06-18T09:50', { ...primary, ...contactOnly, concerns: ['NEGLECT'] }),
      write('2026-07-02T13:15', {
        ...contactOnly,
        sourceCode: '3C',
        fromAgency: 'HEALTH_COMMUNITY',
        fromOrganisation: 'NHS-LA2-CHC',
        referrer: 'School nurse',
        concerns: ['NEGLECT', 'HEALTH_NEEDS_UNMET'],
      }),
      write('2026-10-06T11:05', { ...secondary, ...contactOnly, concerns: ['NEGLECT', 'ABSENCE'] }),
      write('2026-10-16T23:20', {
        ...contactOnly,
        sourceCode: '6',
        fromAgency: 'POLICE',
        fromOrganisation: 'F1',
        referrer: 'Response officer',
        concerns: ['MISSING', 'OFFENDING'],
      }),
      write('2026-11-14T10:00', {
        ...secondary,
        ...contactOnly,
        outOfHours: true,
        concerns: ['EXPLOITATION', 'NEGLECT'],
      }),
      write('2026-11-19T21:30', {
        sourceCode: '3E',
        fromAgency: 'HEALTH_ACUTE',
        fromOrganisation: 'NHS-LA2-ACUTE',
        referrer: 'Emergency department sister',
        outcome: 'REFERRAL_ACCEPTED',
        outOfHours: true,
        concerns: ['SELF_HARM'],
        disposed: [],
      }),
    ],
  }
}
