import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('socialCare/jodie', {
  ...holders.csc2,
  person: 'EV-39984',
  recordedBy: 'Social worker, family support team',
})
const youth = { service: 'YOUTH_JUSTICE', organisation: 'LA2-YJS' }
const plan = write('2025-02-10', {
  level: 'CHILD_IN_NEED',
  from: '2025-02-10',
  lastReviewOn: '2025-06-16',
  nextReviewOn: '2025-09-15',
})

/** Seven things to be done, and none of them done. */
const actions: readonly (readonly [string, string])[] = [
  ['Find a full-time school place', 'EDUCATION'],
  ['Direct work on friendships', 'CHILDRENS_SOCIAL_CARE'],
  ['Parents to agree a curfew', 'CHILDRENS_SOCIAL_CARE'],
  ['Refer again to mental health', 'HEALTH_GP'],
  ['Talk to the father', 'CHILDRENS_SOCIAL_CARE'],
  ['Substance worker to meet Jodie', 'YOUTH_JUSTICE'],
  ['Map where she stays when away', 'POLICE'],
]

const strategies = ['2025-05-06T11:00', '2025-11-17T11:00'].map((when) =>
  write(when, { type: 'STRATEGY_DISCUSSION', otherLabels: [], status: 'HELD', outcome: 'Plan to go on as it is' }),
)

/** Jodie: at the same level for 21 months, while everyone else left. */
export const jodie: AgencySeed['records'] = {
  person: [
    write('2025-01-27', {
      laChildId: '992039984',
      family: 'Merrick',
      given: 'Jodie',
      isAlias: false,
      dateOfBirth: '2012-09-03',
      sex: 'F',
      nhsNumber: '9991011838',
      upn: 'H992500312102',
      ethnicity: 'WBRI',
    }),
  ],
  addresses: [
    write('2025-01-27', {
      display: '8 Weaver Court, Eastvale',
      postcode: 'ZZ2 8WC',
      'field.force': 'F1',
      from: '2017-05-01',
      protected: false,
    }),
  ],
  communication: [write('2025-01-27', { whose: 'CHILD', language: 'en', interpreterRequired: false, needs: [] })],
  family: [
    write('2025-01-27', {
      relation: 'MOTHER',
      name: 'Karen Merrick',
      parentalResponsibility: true,
      inHousehold: true,
      isChild: false,
    }),
  ],
  involvements: [
    write('2025-02-10', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Eastvale family support team',
      professional: 'Luke Tandy',
      role: 'Newly qualified social worker',
      contact: '01632 960123',
      from: '2025-02-10',
    }),
    write('2025-02-10', {
      kind: 'LEAD_PROFESSIONAL',
      'field.service': 'Eastvale family support team',
      professional: 'Luke Tandy',
      role: 'Newly qualified social worker',
      contact: '01632 960123',
      from: '2025-02-10',
    }),
    write('2025-03-03', {
      ...youth,
      kind: 'YOUTH_JUSTICE_WORKER',
      'field.service': 'Eastvale youth justice service',
      professional: 'Sara Quinn',
      role: 'Case manager',
      contact: '01632 960124',
      from: '2025-03-03',
      to: '2025-09-05',
      endReason: 'Order ended',
      recordedAt: '2025-09-05',
    }),
  ],
  contacts: [
    write('2025-01-27T10:00', {
      sourceCode: '2B',
      fromAgency: 'EDUCATION',
      fromOrganisation: '900002',
      referrer: 'Mr Abbot, safeguarding lead',
      outcome: 'REFERRAL_ACCEPTED',
      outOfHours: false,
      concerns: ['DOMESTIC_ABUSE', 'EXPLOITATION'],
      disposed: ['DOMESTIC_ABUSE'],
      feedback: 'Assessment begun',
      feedbackAt: '2025-01-28T09:00:00Z',
    }),
  ],
  referrals: [write('2025-01-27', { sourceCode: '2B', primaryNeed: 'N5', noFurtherAction: false })],
  assessments: [
    write('2025-02-10', {
      kind: 'SINGLE',
      authorisedAt: '2025-02-10T15:00:00Z',
      dueAt: '2025-03-31',
      childSeen: true,
      factors: ['3B', '2A', '10A'],
    }),
  ],
  meetings: strategies,
  invitees: strategies.flatMap((meeting, index) => [
    write(index ? '2025-11-17T11:00' : '2025-05-06T11:00', {
      parent: meeting.id,
      agency: 'CHILDRENS_SOCIAL_CARE',
      'field.la': 'LA2',
      role: 'ALLOCATED_WORKER',
      invited: true,
      attended: true,
      reported: true,
    }),
    write(index ? '2025-11-17T11:00' : '2025-05-06T11:00', {
      parent: meeting.id,
      agency: 'POLICE',
      'field.la': 'LA2',
      role: 'PUBLIC_PROTECTION',
      invited: true,
      attended: true,
      reported: true,
    }),
  ]),
  plans: [plan],
  actions: actions.map(([text, owner]) =>
    write('2025-02-10', { parent: plan.id, text, owner, due: '2025-06-30', state: 'OPEN' }),
  ),
  carerLog: [
    write('2025-04-11T15:00', {
      ...youth,
      category: 'SUBSTANCE',
      text: 'Worker’s log: cannabis most days, paid for by others',
    }),
    write('2025-07-25T15:00', { ...youth, category: 'SUBSTANCE', text: 'Worker’s log: pills from a friend’s brother' }),
  ],
  interventions: [
    write('2025-03-10', {
      provider: 'Eastvale youth work',
      kind: 'Keep safe sessions',
      level: 'CHILD_IN_NEED',
      plannedOutcome: 'Fewer nights out of touch',
      sessionsPlanned: 10,
      sessionsHeld: 4,
    }),
  ],
  visits: [
    write('2026-06-09T16:30', { seen: true, seenAlone: false, jointWith: [], note: 'Said little; mother in the room' }),
  ],
}
