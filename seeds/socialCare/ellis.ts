import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('socialCare/ellis', {
  ...holders.csc2,
  person: 'EV-22671',
  recordedBy: 'Social worker, children in care team',
})

/** Ellis: looked after, nearly eighteen, and no adult service knows of him. */
export const ellis: AgencySeed['records'] = {
  person: [
    write('2018-03-05', {
      laChildId: '992022671',
      family: 'Farrow',
      given: 'Ellis',
      isAlias: false,
      dateOfBirth: '2009-05-06',
      sex: 'M',
      nhsNumber: '9991014578',
      upn: 'T992500609105',
      ethnicity: 'MWAS',
    }),
  ],
  addresses: [
    write('2026-04-07', {
      display: 'Orchard View, 2 Lane End, Fenwick',
      postcode: 'ZZ6 2LE',
      'field.la': 'LA6',
      'field.force': 'F1',
      from: '2026-04-07',
      protected: false,
    }),
  ],
  communication: [
    write('2018-03-05', {
      whose: 'CHILD',
      language: 'en',
      interpreterRequired: false,
      needs: ['Easy words', 'One thing at a time'],
    }),
  ],
  family: [
    write('2018-03-05', {
      relation: 'MOTHER',
      name: 'Janet Farrow',
      parentalResponsibility: true,
      inHousehold: false,
      isChild: false,
    }),
    write('2018-03-05', {
      relation: 'FATHER',
      name: 'Sunil Rao',
      parentalResponsibility: true,
      inHousehold: false,
      isChild: false,
    }),
  ],
  involvements: [
    write('2023-01-09', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Eastvale children in care team',
      professional: 'Grace Lumb',
      role: 'Social worker',
      contact: '01632 960115',
      from: '2023-01-09',
    }),
    write('2023-01-09', {
      kind: 'LEAD_PROFESSIONAL',
      'field.service': 'Eastvale children in care team',
      professional: 'Grace Lumb',
      role: 'Social worker',
      contact: '01632 960115',
      from: '2023-01-09',
    }),
  ],
  assessments: [
    write('2021-03-15', {
      kind: 'SINGLE',
      authorisedAt: '2021-03-15T15:00:00Z',
      dueAt: '2021-04-12',
      childSeen: true,
      factors: ['3B', '5A', '7A', '10A'],
    }),
  ],
  plans: [
    write('2021-06-07', {
      level: 'LOOKED_AFTER',
      from: '2021-06-07',
      lastReviewOn: '2026-08-17',
      nextReviewOn: '2027-02-15',
    }),
  ],
  placements: [
    write('2021-06-07', {
      code: 'U6',
      collectionYear: 2021,
      providerCode: 'PR1',
      provider: 'Eastvale fostering',
      'field.force': 'F1',
      from: '2021-06-07',
      to: '2024-02-12',
      changeReason: 'CREQB',
    }),
    write('2024-02-12', {
      code: 'K2',
      collectionYear: 2024,
      providerCode: 'PR4',
      provider: 'Calder Lodge',
      'field.la': 'LA3',
      'field.force': 'F2',
      from: '2024-02-12',
      to: '2025-07-01',
      changeReason: 'CLOSE',
    }),
    write('2025-07-01', {
      code: 'K2',
      collectionYear: 2025,
      providerCode: 'PR4',
      provider: 'West Haven House',
      'field.la': 'LA4',
      'field.force': 'F3',
      from: '2025-07-01',
      to: '2026-04-07',
      changeReason: 'LAREQ',
    }),
    write('2026-04-07', {
      code: 'K2',
      collectionYear: 2026,
      providerCode: 'PR4',
      provider: 'Orchard View',
      contact: '01632 960506',
      'field.la': 'LA6',
      'field.force': 'F1',
      from: '2026-04-07',
      decidedOn: '2026-03-16',
      suitabilityMeetingOn: '2026-03-23',
    }),
  ],
  legalStatuses: [
    write('2021-06-07', { code: 'C1', from: '2021-06-07', to: '2021-12-13' }),
    write('2021-12-13', { code: 'C2', from: '2021-12-13' }),
  ],
  orders: [write('2021-12-13', { type: 'CARE_ORDER', court: 'Family Court at Eastvale', from: '2021-12-13' })],
  exploitation: [
    write('2026-08-10', {
      tool: 'Eastvale exploitation screening',
      version: '3.1',
      toolLevel: 'MEDIUM',
      professionalLevel: 'HIGH',
      rationale: 'Easily led, and the tool asks nothing about that',
      group: 'INTELLIGENCE',
      evidence: 'PROFESSIONAL_OPINION',
    }),
  ],
  voice: [
    write('2026-08-17T11:00', {
      medium: 'With an advocate',
      text: 'What happens when I am eighteen?',
      about: ['MOVE', 'PLACEMENT'],
      evidence: 'DISCLOSURE',
    }),
  ],
  visits: [
    write('2026-10-05T15:00', {
      seen: true,
      seenAlone: true,
      jointWith: [],
      note: 'Asked again who will look after him next year',
    }),
  ],
  hazards: [
    write('2026-08-17', {
      quadrant: 'SITUATIONAL_HAZARD',
      text: 'Parents’ views written down, no work done with them',
      knownOn: '2026-08-17',
      basis: [],
    }),
  ],
}
