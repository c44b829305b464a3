import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('socialCare/maya', {
  ...holders.csc2,
  person: 'EV-29316',
  recordedBy: 'Social worker, children in care team',
})
const plan = write('2022-03-07', {
  level: 'LOOKED_AFTER',
  from: '2022-03-07',
  lastReviewOn: '2026-07-06',
  nextReviewOn: '2027-01-04',
})

/**
 * Maya: an address that must not be found, a sibling whose new name nobody here may learn, and advice that is nobody
 * else's. The sibling has no child, link or identifier in the gateway: there is nothing to join.
 */
export const maya: AgencySeed['records'] = {
  person: [
    write('2021-11-15', {
      laChildId: '992029316',
      family: 'Bellhaven',
      given: 'Maya',
      isAlias: false,
      dateOfBirth: '2011-10-30',
      sex: 'F',
      nhsNumber: '9991015485',
      upn: 'N992500711106',
      ethnicity: 'MWBC',
    }),
  ],
  addresses: [
    write('2021-11-15', {
      display: '61 Linnet Close, Eastvale',
      postcode: 'ZZ2 6LC',
      'field.force': 'F1',
      from: '2016-04-01',
      to: '2022-03-07',
      protected: false,
    }),
    write('2024-09-02', {
      labels: ['ADDRESS_PROTECTED'],
      display: '18 Heron Way, Southmere',
      postcode: 'ZZ5 9HW',
      'field.la': 'LA5',
      'field.force': 'F4',
      from: '2024-09-02',
      protected: true,
    }),
  ],
  communication: [
    write('2021-11-15', {
      whose: 'CHILD',
      language: 'en',
      interpreterRequired: false,
      needs: ['Hearing aid, left'],
    }),
  ],
  family: [
    write('2021-11-15', {
      relation: 'MOTHER',
      name: 'Alice Bellhaven',
      parentalResponsibility: true,
      inHousehold: false,
      isChild: false,
    }),
    write('2021-11-15', {
      relation: 'FATHER',
      name: 'Raymond Coyle',
      parentalResponsibility: false,
      inHousehold: false,
      isChild: false,
      restriction: 'No contact; must not learn where Maya lives',
      labels: ['DOMESTIC_ABUSE'],
    }),
    write('2023-06-20', {
      relation: 'ADOPTED_SIBLING',
      parentalResponsibility: false,
      inHousehold: false,
      isChild: true,
    }),
  ],
  involvements: [
    write('2022-03-07', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Eastvale children in care team',
      professional: 'Grace Lumb',
      role: 'Social worker',
      contact: '01632 960115',
      from: '2022-03-07',
    }),
    write('2022-03-07', {
      kind: 'LEAD_PROFESSIONAL',
      'field.service': 'Eastvale children in care team',
      professional: 'Grace Lumb',
      role: 'Social worker',
      contact: '01632 960115',
      from: '2022-03-07',
    }),
  ],
  referrals: [write('2021-11-15', { sourceCode: '6', primaryNeed: 'N1', noFurtherAction: false })],
  assessments: [
    write('2022-01-10', {
      kind: 'SINGLE',
      authorisedAt: '2022-01-10T15:00:00Z',
      dueAt: '2022-01-24',
      childSeen: true,
      factors: ['3B', '17A'],
    }),
  ],
  plans: [plan],
  actions: [
    write('2026-07-06', {
      parent: plan.id,
      text: 'Life-story work before the next review',
      owner: 'CHILDRENS_SOCIAL_CARE',
      due: '2026-12-18',
      state: 'ACKNOWLEDGED',
    }),
  ],
  placements: [
    write('2022-03-07', {
      code: 'U6',
      collectionYear: 2022,
      providerCode: 'PR1',
      provider: 'Eastvale fostering',
      'field.force': 'F1',
      from: '2022-03-07',
      to: '2024-09-02',
      changeReason: 'CARPL',
    }),
    write('2024-09-02', {
      code: 'U4',
      collectionYear: 2024,
      providerCode: 'PR4',
      provider: 'Southmere foster carers',
      contact: 'Through the social worker, 01632 960115',
      'field.la': 'LA5',
      'field.force': 'F4',
      from: '2024-09-02',
      decidedOn: '2024-07-15',
      suitabilityMeetingOn: '2024-07-29',
    }),
  ],
  legalStatuses: [
    write('2022-03-07', { code: 'C1', from: '2022-03-07', to: '2022-11-21' }),
    write('2022-11-21', { code: 'C2', from: '2022-11-21' }),
  ],
  orders: [
    write('2022-11-21', {
      type: 'CARE_ORDER',
      court: 'Family Court at Eastvale',
      from: '2022-11-21',
      conditions: 'No contact with the father; whereabouts not to be disclosed',
    }),
  ],
  visits: [
    write('2026-10-08T16:00', { seen: true, seenAlone: true, jointWith: [], note: 'Settled; choir on Thursdays' }),
  ],
  voice: [
    write('2026-07-06T11:00', {
      medium: 'In person',
      text: 'I like it here. I do not want anyone to tell Dad where it is.',
      about: ['PLACEMENT', 'SHARING'],
      evidence: 'DISCLOSURE',
    }),
  ],
  adoption: [
    write('2023-06-20', {
      relation: 'SIBLING',
      formerName: 'Noah Bellhaven',
      formerNhsNumber: '9991016392',
      adoptedOn: '2023-06-15',
    }),
  ],
  legalAdvice: [
    write('2024-08-12', {
      text: 'Advice on the father’s application for disclosure of the address: oppose it',
      recordedBy: 'Authority’s solicitor',
    }),
  ],
}
