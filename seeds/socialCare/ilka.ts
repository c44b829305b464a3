import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('socialCare/ilka', {
  ...holders.csc2,
  person: 'EV-44250',
  recordedBy: 'Social worker, assessment team',
})
const plan = write('2026-10-12', { level: 'CHILD_IN_NEED', from: '2026-10-12', nextReviewOn: '2026-11-23' })
const strategy = write('2026-10-06T09:30', {
  type: 'STRATEGY_DISCUSSION',
  otherLabels: [],
  status: 'HELD',
  outcome: 'Joint enquiry',
})
const invited = (agency: string, role: string) =>
  write('2026-10-06T09:30', {
    parent: strategy.id,
    agency,
    'field.la': 'LA2',
    role,
    invited: true,
    attended: true,
    reported: true,
    acknowledgedAt: '2026-10-07T09:00:00Z',
  })

/** Ilka: one allegation looked into, and the case about to be closed on the word that the family is abroad. */
export const ilka: AgencySeed['records'] = {
  person: [
    write('2026-10-05', {
      laChildId: '992044250',
      family: 'Venskute',
      given: 'Ilka',
      isAlias: false,
      dateOfBirth: '2013-04-19',
      sex: 'F',
      nhsNumber: '9991010912',
      upn: 'W992500213101',
      ethnicity: 'WOTH',
    }),
    write('2026-10-05', { family: 'Venskutė', given: 'Ilka', isAlias: true, dateOfBirth: '2013-04-19', sex: 'F' }),
  ],
  addresses: [
    write('2026-10-05', {
      display: '14 Foundry Lane, Eastvale',
      postcode: 'ZZ2 4FL',
      'field.force': 'F1',
      from: '2022-01-10',
      protected: false,
    }),
  ],
  communication: [
    write('2026-10-05', { whose: 'CHILD', language: 'lt', interpreterRequired: false, needs: [] }),
    write('2026-10-05', {
      whose: 'MOTHER',
      language: 'lt',
      interpreterRequired: true,
      needs: ['Works nights; call after 19:00'],
      contactHours: 'after 19:00',
      contactMedium: 'CALL',
    }),
  ],
  family: [
    write('2026-10-05', {
      relation: 'MOTHER',
      name: 'Rasa Venskiene',
      parentalResponsibility: true,
      inHousehold: true,
      isChild: false,
    }),
    write('2026-10-05', {
      relation: 'STEPFATHER',
      name: 'Tomas Kairys',
      parentalResponsibility: false,
      inHousehold: true,
      isChild: false,
    }),
  ],
  involvements: [
    write('2026-10-05', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Eastvale assessment team',
      professional: 'Ben Achebe',
      role: 'Social worker',
      contact: '01632 960121',
      from: '2026-10-05',
    }),
    write('2026-10-12', {
      kind: 'LEAD_PROFESSIONAL',
      'field.service': 'Eastvale assessment team',
      professional: 'Ben Achebe',
      role: 'Social worker',
      contact: '01632 960121',
      from: '2026-10-12',
    }),
  ],
  contacts: [
    write('2026-10-05T12:10', {
      sourceCode: '2A',
      fromAgency: 'EDUCATION',
      fromOrganisation: '900002',
      referrer: 'Mr Abbot, safeguarding lead',
      outcome: 'REFERRAL_ACCEPTED',
      outOfHours: false,
      concerns: ['PHYSICAL_ABUSE', 'MISSING'],
      disposed: ['PHYSICAL_ABUSE'],
      feedback: 'Child accommodated',
      feedbackAt: '2026-10-06T16:00:00Z',
    }),
  ],
  referrals: [
    write('2026-10-05', {
      sourceCode: '2A',
      primaryNeed: 'N1',
      noFurtherAction: false,
      closureProposedOn: '2026-11-16',
      closureReason: 'Family said to be abroad',
    }),
  ],
  s47Enquiries: [write('2026-10-06', { startedOn: '2026-10-06' })],
  meetings: [strategy],
  invitees: [
    invited('CHILDRENS_SOCIAL_CARE', 'ALLOCATED_WORKER'),
    invited('POLICE', 'PUBLIC_PROTECTION'),
    invited('HEALTH_GP', 'GP'),
    invited('EDUCATION', 'DESIGNATED_SAFEGUARDING_LEAD'),
  ],
  plans: [plan],
  actions: [
    write('2026-10-12', {
      parent: plan.id,
      text: 'See Ilka alone with an interpreter',
      owner: 'CHILDRENS_SOCIAL_CARE',
      due: '2026-10-30',
      state: 'OPEN',
    }),
  ],
  carerLog: [
    write('2026-10-08T19:30', {
      service: 'FOSTER_CARER',
      category: 'MOOD',
      text: 'Asked twice whether she has to go back; slept with the light on',
    }),
  ],
  placements: [
    write('2026-10-06', {
      code: 'U6',
      collectionYear: 2026,
      providerCode: 'PR1',
      provider: 'Eastvale fostering',
      'field.force': 'F1',
      from: '2026-10-06',
      to: '2026-10-11',
      changeReason: 'PLACE',
    }),
  ],
  legalStatuses: [write('2026-10-06', { code: 'V2', from: '2026-10-06', to: '2026-10-11', endReason: 'E4A' })],
  exploitation: [
    write('2026-10-27', {
      tool: 'Eastvale exploitation screening',
      version: '3.1',
      toolLevel: 'HIGH',
      professionalLevel: 'HIGH',
      group: 'DISCLOSED_OR_CONVICTED',
      evidence: 'PROFESSIONAL_OPINION',
    }),
  ],
  visits: [
    write('2026-11-13T16:00', {
      seen: false,
      seenAlone: false,
      jointWith: [],
      note: 'Nobody in; neighbour thought they were away',
    }),
  ],
}
