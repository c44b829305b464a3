import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const eastvale = writer('socialCare/robin/eastvale', {
  ...holders.csc2,
  person: 'EV-38107',
  recordedBy: 'Social worker, assessment team',
})
const southmere = writer('socialCare/robin/southmere', {
  ...holders.csc5,
  person: 'SM-30455',
  recordedBy: 'Duty social worker',
})

const strategy = eastvale('2026-03-05T14:00', {
  type: 'STRATEGY_DISCUSSION',
  otherLabels: [],
  status: 'HELD',
  outcome: 'Enquiry to begin',
})

const identity = {
  family: 'Ashdown',
  given: 'Robin',
  isAlias: false,
  dateOfBirth: '2012-02-11',
  sex: 'M',
  ethnicity: 'WBRI',
}

/** Robin: an enquiry still open in LA2, and a family that LA5 met as if for the first time. */
export const robin: AgencySeed['records'] = {
  person: [
    eastvale('2026-03-02', { laChildId: '992038107', ...identity, nhsNumber: '9991010009', upn: 'M992500112100' }),
    southmere('2026-04-20', { laChildId: '995030455', ...identity, upn: 'M992500112100' }),
  ],
  addresses: [
    eastvale('2026-03-02', {
      display: '9 Cooper Street, Eastvale',
      postcode: 'ZZ2 9CS',
      'field.force': 'F1',
      from: '2019-08-01',
      to: '2026-04-01',
      protected: false,
    }),
    southmere('2026-04-20', {
      display: '52 Pier Terrace, Southmere',
      postcode: 'ZZ5 2PT',
      'field.force': 'F4',
      from: '2026-04-01',
      protected: false,
    }),
  ],
  communication: [eastvale('2026-03-02', { whose: 'CHILD', language: 'en', interpreterRequired: false, needs: [] })],
  family: [
    eastvale('2026-03-02', {
      relation: 'MOTHER',
      name: 'Tracey Ashdown',
      parentalResponsibility: true,
      inHousehold: true,
      isChild: false,
    }),
    eastvale('2026-03-02', {
      relation: 'FATHER',
      name: 'Mark Ashdown',
      parentalResponsibility: true,
      inHousehold: false,
      isChild: false,
    }),
  ],
  involvements: [
    eastvale('2026-03-05', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Eastvale assessment team',
      professional: 'Dina Frost',
      role: 'Social worker',
      contact: '01632 960122',
      from: '2026-03-05',
    }),
  ],
  contacts: [
    eastvale('2026-03-02T10:15', {
      sourceCode: '2A',
      fromAgency: 'EDUCATION',
      fromOrganisation: '900003',
      referrer: 'Mrs Poole, safeguarding lead',
      outcome: 'REFERRAL_ACCEPTED',
      outOfHours: false,
      concerns: ['SEXUAL_ABUSE', 'NEGLECT'],
      disposed: [],
      feedback: 'Enquiry begun',
      feedbackAt: '2026-03-06T09:30:00Z',
    }),
    southmere('2026-04-20T14:40', {
      sourceCode: '2A',
      fromAgency: 'EDUCATION',
      fromOrganisation: '900005',
      referrer: 'Mr Shaw, safeguarding lead',
      outcome: 'REFERRAL_ACCEPTED',
      outOfHours: false,
      concerns: ['SEXUAL_ABUSE', 'NEGLECT'],
      disposed: ['NEGLECT'],
    }),
  ],
  referrals: [
    eastvale('2026-03-02', { sourceCode: '2A', primaryNeed: 'N1', noFurtherAction: false }),
    southmere('2026-04-20', {
      sourceCode: '2A',
      primaryNeed: 'N1',
      noFurtherAction: true,
      closedOn: '2026-04-23',
      closureReason: 'RC8',
      recordedAt: '2026-04-23T15:00',
    }),
  ],
  assessments: [
    southmere('2026-04-22', {
      kind: 'WELFARE_CHECK',
      authorisedAt: '2026-04-23T15:00:00Z',
      childSeen: true,
      factors: ['21'],
      recordedAt: '2026-04-23T15:00',
    }),
  ],
  s47Enquiries: [eastvale('2026-03-05', { startedOn: '2026-03-05' })],
  meetings: [strategy],
  invitees: [
    eastvale('2026-03-05T14:00', {
      parent: strategy.id,
      agency: 'CHILDRENS_SOCIAL_CARE',
      'field.la': 'LA2',
      role: 'ALLOCATED_WORKER',
      invited: true,
      attended: true,
      reported: true,
      acknowledgedAt: '2026-03-05T16:00:00Z',
    }),
    eastvale('2026-03-05T14:00', {
      parent: strategy.id,
      agency: 'POLICE',
      'field.la': 'LA2',
      role: 'PUBLIC_PROTECTION',
      invited: true,
      attended: true,
      reported: true,
      acknowledgedAt: '2026-03-06T09:00:00Z',
    }),
    eastvale('2026-03-05T14:00', {
      parent: strategy.id,
      agency: 'HEALTH_GP',
      'field.la': 'LA2',
      role: 'GP',
      invited: true,
      attended: true,
      reported: true,
    }),
  ],
  visits: [
    southmere('2026-04-22T16:00', {
      seen: true,
      seenAlone: false,
      jointWith: [],
      note: 'Food in the house; mother said the school had it wrong',
    }),
  ],
}
