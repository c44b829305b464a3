import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer, writtenAnew } from '../seedRowWriter.ts'
import { samMeetings } from './samMeetings.ts'
import { samPlacements } from './samPlacements.ts'
import { samProvider } from './samProvider.ts'

const eastvale = 'EV-41873'
const write = writer('socialCare/sam', {
  ...holders.csc2,
  person: eastvale,
  recordedBy: 'Social worker, children in care team',
})
const southmere = writer('socialCare/sam/southmere', {
  ...holders.csc5,
  person: 'SM-20716',
  recordedBy: 'Duty officer',
})

const plan = write('2019-03-04', {
  level: 'LOOKED_AFTER',
  from: '2019-03-04',
  lastReviewOn: '2026-05-18',
  nextReviewOn: '2026-11-24',
})

const before = {
  person: [
    write('2018-11-12', {
      laChildId: '992041873',
      family: 'Thornley',
      given: 'Sam',
      isAlias: false,
      dateOfBirth: '2013-06-27',
      sex: 'M',
      nhsNumber: '9991012745',
      upn: 'R992500413103',
      ethnicity: 'WBRI',
    }),
  ],
  addresses: [
    write('2024-08-05', {
      display: 'Elm Lodge, 4 Elm Walk, Eastvale',
      postcode: 'ZZ2 4EL',
      'field.force': 'F1',
      from: '2024-08-05',
      to: '2025-05-19',
      protected: false,
      recordedAt: '2024-08-05',
    }),
    write('2025-05-19', {
      display: 'Harbour House, 11 Quay Road, Southmere',
      postcode: 'ZZ5 1QR',
      'field.la': 'LA5',
      'field.force': 'F4',
      from: '2025-05-19',
      protected: false,
    }),
  ],
  communication: [
    write('2018-11-12', {
      whose: 'CHILD',
      language: 'en',
      interpreterRequired: false,
      needs: ['Short sentences', 'Time to answer'],
    }),
  ],
  family: [
    ...writtenAnew(
      write('2018-11-12', {
        relation: 'MOTHER',
        name: 'Carla Thornley',
        parentalResponsibility: true,
        inHousehold: false,
        isChild: false,
      }),
      '2019-09-30',
      { restriction: 'Contact supervised, six times a year' },
    ),
    write('2018-11-12', {
      relation: 'FATHER',
      name: 'Lee Adley',
      parentalResponsibility: false,
      inHousehold: false,
      isChild: false,
    }),
    ...writtenAnew(
      write('2018-11-12', {
        relation: 'BROTHER',
        name: 'Joe Thornley',
        parentalResponsibility: false,
        inHousehold: false,
        isChild: true,
      }),
      '2018-11-15',
      { diedOn: '2018-11-14' },
    ),
  ],
  involvements: [
    write('2022-12-05', {
      kind: 'ALLOCATED_WORKER',
      'field.service': 'Eastvale children in care team',
      professional: 'Maria Osei',
      role: 'Social worker',
      contact: '01632 960112',
      from: '2022-12-05',
    }),
    write('2019-03-04', {
      kind: 'LEAD_PROFESSIONAL',
      'field.service': 'Eastvale children in care team',
      professional: 'Maria Osei',
      role: 'Social worker',
      contact: '01632 960112',
      from: '2022-12-05',
      recordedAt: '2022-12-05',
    }),
    write('2021-09-01', {
      kind: 'REVIEWING_OFFICER',
      'field.service': 'Eastvale reviewing service',
      professional: 'Tom Hallet',
      role: 'Independent reviewing officer',
      contact: '01632 960113',
      from: '2021-09-01',
    }),
    write('2024-10-07', {
      kind: 'PSYCHOLOGIST',
      'field.service': 'Eastvale clinical team for children in care',
      professional: 'Dr Anya Roe',
      role: 'Psychologist',
      contact: '01632 960114',
      from: '2024-10-07',
    }),
    write('2025-06-02', {
      ...holders.homeLa5,
      kind: 'HOME_PSYCHOLOGIST',
      'field.service': 'Harbour House therapy service',
      professional: 'Dr Neil Finch',
      role: 'Psychologist',
      contact: '01632 960502',
      from: '2025-06-02',
    }),
    write('2025-05-19', {
      ...holders.homeLa5,
      kind: 'KEY_WORKER',
      'field.service': 'Harbour House',
      professional: 'Jess Moran',
      role: 'Key worker',
      contact: '01632 960501',
      from: '2025-05-19',
    }),
    write('2025-10-20', {
      // What social care holds of Force 4: the record is the authority's own.
      service: 'POLICE',
      la: 'LA5',
      force: 'F4',
      kind: 'MISSING_UNIT',
      'field.service': 'Force 4 missing and exploitation unit',
      professional: 'DC Harris',
      role: 'Missing and exploitation officer',
      contact: '01632 960524',
      from: '2025-10-20',
    }),
  ],
  contacts: [
    southmere('2025-05-23T11:20', {
      sourceCode: '5C',
      fromAgency: 'CHILDRENS_SOCIAL_CARE',
      fromOrganisation: 'LA2-CSC',
      referrer: 'Maria Osei',
      outcome: 'CONTACT_ONLY',
      outOfHours: false,
      concerns: ['PLACED_IN_AREA'],
      disposed: ['PLACED_IN_AREA'],
      feedback: 'Noted as placed by another authority',
      feedbackAt: '2025-05-24T10:00:00Z',
    }),
  ],
  assessments: [
    write('2019-01-21', {
      kind: 'SINGLE',
      authorisedAt: '2019-01-21T15:00:00Z',
      dueAt: '2019-02-04',
      childSeen: true,
      factors: ['16A', '17A'],
    }),
    write('2026-03-16', {
      kind: 'PLACEMENT_REVIEW',
      authorisedAt: '2026-03-16T15:00:00Z',
      dueAt: '2026-03-20',
      childSeen: true,
      factors: ['10A', '11A', '15A', '16A', '17A'],
    }),
  ],
  plans: [plan],
  actions: [
    write('2026-09-28', {
      parent: plan.id,
      text: 'Constant supervision outside the home',
      owner: 'CHILDRENS_HOME',
      due: '2026-09-29',
      state: 'OPEN',
    }),
    write('2026-09-28', {
      parent: plan.id,
      text: 'Serve a warning notice on the adult named at the strategy meeting',
      owner: 'POLICE',
      due: '2026-11-04',
      state: 'OPEN',
    }),
    write('2026-09-28', {
      parent: plan.id,
      text: 'Join up the three offers of therapy',
      owner: 'CHILDRENS_SOCIAL_CARE',
      due: '2026-10-30',
      state: 'ACKNOWLEDGED',
    }),
  ],
  exploitation: [
    write('2026-09-22', {
      tool: 'Eastvale exploitation screening',
      version: '3.1',
      toolLevel: 'MEDIUM',
      professionalLevel: 'VERY_HIGH',
      rationale: 'The tool counts disclosures; Sam has made none, while two adults keep turning up',
      group: 'INTELLIGENCE',
      evidence: 'PROFESSIONAL_OPINION',
    }),
  ],
  visits: [
    write('2026-08-19T15:30', {
      seen: true,
      seenAlone: true,
      jointWith: [],
      note: 'Walked on the beach; spoke of wanting fewer meetings',
    }),
    write('2026-10-14T15:30', {
      seen: true,
      seenAlone: true,
      jointWith: ['POLICE'],
      note: 'Joint visit after the episode in September',
    }),
  ],
  voice: [
    write('2026-10-14T16:10', {
      medium: 'In person',
      text: 'I come back when I am ready. Nobody asks what happens before I go.',
      about: ['PLACEMENT', 'CONTACT'],
      evidence: 'DISCLOSURE',
    }),
  ],
  triggers: [
    write('2023-11-20', { monthDay: '11-14', text: 'Anniversary of his brother’s death; unsettled a week each side' }),
    write('2025-02-03', { text: 'Contact with his mother cancelled at short notice' }),
  ],
}

/** What an entry of the matrix rests on. */
const idsOf = (...rows: readonly ({ readonly id: string } | undefined)[]): readonly string[] =>
  rows.flatMap((one) => one?.id ?? [])

/** Sam: in care of LA2, placed at a distance in LA5, with each side of the boundary holding half of the picture. */
export const sam: AgencySeed['records'] = {
  ...before,
  hazards: [
    write('2019-01-21', {
      quadrant: 'BACKGROUND_HAZARD',
      text: 'Bereavement at five, never worked through',
      knownOn: '2019-01-21',
      basis: idsOf(before.assessments[0]),
    }),
    write('2026-10-31', {
      quadrant: 'DANGER',
      text: 'Overnight absence with adults outside the area',
      knownOn: '2026-10-31',
      basis: [],
    }),
    write('2025-02-03', {
      quadrant: 'STRENGTH',
      text: 'The same social worker for four years',
      knownOn: '2025-02-03',
      basis: idsOf(before.involvements[0]),
    }),
  ],
  interventions: [
    write('2025-06-02', {
      provider: 'Harbour House therapy service',
      kind: 'Therapeutic sessions',
      level: 'LOOKED_AFTER',
      plannedOutcome: 'Sam can speak of his brother',
      sessionsPlanned: 24,
      sessionsHeld: 9,
    }),
  ],
  chronologyEntries: [
    write('2025-05-19T12:00', {
      text: 'Moved to Southmere, where nobody knew him',
      significance: 'The first home out of reach of his school and of the team that knew him',
      analysis: 'His health history came late, and four professionals of the new area were never invited',
      impactOnChild: 'He has had to tell his story anew to each of them',
      status: 'AGREED',
      positive: false,
      basis: [],
      evidence: 'PROFESSIONAL_OPINION',
    }),
  ],
  ...samMeetings(eastvale),
  ...samPlacements(eastvale),
  ...samProvider(eastvale),
}
