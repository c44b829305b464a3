import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('socialCare/leah', { ...holders.csc5, person: 'SM-33870', recordedBy: 'Duty social worker' })

/** Leah: told by words alone. No picture stands anywhere in these records, and none may. */
export const leah: AgencySeed['records'] = {
  person: [
    write('2026-10-13', {
      laChildId: '995033870',
      family: 'Tarrant',
      given: 'Leah',
      isAlias: false,
      dateOfBirth: '2012-12-08',
      sex: 'F',
      nhsNumber: '9991017305',
      upn: 'V992500912108',
      ethnicity: 'WBRI',
    }),
  ],
  addresses: [
    write('2026-10-13', {
      display: '30 Harbour Street, Southmere',
      postcode: 'ZZ5 3HS',
      'field.force': 'F4',
      from: '2018-07-01',
      protected: false,
    }),
  ],
  involvements: [
    write('2026-10-13', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Southmere assessment team',
      professional: 'Amir Sadiq',
      role: 'Social worker',
      contact: '01632 960151',
      from: '2026-10-13',
    }),
  ],
  contacts: [
    write('2026-10-13T11:45', {
      sourceCode: '2A',
      fromAgency: 'EDUCATION',
      fromOrganisation: '900005',
      referrer: 'Mr Shaw, safeguarding lead',
      outcome: 'REFERRAL_ACCEPTED',
      outOfHours: false,
      concerns: ['IMAGES', 'ADULT_INVOLVED', 'COERCION'],
      disposed: [],
      feedback: 'Joint work with the police',
      feedbackAt: '2026-10-14T10:00:00Z',
    }),
  ],
  referrals: [write('2026-10-13', { sourceCode: '2A', primaryNeed: 'N1', noFurtherAction: false })],
}
