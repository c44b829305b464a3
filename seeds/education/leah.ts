import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('education/leah', {
  ...holders.southmereHigh,
  person: 'P-69340',
  recordedBy: 'Mr Shaw, safeguarding lead',
})

/**
 * Leah at school: two incidents told by descriptors alone. The first must go to police and social care; the second may
 * stay.
 */
export const leah: AgencySeed['records'] = {
  person: [
    write('2024-09-03', {
      upn: 'V992500912108',
      family: 'Tarrant',
      given: 'Leah',
      dateOfBirth: '2012-12-08',
      sex: 'F',
      homeLanguage: 'en',
      ethnicity: 'WBRI',
    }),
  ],
  enrolments: [write('2024-09-03', { ...schools.southmereHigh, from: '2024-09-03' })],
  onlineIdentifiers: [write('2026-10-13', { platform: 'Messaging', handle: 'Quiet_Tide_88' })],
  attendance: [
    write('2026-11-20T15:00', {
      school: 'Southmere High',
      from: '2026-09-02',
      to: '2026-11-20',
      possible: 108,
      attended: 103,
      codes: [
        { code: '/', count: 52 },
        { code: '\\', count: 51 },
        { code: 'I', count: 5 },
      ],
    }),
  ],
  concerns: [
    write('2026-10-13T10:20', {
      category: 'IMAGES',
      text: 'Says that she was made to send pictures to a grown man; nobody at school looked',
      action: 'Police and social care told within the hour',
      factors: ['ADULT_INVOLVED', 'COERCION'],
      evidence: 'DISCLOSURE',
    }),
    write('2026-11-09T14:10', {
      category: 'IMAGES',
      text: 'A picture shared with a friend of her own age, by agreement',
      action: 'Handled by school with both families',
      factors: [],
    }),
  ],
  referralsMade: [write('2026-10-13T11:45', { sentTo: 'LA5', concerns: ['IMAGES', 'ADULT_INVOLVED', 'COERCION'] })],
}
