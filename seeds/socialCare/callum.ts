import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('socialCare/callum', {
  ...holders.csc2,
  person: 'EV-40417',
  recordedBy: 'Social worker, assessment team',
})

/** Callum: harmed by adults, and suspected of harming another child. Neither fact cancels the other. */
export const callum: AgencySeed['records'] = {
  person: [
    write('2026-07-13', {
      laChildId: '992040417',
      family: 'Reyes',
      given: 'Callum',
      isAlias: false,
      dateOfBirth: '2012-08-14',
      sex: 'M',
      nhsNumber: '9991020047',
      upn: 'F992501212111',
      ethnicity: 'MOTH',
    }),
  ],
  addresses: [
    write('2026-07-13', {
      display: '19 Station Road, Eastvale',
      postcode: 'ZZ2 9SR',
      'field.force': 'F1',
      from: '2015-03-01',
      protected: false,
    }),
  ],
  communication: [write('2026-07-13', { whose: 'CHILD', language: 'en', interpreterRequired: false, needs: [] })],
  family: [
    write('2026-07-13', {
      relation: 'MOTHER',
      name: 'Elena Reyes',
      parentalResponsibility: true,
      inHousehold: true,
      isChild: false,
    }),
  ],
  involvements: [
    write('2026-07-13', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Eastvale assessment team',
      professional: 'Dina Frost',
      role: 'Social worker',
      contact: '01632 960122',
      from: '2026-07-13',
    }),
    write('2026-07-27', {
      kind: 'LEAD_PROFESSIONAL',
      'field.service': 'Eastvale assessment team',
      professional: 'Dina Frost',
      role: 'Social worker',
      contact: '01632 960122',
      from: '2026-07-27',
    }),
  ],
  contacts: [
    write('2026-07-13T09:20', {
      sourceCode: '6',
      fromAgency: 'POLICE',
      fromOrganisation: 'F4',
      referrer: 'Public protection officer',
      outcome: 'REFERRAL_ACCEPTED',
      outOfHours: false,
      concerns: ['EXPLOITATION', 'PEER_ALLEGATION'],
      disposed: [],
      feedback: 'Enquiry begun',
      feedbackAt: '2026-07-13T15:00:00Z',
    }),
  ],
  referrals: [write('2026-07-13', { sourceCode: '6', primaryNeed: 'N1', noFurtherAction: false })],
  s47Enquiries: [
    write('2026-07-14', {
      startedOn: '2026-07-14',
      endedOn: '2026-07-27',
      outcome: 'CP_CONFERENCE',
      recordedAt: '2026-07-27',
    }),
  ],
  plans: [
    write('2026-07-27', {
      level: 'CHILD_PROTECTION',
      category: 'SAB',
      from: '2026-07-27',
      lastReviewOn: '2026-10-19',
      nextReviewOn: '2027-04-12',
    }),
  ],
  exploitation: [
    write('2026-07-21', {
      tool: 'Eastvale exploitation screening',
      version: '3.1',
      toolLevel: 'HIGH',
      professionalLevel: 'HIGH',
      group: 'DISCLOSED_OR_CONVICTED',
      evidence: 'PROFESSIONAL_OPINION',
    }),
  ],
  forumListings: [
    write('2026-08-12T10:00', {
      forum: 'MASE',
      listedOn: '2026-08-12',
      outcome: 'Disruption plan with police and health; see again in three months',
      nextOn: '2026-11-11',
    }),
  ],
  voice: [
    write('2026-10-12T16:00', {
      medium: 'In person',
      text: 'Everyone asks what I did. Nobody asks what they did.',
      about: ['SHARING'],
      evidence: 'DISCLOSURE',
    }),
  ],
}
