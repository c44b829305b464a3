import { type Held, type ImportedCase, rec } from './record.ts'

/** An allocated worker, an open referral and a home: what makes Eastvale keep the case. */
const kept = (since: string, more: Held = {}, team = 'Eastvale family team'): Held => ({
  ...more,
  addresses: [
    rec(since, { display: '4 Tannery Row, Eastvale', postcode: 'ZZ2 8QT', la: 'LA2', force: 'F1', from: since }),
    ...(more['addresses'] ?? []),
  ],
  involvements: [
    rec(since, {
      ...{ kind: 'ALLOCATED_WORKER', service: team, professional: 'Petra Lowndes', role: 'Social worker', from: since },
    }),
    ...(more['involvements'] ?? []),
  ],
  referrals: [
    rec(since, { sourceCode: '1A', primaryNeed: 'N1', noFurtherAction: false }),
    ...(more['referrals'] ?? []),
  ],
})

const missing = (force: string, from: string, to: string, more = {}) =>
  rec(from, { kind: 'M', from, to, force, overnight: false, ...more })

const invitee = (parent: string, agency: string, la: string, more = {}) =>
  rec('2026-09-01', { agency, la, invited: true, attended: true, ...more }, { parent })

const meeting = (id: string, when: string, type: string, more = {}) =>
  rec(when, { type, status: 'HELD', ...more }, { id })

const plan = (id: string, level: string, from: string, more = {}) => rec(from, { level, from, ...more }, { id })

const enrolled = (urn: string, school: string, from: string, more = {}) =>
  rec(from, { urn, school, phase: 'SECONDARY', from, ...more })

export const cases: readonly ImportedCase[] = [
  {
    rows: ['A5', 'D7'],
    ...{ given: 'Orla', family: 'Penhallow', born: '2010-02-11' },
    held: {
      'LA2-CSC': kept('2015-01-12', {
        assessments: [
          rec('2015-01-14', {
            kind: 'SINGLE',
            authorisedAt: '2015-03-02T16:00:00Z',
            factors: ['4A'],
            historyRead: false,
          }),
        ],
      }),
      'LA2-HOUSING': {
        person: [rec('2011-03-01', { relation: 'MOTHER', name: 'Sive Penhallow' })],
        housing: [
          rec('2011-03-01', { kind: 'COMPLAINT', text: 'Neighbour heard a small child crying at night' }),
          rec('2013-05-20', { kind: 'REPAIR', text: 'No heating since the winter' }),
          rec('2013-11-04', { kind: 'COMPLAINT', text: 'Men coming and going' }),
        ],
      },
    },
  },
  {
    rows: ['A10', 'G7'],
    ...{ given: 'Kester', family: 'Obuya', born: '2012-08-30' },
    held: {
      'LA2-CSC': kept('2025-02-03', {
        placements: [
          rec('2025-06-02', { code: 'U1', from: '2025-06-02', la: 'LA5', force: 'F4', providerCode: 'PR1' }),
        ],
        plans: [plan('kester-plan', 'LOOKED_AFTER', '2025-06-02')],
      }),
      'NHS-LA2-CAMHS': {
        camhsEpisodes: [
          rec('2022-01-10', {
            service: 'Eastvale CAMHS',
            la: 'LA2',
            status: 'CLOSED',
            referralType: 'NEW',
            referredOn: '2022-01-10',
            closedOn: '2022-09-30',
          }),
        ],
      },
      'NHS-LA5-CAMHS': {
        camhsEpisodes: [
          rec('2026-06-08', {
            service: 'Southmere CAMHS',
            la: 'LA5',
            status: 'OPEN',
            referralType: 'NEW',
            referredOn: '2026-06-08',
          }),
        ],
      },
      '900005': { enrolments: [enrolled('900005', 'Southmere High', '2025-06-09')] },
    },
  },
  {
    rows: ['B1', 'J10', 'J11', 'K9'],
    ...{ given: 'Delia', family: 'Marchbank', born: '2014-10-05' },
    held: {
      'LA2-CSC': kept('2026-03-02', {
        communication: [
          rec('2026-03-02', {
            whose: 'MOTHER',
            language: 'en',
            interpreterRequired: false,
            contactHours: 'after 18:30',
            contactMedium: 'TEXT',
          }),
        ],
        interventions: [
          rec('2026-04-06', {
            kind: 'PARENTING',
            level: 'CHILD_IN_NEED',
            from: '2026-04-06',
            to: '2026-06-01',
            sessionsPlanned: 4,
            sessionsHeld: 1,
          }),
        ],
        plans: [plan('delia-plan', 'CHILD_IN_NEED', '2026-03-20')],
      }),
      'NHS-LA2-CHC': {
        appointments: [
          rec('2026-04-13T10:00:00Z', { service: 'School nursing', outcome: 'WAS_NOT_BROUGHT' }),
          rec('2026-05-11T10:00:00Z', { service: 'School nursing', outcome: 'ATTENDED' }),
        ],
      },
      'NHS-LA2-ACUTE': {
        appointments: [
          rec('2026-04-20T10:00:00Z', { service: 'Paediatrics', outcome: 'WAS_NOT_BROUGHT' }),
          rec('2026-06-15T10:00:00Z', { service: 'Paediatrics', outcome: 'CANCELLED' }),
        ],
      },
      '900002': { enrolments: [enrolled('900002', 'Eastvale Academy', '2025-09-03')] },
      F1: { events: [rec('2026-05-02T20:00:00Z', { kind: 'WELFARE_CHECK', finding: 'Home safe', notified: true })] },
      'LA2-PROBATION': {
        person: [rec('2026-01-05', { relation: 'MOTHER', name: 'Renata Marchbank' })],
        services: [
          rec('2026-01-05', {
            service: 'PROBATION',
            relation: 'MOTHER',
            worker: 'Iolo Tarr',
            contact: '01632 960441',
            from: '2026-01-05',
          }),
        ],
        requirements: [
          rec('2026-05-04', {
            service: 'PROBATION',
            relation: 'MOTHER',
            week: '2026-05-04',
            text: 'Office appointment',
            outcome: 'ATTENDED',
          }),
          rec('2026-05-04', {
            service: 'PROBATION',
            relation: 'MOTHER',
            week: '2026-05-04',
            text: 'Unpaid work',
            outcome: 'MISSED',
          }),
        ],
      },
      'LA2-SUBSTANCE': {
        services: [rec('2026-02-02', { service: 'SUBSTANCE_SERVICE', relation: 'MOTHER', from: '2026-02-02' })],
        requirements: [
          rec('2026-05-04', {
            service: 'SUBSTANCE_SERVICE',
            relation: 'MOTHER',
            week: '2026-05-04',
            text: 'Key work',
            outcome: 'MISSED',
          }),
        ],
      },
      'LA2-HOUSING': { housing: [rec('2026-02-10', { kind: 'CONTACT', text: 'Arrears letter' })] },
    },
  },
  {
    rows: ['B6', 'C4', 'G3'],
    ...{ given: 'Junia', family: 'Sedgemoor', born: '2012-04-18' },
    held: {
      'LA2-CSC': kept('2026-05-11', { plans: [plan('junia-plan', 'CHILD_IN_NEED', '2026-05-25')] }),
      'NHS-LA2-ACUTE': {
        unscheduledAttendances: [
          rec('2026-08-10T21:00:00Z', {
            setting: 'EMERGENCY_DEPARTMENT',
            safeguardingRelevance: 'SELF_HARM',
            injury: false,
            reason: 'Took an overdose of paracetamol',
            outcome: 'Observed overnight',
            retraction: 'Said on 12 August that it was an accident',
          }),
          rec('2026-09-07T22:00:00Z', {
            setting: 'EMERGENCY_DEPARTMENT',
            safeguardingRelevance: 'SELF_HARM',
            injury: false,
            reason: 'Self-poisoning',
            outcome: 'Discharged',
            mentalHealthReferral: false,
          }),
        ],
      },
      '900002': { enrolments: [enrolled('900002', 'Eastvale Academy', '2023-09-04')] },
      F1: {
        missingEpisodes: ['06-01', '06-20', '07-09', '08-02', '09-12'].map((day) =>
          missing('F1', `2026-${day}T16:00:00Z`, `2026-${day}T20:00:00Z`),
        ),
        events: ['07-10', '08-03', '09-13'].map((day) =>
          rec(`2026-${day}T22:00:00Z`, {
            kind: 'URGENT_CALL',
            finding: 'In the street at night',
            childRole: 'PRESENT',
            notified: true,
          }),
        ),
      },
    },
  },
  {
    rows: ['C2', 'Z16'],
    ...{ given: 'Merrin', family: 'Tolpuddle', born: '2013-12-02' },
    held: {
      'LA2-CSC': kept('2025-09-01', {
        plans: [
          plan('merrin-cp', 'CHILD_PROTECTION', '2025-09-15', { category: 'EMO', to: '2026-04-14' }),
          plan('merrin-cin', 'CHILD_IN_NEED', '2026-04-14', { reviewedBy: 'Ansgar Pell, child protection chair' }),
        ],
        meetings: [
          meeting('merrin-rcpc', '2026-04-14', 'REVIEW_CONFERENCE', {
            outcome: 'Child protection plan ends; child in need plan',
          }),
        ],
        referrals: [rec('2026-08-03', { sourceCode: '2A', primaryNeed: 'N5', noFurtherAction: false })],
        involvements: [
          ...['SOCIAL_WORKER', 'POLICE_OFFICER', 'HEALTH_VISITOR'].map((role) =>
            rec('2026-04-14', { kind: 'CHILD_PROTECTION_TEAM', role, from: '2026-04-14' }),
          ),
          rec('2026-04-14', {
            kind: 'FAMILY_HELP_LEAD',
            service: 'Eastvale Academy',
            professional: 'Noor Vance',
            role: 'School family worker',
            from: '2026-04-14',
          }),
          rec('2025-09-15', {
            kind: 'LEAD_CHILD_PROTECTION_PRACTITIONER',
            service: 'Eastvale protection team',
            professional: 'Hamish Crole',
            role: 'Social worker',
            from: '2025-09-15',
          }),
        ],
      }),
    },
  },
  {
    rows: ['C6', 'C8', 'D2', 'D3'],
    ...{ given: 'Ivo', family: 'Ransome', born: '2011-06-06' },
    held: {
      'LA2-CSC': kept('2025-11-03', {
        plans: [plan('ivo-plan', 'LOOKED_AFTER', '2025-11-10')],
        placements: [
          rec('2026-05-18', {
            code: 'K2',
            from: '2026-05-18',
            la: 'LA5',
            force: 'F4',
            provider: 'Saltmarsh House',
            ofstedUrn: 'SC900321',
          }),
        ],
        involvements: [
          rec('2026-01-19', {
            kind: 'YOUTH_JUSTICE_WORKER',
            service: 'Eastvale youth justice service',
            professional: 'Wanda Siles',
            from: '2026-01-19',
            to: '2026-06-05',
          }),
        ],
        meetings: [
          meeting('ivo-review', '2026-03-02', 'CLA_REVIEW'),
          meeting('ivo-strategy', '2026-09-01', 'MISSING_STRATEGY', { outcome: 'Joint plan with Force 4' }),
          meeting('ivo-cancelled', '2026-10-05', 'CIN_MEETING', {
            status: 'CANCELLED',
            outcome: 'PARENT_NON_ATTENDANCE',
          }),
        ],
        invitees: [
          invitee('ivo-strategy', 'CHILDRENS_SOCIAL_CARE', 'LA2', {
            role: 'Social worker',
            acknowledgedAt: '2026-09-02T09:00:00Z',
          }),
          invitee('ivo-strategy', 'HEALTH_COMMUNITY', 'LA2', {
            role: 'Community nurse',
            acknowledgedAt: '2026-09-02T10:00:00Z',
          }),
          invitee('ivo-strategy', 'POLICE', 'LA2', { role: 'Missing unit', acknowledgedAt: null }),
        ],
      }),
      '900005': { enrolments: [enrolled('900005', 'Southmere High', '2026-06-01')] },
      'NHS-LA5-GP': {
        registrations: [rec('2026-05-20', { practice: 'NHS-LA5-GP', name: 'Southmere Practice', from: '2026-05-20' })],
      },
      'NHS-LA5-CHC': {
        involvements: [
          rec('2026-05-25', {
            kind: 'LOOKED_AFTER_NURSE',
            service: 'Southmere community health',
            professional: 'Bea Ottley',
            from: '2026-05-25',
          }),
        ],
      },
      F4: { missingEpisodes: [missing('F4', '2026-08-20T18:00:00Z', '2026-08-21T07:00:00Z', { overnight: true })] },
    },
  },
  {
    rows: ['E1', 'E2', 'E5', 'E7', 'A15'],
    ...{ given: 'Tilda', family: 'Averill', born: '2011-01-21' },
    held: {
      'LA2-CSC': kept('2025-05-05', {
        plans: [plan('tilda-plan', 'LOOKED_AFTER', '2025-05-12')],
        placements: [rec('2026-07-06', { code: 'K2', from: '2026-07-06', la: 'LA5', force: 'F4' })],
        missing: [
          rec('2026-09-20T19:00:00Z', {
            kind: 'M',
            from: '2026-09-20T19:00:00Z',
            to: '2026-09-20T20:30:00Z',
            reported: false,
            loggedBy: 'LA',
          }),
        ],
      }),
      F1: {
        missingEpisodes: Array.from({ length: 11 }, (_, at) =>
          missing(
            'F1',
            `2025-${String(at + 1).padStart(2, '0')}-07T18:00:00Z`,
            `2025-${String(at + 1).padStart(2, '0')}-07T${at < 3 ? 20 : 21}:00:00Z`,
          ),
        ),
      },
      F4: {
        missingEpisodes: [
          missing('F4', '2026-08-04T18:00:00Z', '2026-08-04T20:00:00Z'),
          missing('F4', '2026-08-15T18:00:00Z', '2026-08-15T21:00:00Z'),
          missing('F4', '2026-08-28T20:00:00Z', '2026-08-29T09:00:00Z', {
            overnight: true,
            grade: 'HIGH',
            safeAndWellCheck: false,
          }),
        ],
      },
    },
  },
  {
    rows: ['F7', 'F12', 'I4'],
    ...{ given: 'Rhoda', family: 'Callister', born: '2011-11-11' },
    held: {
      'LA2-CSC': kept('2026-02-02', {
        plans: [plan('rhoda-plan', 'LOOKED_AFTER', '2026-02-02')],
        placements: [rec('2026-02-02', { code: 'K2', from: '2026-02-02', la: 'LA5', force: 'F4' })],
      }),
      F1: {
        managedOffenders: [
          rec('2026-06-14', {
            managingForce: 'F1',
            contact: 'Force 1 offender management, 01632 960471',
            adult: 'Dorian Ketch',
            basis: 'Sexual harm prevention order',
          }),
        ],
      },
      F4: {
        missingEpisodes: [
          missing('F4', '2026-06-13T22:00:00Z', '2026-06-14T11:00:00Z', {
            foundAt: '9 Weir Street, Northmoor',
            foundWith: 'Dorian Ketch',
          }),
        ],
      },
    },
  },
  {
    rows: ['G4', 'H3', 'H7', 'K2'],
    ...{ given: 'Zofia', family: 'Wrona', born: '2015-03-03' },
    held: {
      'LA2-CSC': kept('2026-04-01', {
        communication: [rec('2026-04-01', { whose: 'MOTHER', language: 'pl', interpreterRequired: true })],
        meetings: [meeting('zofia-cin', '2026-06-10', 'CIN_MEETING')],
        plans: [plan('zofia-plan', 'CHILD_IN_NEED', '2026-04-20')],
      }),
      'NHS-LA2-CHC': {
        appointments: [rec('2026-09-08T09:00:00Z', { service: 'School nursing', outcome: 'WAS_NOT_BROUGHT' })],
      },
      'NHS-LA2-CAMHS': {
        appointments: [rec('2026-10-13T09:00:00Z', { service: 'CAMHS', outcome: 'WAS_NOT_BROUGHT' })],
      },
      '900002': {
        enrolments: [enrolled('900002', 'Eastvale Academy', '2026-09-02')],
        letters: [rec('2026-09-21', { kind: 'LETTER', language: 'en', interpreter: false })],
        specialNeeds: [
          rec('2026-05-05', { need: 'SLCN', provision: 'EHC_PLAN', maintainedBy: 'LA6', from: '2025-11-17' }),
        ],
      },
    },
  },
  {
    rows: ['I1', 'I2', 'I3'],
    ...{ given: 'Bastian', family: 'Yelland', born: '2015-07-19' },
    held: {
      'LA2-CSC': kept('2026-01-05', {
        plans: [plan('bastian-plan', 'LOOKED_AFTER', '2026-01-05')],
        placements: [rec('2026-01-05', { code: 'K2', from: '2026-01-05', la: 'LA2', force: 'F1' })],
      }),
      'HOME-LA2': {
        restraints: ['09-02', '09-14', '10-01'].map((day) =>
          rec(`2026-${day}T17:00:00Z`, {
            setting: 'CHILDRENS_HOME',
            technique: 'PRICE',
            techniqueMinAge: 12,
            minutes: 4,
            injury: false,
          }),
        ),
        libertyRestrictions: ['10-02', '10-03', '10-04'].map((day) =>
          rec(`2026-${day}T20:00:00Z`, { kind: 'DOOR_LOCKED' }),
        ),
      },
      '900003': {
        enrolments: [enrolled('900003', 'Northgate School', '2026-01-12')],
        restraints: ['09-08', '09-22', '09-29', '10-06'].map((day, at) =>
          rec(`2026-${day}T10:00:00Z`, { technique: 'TEAM_TEACH', ground: at < 3, minutes: 3, injury: false }),
        ),
      },
      'NHS-LA2-ACUTE': { restraints: [rec('2026-10-01T19:00:00Z', { technique: 'HOLD', minutes: 2, injury: false })] },
      F1: { restraints: [rec('2026-10-01T18:30:00Z', { technique: 'HANDCUFFS', minutes: 6, injury: true })] },
    },
  },
  {
    rows: ['J9', 'J1'],
    ...{ given: 'Lowenna', family: 'Gathercole', born: '2014-01-15' },
    held: {
      'LA2-CSC': kept('2026-02-16', {
        family: [
          rec(
            '2026-02-16',
            {
              relation: 'MOTHER',
              name: 'Isolde Gathercole',
              parentalResponsibility: true,
              inHousehold: true,
              isChild: false,
            },
            { id: 'lowenna-mother' },
          ),
          rec('2026-02-16', {
            relation: 'STEPFATHER',
            name: 'Piran Jago',
            parentalResponsibility: false,
            inHousehold: true,
            isChild: false,
            partnerOf: ['lowenna-mother'],
          }),
          rec('2026-02-16', {
            relation: 'FATHER',
            name: 'Cormac Teale',
            parentalResponsibility: true,
            inHousehold: false,
            isChild: false,
          }),
          rec('2026-02-16', {
            relation: 'BROTHER',
            name: 'Talan Gathercole',
            inHousehold: true,
            isChild: true,
            laChildId: 'CH/4012',
          }),
          rec('2026-02-16', { relation: 'HALF_SISTER', name: 'Elowen Jago', inHousehold: true, isChild: true }),
        ],
        plans: [plan('lowenna-plan', 'CHILD_IN_NEED', '2026-03-02')],
      }),
    },
  },
  {
    rows: ['J9'],
    ...{ given: 'Talan', family: 'Gathercole', born: '2016-09-27' },
    held: {
      'LA2-CSC': kept('2026-02-16', {
        plans: [plan('talan-plan', 'CHILD_PROTECTION', '2026-06-01', { category: 'PHY' })],
      }),
    },
  },
  {
    rows: ['K1', 'L4', 'M1', 'M3'],
    ...{ given: 'Fenella', family: 'Strake', born: '2009-05-12' },
    held: {
      'LA2-CSC': kept('2024-12-02', {
        plans: [plan('fenella-plan', 'LOOKED_AFTER', '2024-12-02')],
        involvements: [
          rec('2025-06-30', {
            kind: 'ALLOCATED_WORKER',
            service: 'Eastvale family team',
            professional: 'Petra Lowndes',
            role: 'Social worker',
            from: '2025-06-30',
          }),
        ],
        placements: [
          rec('2024-12-02', {
            code: 'U1',
            from: '2024-12-02',
            to: '2025-06-30',
            la: 'LA2',
            force: 'F1',
            changeReason: 'CARPL',
          }),
          rec('2025-06-30', { code: 'K2', from: '2025-06-30', la: 'LA3', force: 'F2' }),
        ],
        hazards: [
          ...(['BACKGROUND_HAZARD', 'SITUATIONAL_HAZARD', 'STRENGTH', 'DANGER'] as const).map((quadrant, at) =>
            rec(`2025-0${at + 2}-10`, { quadrant, text: `Known early ${at}`, knownOn: `2025-0${at + 2}-10` }),
          ),
          rec('2026-03-01', { quadrant: 'DANGER', text: 'Known later', knownOn: '2026-03-01' }),
          rec(
            '2025-03-01',
            { quadrant: 'STRENGTH', text: 'Written down later', knownOn: '2025-03-01' },
            { recordedAt: '2026-03-02' },
          ),
        ],
        voice: [rec('2026-04-10', { medium: 'SPOKEN', text: 'I want to stay near my nan', about: ['PLACEMENT'] })],
      }),
      '900004': {
        enrolments: [enrolled('900004', 'Westhaven College', '2025-09-02')],
        specialNeeds: [
          rec('2025-09-02', { need: 'MLD', provision: 'EHC_PLAN', maintainedBy: 'LA2', from: '2025-09-02' }),
        ],
      },
    },
  },
  ...(['Osric', 'Perdita', 'Quill'] as const).map(
    (given, at): ImportedCase => ({
      rows: ['L7', 'C3'],
      ...{ given, family: 'Dunmore', born: `201${at + 3}-02-0${at + 1}` },
      held: {
        'LA2-CSC': kept(
          `2025-0${at + 3}-04`,
          {
            plans: [plan(`${given}-plan`, 'EARLY_HELP', `2025-0${at + 3}-04`)],
            actions: [1, 2].map((nth) =>
              rec(
                `2025-0${at + 3}-05`,
                { text: `Action ${nth}`, owner: 'EDUCATION', due: '2025-08-01', state: 'OPEN' },
                { parent: `${given}-plan` },
              ),
            ),
          },
          'Eastvale drift team',
        ),
      },
    }),
  ),
  ...Array.from(
    { length: 6 },
    (_, at): ImportedCase => ({
      rows: ['C5', 'F4'],
      ...{ given: `Noel${'abcdef'[at]}`, family: 'Varley', born: `2011-0${at + 1}-17` },
      held: {
        'LA2-CSC': kept('2026-02-02', {
          plans: [plan(`varley-${at}`, 'CHILD_PROTECTION', '2026-03-02', { category: 'NEG' })],
          exploitation: [
            rec('2026-08-12', {
              tool: 'CSE-9',
              version: '2',
              toolLevel: 'MEDIUM',
              professionalLevel: 'HIGH',
              rationale: 'Older men, gifts',
            }),
          ],
        }),
        F1: {
          crimes: [
            rec('2026-08-14', {
              offence: 'CHILD_SEXUAL_EXPLOITATION',
              role: 'VICTIM',
              outcome: 'UNDER_INVESTIGATION',
              sharedAt: '2026-08-14T12:00:00Z',
            }),
          ],
        },
      },
    }),
  ),
  {
    rows: ['F18', 'F19', 'F17'],
    ...{ given: 'Corisande', family: 'Abbott', born: '2013-10-10' },
    held: {
      'LA2-CSC': kept('2026-03-16', {
        plans: [plan('cori-plan', 'CHILD_IN_NEED', '2026-03-30')],
        involvements: [
          rec('2026-03-16', {
            kind: 'EXPLOITATION_TEAM',
            service: 'Eastvale exploitation team',
            from: '2026-03-16',
            to: '2026-08-28',
            endReason: 'Work completed',
          }),
        ],
        contacts: [
          rec('2026-06-09T09:00:00Z', {
            fromAgency: 'HOUSING',
            fromOrganisation: 'LA2-HOUSING',
            outcome: 'CONTACT_ONLY',
            concerns: ['NEGLECT'],
          }),
        ],
      }),
      F1: {
        crimes: ['05-08', '06-02', '07-11'].map((day) =>
          rec(`2026-${day}T15:00:00Z`, { offence: 'SHOPLIFTING', role: 'SUSPECT', outcome: 'NO_FURTHER_ACTION' }),
        ),
        intelligence: [
          rec('2026-09-18T10:00:00Z', {
            grading: 'B22J',
            subject: 'Child',
            text: 'Seen getting into a car with an adult male',
          }),
        ],
        managedOffenders: [
          rec('2026-09-18', {
            managingForce: 'F1',
            contact: 'Force 1 offender management, 01632 960471',
            adult: 'Edrich Slane',
            basis: 'Register',
          }),
        ],
      },
      '900002': {
        enrolments: [enrolled('900002', 'Eastvale Academy', '2025-09-03')],
        concerns: [rec('2026-05-12', { category: 'NEGLECT', text: 'Hungry, asks for leftovers' })],
      },
    },
  },
  ...(['Kitto', 'Lamorna'] as const).map(
    (given, at): ImportedCase => ({
      rows: ['Z18'],
      ...{ given, family: at === 0 ? 'Skewes' : 'Bolitho', born: `2012-0${at + 4}-04` },
      held: {
        [at === 0 ? 'LA2-CSC' : 'LA5-CSC']: {
          involvements: [
            rec('2026-01-12', {
              kind: 'ALLOCATED_WORKER',
              service: 'Team',
              professional: `Worker ${at}`,
              from: '2026-01-12',
            }),
          ],
          plans: [plan(`${given}-plan`, 'LOOKED_AFTER', '2026-01-12')],
          placements: [
            rec('2026-01-12', {
              code: 'K2',
              from: '2026-01-12',
              la: 'LA5',
              force: 'F4',
              provider: 'Trevose Lodge',
              ofstedUrn: 'SC900777',
            }),
          ],
        },
        F4: { missingEpisodes: [missing('F4', `2026-09-25T18:${at === 0 ? '00' : '20'}:00Z`, '2026-09-25T23:00:00Z')] },
      },
    }),
  ),
  {
    rows: ['E6'],
    ...{ given: 'Wenna', family: 'Trelawny', born: '2012-02-20' },
    held: {
      '900002': { enrolments: [enrolled('900002', 'Eastvale Academy', '2024-09-03')] },
      F1: { missingEpisodes: [rec('2026-11-20T10:00:00Z', { kind: 'M', from: '2026-11-20T10:00:00Z', force: 'F1' })] },
    },
  },
  {
    rows: ['Z19'],
    ...{ given: 'Severin', family: 'Moyle', born: '2013-08-08' },
    held: {
      'LA2-CSC': kept('2026-03-09', {
        plans: [plan('sev-plan', 'LOOKED_AFTER', '2026-03-09')],
        placements: [rec('2026-08-03', { code: 'K2', from: '2026-08-03', la: 'LA5', force: 'F4' })],
      }),
      F4: {
        missingEpisodes: [
          missing('F4', '2026-09-04T19:00:00Z', '2026-09-05T03:00:00Z', { grade: 'HIGH', overnight: true }),
        ],
      },
    },
  },
  ...[
    { given: 'Aldous', family: 'Threlkeld', la: 'LA2' },
    { given: 'Briony', family: 'Sandwith', la: 'LA5' },
  ].map(({ given, family, la }, at) => ({
    rows: ['Z18'],
    ...{ given, family, born: '2011-07-19' },
    held: {
      [`${la}-CSC`]: {
        ...kept('2026-02-02', {
          placements: [
            rec('2026-05-04', { code: 'K2', from: '2026-05-04', la: 'LA5', force: 'F4', ofstedUrn: 'SC9017' }),
          ],
          plans: [plan(`${given}-plan`, 'LOOKED_AFTER', '2026-05-04')],
        }),
        ...(la === 'LA2' ? {} : { addresses: [] }),
      },
      F4: {
        missingEpisodes: [
          missing('F4', `2026-10-02T18:${at}0:00Z`, '2026-10-02T21:00:00Z', {
            missingWith: [at === 0 ? 'Briony Sandwith' : 'Aldous Threlkeld'],
          }),
        ],
      },
    },
  })),
]
