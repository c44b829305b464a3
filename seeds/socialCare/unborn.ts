import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('socialCare/unborn', {
  ...holders.csc2,
  person: 'EV-52608',
  recordedBy: 'Social worker, pre-birth team',
})
const southmere = writer('socialCare/unborn/southmere', {
  ...holders.csc5,
  person: 'SM-35102',
  recordedBy: 'Duty social worker',
})

const conference = write('2026-10-19T10:00', {
  type: 'ICPC',
  otherLabels: [],
  status: 'HELD',
  outcome: 'Pre-birth plan',
})
const plan = write('2026-10-19T13:00', {
  level: 'CHILD_PROTECTION',
  category: 'NEG',
  from: '2026-10-19',
  nextReviewOn: '2027-01-11',
})
const invited = (agency: string, role: string) =>
  write('2026-10-19T10:00', {
    parent: conference.id,
    agency,
    'field.la': 'LA2',
    role,
    invited: true,
    attended: true,
    reported: true,
    acknowledgedAt: '2026-10-20T09:00:00Z',
  })

/** A child not yet born, whose plan hangs on the mother's number until there is one of its own. */
export const unborn: AgencySeed['records'] = {
  person: [
    write('2026-09-14', {
      laChildId: '992052608',
      family: 'Pryce',
      isAlias: false,
      expectedDate: '2027-01-18',
      sex: 'U',
    }),
    southmere('2026-11-17', {
      laChildId: '995035102',
      family: 'Pryce',
      isAlias: false,
      expectedDate: '2027-01-18',
      sex: 'U',
    }),
  ],
  addresses: [
    write('2026-09-14', {
      display: '2 Almond Walk, Eastvale',
      postcode: 'ZZ2 2AW',
      'field.force': 'F1',
      from: '2024-01-15',
      to: '2026-11-16',
      protected: false,
    }),
    southmere('2026-11-17', {
      display: '77 Chapel Hill, Southmere',
      postcode: 'ZZ5 7CH',
      'field.force': 'F4',
      from: '2026-11-16',
      protected: false,
    }),
  ],
  family: [
    write('2026-09-14', {
      relation: 'MOTHER',
      name: 'Dana Pryce',
      parentalResponsibility: true,
      inHousehold: true,
      isChild: false,
    }),
  ],
  involvements: [
    write('2026-09-14', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Eastvale pre-birth team',
      professional: 'Olive Renn',
      role: 'Social worker',
      contact: '01632 960126',
      from: '2026-09-14',
    }),
    write('2026-09-14', {
      kind: 'LEAD_PROFESSIONAL',
      'field.service': 'Eastvale pre-birth team',
      professional: 'Olive Renn',
      role: 'Social worker',
      contact: '01632 960126',
      from: '2026-09-14',
    }),
  ],
  contacts: [
    write('2026-09-14T10:30', {
      sourceCode: '3D',
      fromAgency: 'HEALTH_ACUTE',
      fromOrganisation: 'NHS-LA2-ACUTE',
      referrer: 'Midwife',
      outcome: 'REFERRAL_ACCEPTED',
      outOfHours: false,
      concerns: ['NEGLECT'],
      disposed: ['NEGLECT'],
      feedback: 'Assessment begun',
      feedbackAt: '2026-09-15T09:00:00Z',
    }),
    southmere('2026-11-17T09:40', {
      sourceCode: '5C',
      fromAgency: 'CHILDRENS_SOCIAL_CARE',
      fromOrganisation: 'LA2-CSC',
      referrer: 'Olive Renn',
      outcome: 'REFERRAL_ACCEPTED',
      outOfHours: false,
      concerns: ['PLAN_MOVES_IN'],
      disposed: [],
    }),
  ],
  referrals: [write('2026-09-14', { sourceCode: '3D', primaryNeed: 'N1', noFurtherAction: false })],
  assessments: [
    write('2026-10-12', {
      kind: 'PRE_BIRTH',
      authorisedAt: '2026-10-12T15:00:00Z',
      dueAt: '2026-11-16',
      childSeen: false,
      factors: ['2B', '4B', '16A'],
    }),
  ],
  s47Enquiries: [
    write('2026-09-28', {
      startedOn: '2026-09-28',
      endedOn: '2026-10-12',
      outcome: 'CP_CONFERENCE',
      recordedAt: '2026-10-12',
    }),
  ],
  meetings: [conference],
  invitees: [
    invited('CHILDRENS_SOCIAL_CARE', 'ALLOCATED_WORKER'),
    invited('HEALTH_ACUTE', 'MIDWIFE'),
    invited('HEALTH_GP', 'GP'),
    invited('POLICE', 'PUBLIC_PROTECTION'),
  ],
  plans: [plan],
  actions: [
    write('2026-10-19T13:00', {
      parent: plan.id,
      text: 'Agree a plan for the birth with the unit',
      owner: 'HEALTH_ACUTE',
      due: '2026-12-14',
      state: 'OPEN',
    }),
  ],
}
