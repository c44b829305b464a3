import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { hoursAfter, instant, writer } from '../seedRowWriter.ts'
import { bryonyContacts } from './bryonyContacts.ts'

const person = 'EV-50962'
const write = writer('socialCare/bryony', { ...holders.csc2, person, recordedBy: 'Social worker, assessment team' })

const plan = write('2026-04-20', { level: 'EARLY_HELP', from: '2026-04-20', lastReviewOn: '2026-06-22' })
const meeting = write('2026-06-22T14:00', {
  type: 'CIN_MEETING',
  otherLabels: ['CAF', 'CIN'],
  status: 'HELD',
  outcome: 'School to go on helping',
})
const cancelled = write('2026-10-12T14:00', {
  type: 'CIN_MEETING',
  otherLabels: ['CAF'],
  status: 'CANCELLED',
  outcome: 'Parent could not come; not booked again',
})

/** Episodes that the family told the worker of afterwards and no force: from, hours. */
const unreported: readonly (readonly [string, number])[] = [
  ['2026-05-02T18:00', 3],
  ['2026-06-27T17:00', 4],
  ['2026-08-05T19:00', 3],
  ['2026-09-26T18:30', 2],
  ['2026-11-07T17:30', 5],
]

const before = {
  person: [
    write('2024-02-12', {
      laChildId: '992050962',
      family: 'Calder',
      given: 'Bryony',
      isAlias: false,
      dateOfBirth: '2015-01-15',
      sex: 'F',
      nhsNumber: '9991013652',
      upn: 'A992500514104',
      ethnicity: 'WBRI',
    }),
  ],
  addresses: [
    write('2024-02-12', {
      display: '27 Tanner Row, Eastvale',
      postcode: 'ZZ2 7TR',
      'field.force': 'F1',
      from: '2021-06-01',
      to: '2026-11-09',
      protected: false,
    }),
    write('2026-11-13', {
      display: '3 Mill Court, Eastvale, with a cousin',
      livingWith: 'COUSIN',
      postcode: 'ZZ2 3MC',
      'field.force': 'F1',
      from: '2026-11-09',
      protected: false,
    }),
  ],
  communication: [write('2024-02-12', { whose: 'CHILD', language: 'en', interpreterRequired: false, needs: [] })],
  family: [
    write('2024-02-12', {
      relation: 'MOTHER',
      name: 'Shelley Calder',
      parentalResponsibility: true,
      inHousehold: true,
      isChild: false,
    }),
    write('2024-02-12', {
      relation: 'GRANDMOTHER',
      name: 'Irene Calder',
      parentalResponsibility: false,
      inHousehold: false,
      isChild: false,
    }),
    write('2026-11-13', {
      relation: 'COUSIN',
      name: 'Kelly Marsh',
      parentalResponsibility: false,
      inHousehold: true,
      isChild: false,
    }),
  ],
  involvements: [
    write('2026-03-09', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Eastvale assessment team',
      professional: 'Ben Achebe',
      role: 'Social worker',
      contact: '01632 960121',
      from: '2026-03-09',
    }),
  ],
  ...bryonyContacts(person),
  referrals: [
    write('2026-03-05', {
      sourceCode: '7',
      primaryNeed: 'N8',
      noFurtherAction: false,
      closedOn: '2026-04-20',
      closureReason: 'RC9',
    }),
    write('2026-11-19T22:00', { sourceCode: '3E', primaryNeed: 'N1', noFurtherAction: false }),
  ],
  assessments: [
    write('2024-11-25', {
      kind: 'SINGLE',
      authorisedAt: '2024-11-25T15:00:00Z',
      dueAt: '2024-12-06',
      childSeen: true,
      factors: ['16A', '2B'],
    }),
    write('2026-04-17', {
      kind: 'SINGLE',
      authorisedAt: '2026-04-17T15:00:00Z',
      dueAt: '2026-05-08',
      childSeen: true,
      factors: ['21'],
      historyRead: false,
      evidence: 'PROFESSIONAL_OPINION',
    }),
  ],
  meetings: [meeting, cancelled],
  invitees: [
    write('2026-06-22T14:00', {
      parent: meeting.id,
      agency: 'CHILDRENS_SOCIAL_CARE',
      'field.la': 'LA2',
      role: 'ALLOCATED_WORKER',
      invited: true,
      attended: true,
      reported: false,
      acknowledgedAt: '2026-06-23T09:00:00Z',
    }),
    write('2026-06-22T14:00', {
      parent: meeting.id,
      agency: 'EDUCATION',
      'field.la': 'LA2',
      role: 'DESIGNATED_SAFEGUARDING_LEAD',
      invited: true,
      attended: true,
      reported: true,
    }),
    write('2026-10-12T14:00', {
      parent: cancelled.id,
      agency: 'EDUCATION',
      'field.la': 'LA2',
      role: 'DESIGNATED_SAFEGUARDING_LEAD',
      invited: true,
      attended: false,
      reported: false,
      reason: 'Cancelled',
    }),
  ],
  plans: [plan],
  actions: [
    write('2026-06-22T15:00', {
      parent: plan.id,
      text: 'Keep a breakfast place',
      owner: 'EDUCATION',
      due: '2026-07-17',
      state: 'DONE',
    }),
  ],
  missing: unreported.map(([from, length]) =>
    write(from, {
      kind: 'A',
      from: instant(from),
      to: hoursAfter(from, length),
      reported: false,
      loggedBy: 'FAMILY',
      interviewOffered: false,
    }),
  ),
  exploitation: ['2026-06-19', '2026-09-18', '2026-11-10'].map((day) =>
    write(day, {
      tool: 'Eastvale exploitation screening',
      version: '3.1',
      toolLevel: 'LOW',
      professionalLevel: 'LOW',
      group: 'HYPOTHESISED',
      evidence: 'PROFESSIONAL_OPINION',
    }),
  ),
  visits: [
    write('2026-11-12T16:00', {
      seen: true,
      seenAlone: false,
      jointWith: [],
      note: 'Seen at the cousin’s flat; three children in one room',
    }),
  ],
  voice: [
    write('2026-11-20T11:00', {
      medium: 'In person, on the ward',
      text: 'I look after things at home. I want my mum to know I tried.',
      about: ['CONTACT', 'SHARING'],
      evidence: 'DISCLOSURE',
    }),
  ],
}

/** What an entry of the matrix rests on. */
const idsOf = (...rows: readonly ({ readonly id: string } | undefined)[]): readonly string[] =>
  rows.flatMap((one) => one?.id ?? [])

/** Bryony: nine contacts, each looked at by itself. */
export const bryony: AgencySeed['records'] = {
  ...before,
  hazards: [
    write('2024-11-25', {
      quadrant: 'BACKGROUND_HAZARD',
      text: 'Neglect and the mother’s drug use, found in 2024',
      knownOn: '2024-11-25',
      basis: idsOf(before.assessments[0]),
    }),
    write('2026-03-05', {
      quadrant: 'SITUATIONAL_HAZARD',
      text: 'Only carer in custody',
      knownOn: '2026-03-05',
      basis: idsOf(before.referrals[0]),
    }),
    write('2026-11-20T10:00', {
      quadrant: 'DANGER',
      text: 'Overdose told of by herself',
      knownOn: '2026-11-20',
      basis: idsOf(before.referrals[1]),
    }),
    write('2026-04-17', { quadrant: 'STRENGTH', text: 'Close to her grandmother', knownOn: '2026-04-17', basis: [] }),
  ],
  interventions: [
    write('2026-09-21', {
      provider: 'Eastvale youth work',
      kind: 'Keep safe sessions',
      level: 'EARLY_HELP',
      plannedOutcome: 'Bryony can name two adults whom she would tell',
      sessionsPlanned: 8,
      sessionsHeld: 3,
    }),
  ],
}
