import type { AgencyName } from '../../src/foundation/agencies.ts'
import type { Row, Value } from '../../src/sources/contract.ts'
import { row } from '../childView/fixtures.ts'

/** What agencies hold, by list. */
export type World = Readonly<Partial<Record<AgencyName, Readonly<Record<string, readonly Row[]>>>>>

/** One rule: a world in which it fires, and one that differs in what decides, in which it does not. */
export interface RuleCase {
  readonly code: string
  readonly fires: World
  readonly quiet: World
  readonly count?: number
}

type Fields = Readonly<Record<string, Value>>

const instant = (when: string): string => (when.length === 10 ? `${when}T09:00:00Z` : when)

const of =
  (agency: AgencyName) =>
  (id: string, when: string, fields: Fields = {}): Row =>
    row(`${agency}:${id}`, { eventAt: instant(when), 'provenance.recordedAt': instant(when), ...fields })

const care = of('socialCare')
const health = of('health')
const school = of('education')
const police = of('police')
const adult = of('adultServices')

const plan = (level: string, from: string, fields: Fields = {}) =>
  care(`plan-${level}`, from, { level, from, ...fields })
const openPlan = plan('CHILD_IN_NEED', '2026-02-02')
const meeting = (id: string, when: string, type: string, fields: Fields = {}) =>
  care(id, when, {
    type,
    status: 'HELD',
    'provenance.la': 'LA2',
    'provenance.agency': 'CHILDRENS_SOCIAL_CARE',
    ...fields,
  })
const invitee = (parent: string, agency: string, fields: Fields = {}) =>
  care(`${parent}-${agency}`, '2026-06-01', {
    parent,
    agency,
    invited: true,
    attended: true,
    reported: true,
    ...fields,
  })
const contact = (id: string, when: string, fields: Fields = {}) =>
  care(id, when, {
    fromAgency: 'EDUCATION',
    fromOrganisation: '900001',
    sourceCode: '2A',
    outcome: 'CONTACT_ONLY',
    ...fields,
  })
const missing = (id: string, from: string, to: string | null, fields: Fields = {}) =>
  police(id, from, {
    from: instant(from),
    to: to === null ? null : instant(to),
    force: 'F1',
    'provenance.force': 'F1',
    overnight: false,
    ...(to === null ? {} : { 'provenance.recordedAt': instant(to) }),
    ...fields,
  })
const threeMissing = [
  missing('m1', '2026-09-01T10:00:00Z', '2026-09-01T12:00:00Z'),
  missing('m2', '2026-09-11T10:00:00Z', '2026-09-11T12:00:00Z'),
  missing('m3', '2026-09-21T10:00:00Z', '2026-09-21T12:00:00Z'),
]
const enquiry = care('s47', '2026-03-05', { startedOn: '2026-03-05', endedOn: null, 'provenance.la': 'LA2' })
const teamOf = (...roles: readonly string[]) =>
  roles.map((role) => care(`team-${role}`, '2026-02-02', { kind: 'CHILD_PROTECTION_TEAM', role, from: '2026-02-02' }))
const child = care('person', '2026-01-05', { dateOfBirth: '2013-06-27' })
const pupil = school('pupil', '2026-01-05', { dateOfBirth: '2013-06-27' })

export const ruleCases: readonly RuleCase[] = [
  {
    code: 'UNADDRESSED_RISK_FACTOR',
    fires: {
      socialCare: {
        contacts: [
          contact('c', '2026-04-20', {
            outcome: 'REFERRAL_ACCEPTED',
            concerns: ['SEXUAL_ABUSE', 'NEGLECT'],
            disposed: ['NEGLECT'],
            'provenance.la': 'LA5',
          }),
        ],
        referrals: [
          care('r', '2026-04-20', {
            closedOn: '2026-04-23',
            'provenance.la': 'LA5',
            'provenance.recordedAt': '2026-04-23T15:00:00Z',
          }),
        ],
      },
    },
    count: 1,
    quiet: {
      socialCare: {
        contacts: [
          contact('c', '2026-04-20', {
            outcome: 'REFERRAL_ACCEPTED',
            concerns: ['NEGLECT'],
            disposed: ['NEGLECT'],
            'provenance.la': 'LA5',
          }),
        ],
        referrals: [care('r', '2026-04-20', { closedOn: '2026-04-23', 'provenance.la': 'LA5' })],
      },
    },
  },
  {
    code: 'REPEAT_CONTACTS',
    fires: {
      socialCare: {
        contacts: [
          contact('a', '2026-02-24'),
          contact('b', '2026-03-05'),
          contact('c', '2026-05-12'),
          contact('d', '2026-10-01'),
        ],
      },
    },
    count: 4,
    quiet: {
      socialCare: {
        contacts: [
          contact('a', '2026-02-24'),
          contact('b', '2026-03-05'),
          contact('c', '2026-05-12', { outcome: 'DUPLICATE' }),
        ],
      },
    },
  },
  {
    code: 'REFERRAL_FEEDBACK_OVERDUE',
    fires: { socialCare: { contacts: [contact('c', '2026-11-16T09:00:00Z')] } },
    quiet: {
      socialCare: {
        contacts: [
          contact('c', '2026-11-16', { feedbackAt: '2026-11-17T10:00:00Z' }),
          contact('n', '2026-11-16', { sourceCode: '1B' }),
        ],
      },
    },
  },
  {
    code: 'OUT_OF_HOURS_ITEM_UNTRIAGED',
    fires: { socialCare: { contacts: [contact('c', '2026-11-14T22:00:00Z', { outOfHours: true, outcome: null })] } },
    quiet: { socialCare: { contacts: [contact('c', '2026-11-14T22:00:00Z', { outOfHours: true })] } },
  },
  {
    code: 'MOVE_DURING_OPEN_ENQUIRY',
    fires: {
      socialCare: {
        s47Enquiries: [enquiry],
        addresses: [care('new', '2026-04-20', { la: 'LA5', from: '2026-04-01' })],
      },
    },
    quiet: {
      socialCare: {
        s47Enquiries: [enquiry],
        addresses: [care('new', '2026-04-20', { la: 'LA2', from: '2026-04-01' })],
      },
    },
  },
  {
    code: 'PERSON_OF_CONCERN_AT_ADDRESS',
    fires: {
      police: { personsOfConcern: [police('k', '2026-03-06', { name: 'Colin Varley' })] },
      adultServices: { housing: [adult('t', '2026-04-01', { named: ['Tracey Ashdown', 'COLIN  VARLEY'] })] },
    },
    quiet: {
      police: { personsOfConcern: [police('k', '2026-03-06', { name: 'Colin Varley' })] },
      adultServices: { housing: [adult('t', '2026-04-01', { named: ['Tracey Ashdown', 'Colin Varney'] })] },
    },
  },
  {
    code: 'RETURN_HOME_DURING_LIVE_INVESTIGATION',
    fires: {
      socialCare: {
        legalStatuses: [care('l', '2026-10-06', { from: '2026-10-06', to: '2026-10-11', endReason: 'E4A' })],
        s47Enquiries: [enquiry],
      },
    },
    quiet: {
      socialCare: {
        legalStatuses: [care('l', '2026-10-06', { from: '2026-10-06', to: '2026-10-11', endReason: 'E4A' })],
        s47Enquiries: [care('s47', '2026-03-05', { startedOn: '2026-03-05', endedOn: '2026-10-09' })],
      },
    },
  },
  {
    code: 'EHE_WITHDRAWAL_DURING_S47',
    fires: {
      socialCare: { s47Enquiries: [enquiry] },
      education: {
        enrolments: [school('e', '2026-11-08', { to: '2026-11-08', endReason: 'ELECTIVE_HOME_EDUCATION' })],
      },
    },
    quiet: {
      socialCare: { s47Enquiries: [enquiry] },
      education: {
        enrolments: [school('e', '2026-11-08', { to: '2026-11-08', endReason: 'Moved to another school' })],
      },
    },
  },
  {
    code: 'MISSING_NOTICE',
    fires: { police: { missingEpisodes: [missing('m', '2026-11-20T18:00:00Z', null)] } },
    quiet: { police: { missingEpisodes: [missing('m', '2026-11-10T18:00:00Z', '2026-11-11T18:00:00Z')] } },
  },
  {
    code: 'MISSING_PATTERN',
    fires: { police: { missingEpisodes: threeMissing } },
    count: 3,
    quiet: { police: { missingEpisodes: threeMissing.slice(0, 2) } },
  },
  {
    code: 'CO_MISSING',
    fires: {
      police: {
        missingEpisodes: [
          missing('m', '2026-09-01T18:00:00Z', '2026-09-01T22:00:00Z', { missingWith: ['CHILD-~abcdefghijklmnop'] }),
        ],
      },
    },
    count: 1,
    quiet: {
      police: { missingEpisodes: [missing('m', '2026-09-01T18:00:00Z', '2026-09-01T22:00:00Z', { missingWith: [] })] },
    },
  },
  {
    code: 'RHI_OVERDUE',
    fires: { police: { missingEpisodes: [missing('m', '2026-06-01T08:00:00Z', '2026-06-01T10:00:00Z')] } },
    count: 1,
    quiet: {
      socialCare: {
        missing: [
          care('c', '2026-06-01', {
            from: '2026-06-01T08:00:00Z',
            to: '2026-06-01T10:00:00Z',
            interviewOffered: true,
            interviewAccepted: false,
            reported: true,
          }),
        ],
      },
    },
  },
  {
    code: 'PREVENTION_INTERVIEW_MISSING',
    fires: {
      police: {
        missingEpisodes: [
          missing('m', '2026-06-01T08:00:00Z', '2026-06-01T10:00:00Z', { grade: 'HIGH', safeAndWellCheck: false }),
        ],
      },
    },
    quiet: {
      police: {
        missingEpisodes: [
          missing('m', '2026-06-01T08:00:00Z', '2026-06-01T10:00:00Z', { grade: 'HIGH', safeAndWellCheck: null }),
        ],
      },
    },
  },
  {
    code: 'TRIGGER_PLAN_ABSENT',
    fires: { police: { missingEpisodes: threeMissing }, socialCare: { plans: [openPlan] } },
    quiet: {
      police: { missingEpisodes: threeMissing },
      socialCare: { plans: [plan('CHILD_IN_NEED', '2026-02-02', { triggerPlan: 'Ring the aunt first' })] },
    },
  },
  {
    code: 'SENIOR_OVERSIGHT_DUE',
    fires: {
      police: { missingEpisodes: threeMissing },
      socialCare: { placements: [care('p', '2026-01-05', { la: 'LA5', 'provenance.la': 'LA2', from: '2026-01-05' })] },
    },
    count: 3,
    quiet: {
      police: { missingEpisodes: threeMissing },
      socialCare: { placements: [care('p', '2026-01-05', { la: 'LA2', 'provenance.la': 'LA2', from: '2026-01-05' })] },
    },
  },
  {
    code: 'EXPLOITATION_ASSESSMENT_MISSING',
    fires: {
      education: { concerns: [school('c', '2026-05-05', { category: 'ONLINE_CONTACT' })] },
      police: { notices: [police('n', '2026-06-05')] },
    },
    count: 2,
    quiet: {
      education: { concerns: [school('c', '2026-05-05', { category: 'ONLINE_CONTACT' })] },
      police: { notices: [police('n', '2026-06-05')] },
      socialCare: { exploitation: [care('x', '2026-10-05')] },
    },
  },
  {
    code: 'LOW_SCORE_REPEATED',
    fires: {
      socialCare: {
        exploitation: ['2026-06-19', '2026-09-18', '2026-11-10'].map((day) => care(day, day, { toolLevel: 'LOW' })),
      },
    },
    count: 3,
    quiet: {
      socialCare: {
        exploitation: ['2026-06-19', '2026-09-18', '2026-11-10'].map((day, at) =>
          care(day, day, { toolLevel: at === 1 ? 'HIGH' : 'LOW' }),
        ),
      },
    },
  },
  {
    code: 'MANAGED_OFFENDER_ASSOCIATION',
    fires: {
      police: { managedOffenders: [police('o', '2026-10-31', { managingForce: 'F1', contact: '01632 960031' })] },
    },
    quiet: { police: { managedOffenders: [] } },
  },
  {
    code: 'ALLEGATION_NO_STRATEGY',
    fires: {
      police: { crimes: [police('c', '2026-10-20', { role: 'VICTIM' })] },
      socialCare: { meetings: [meeting('old', '2026-10-06', 'STRATEGY_DISCUSSION')] },
    },
    quiet: {
      police: { crimes: [police('c', '2026-10-20', { role: 'VICTIM' })] },
      socialCare: { meetings: [meeting('new', '2026-10-21', 'STRATEGY_DISCUSSION')] },
    },
  },
  {
    code: 'ORDER_NOT_SERVED',
    fires: { police: { notices: [police('n', '2026-11-01', { issuedAt: '2026-11-01T10:00:00Z', servedAt: null })] } },
    quiet: {
      police: {
        notices: [police('n', '2026-11-01', { issuedAt: '2026-11-01T10:00:00Z', servedAt: '2026-11-20T10:00:00Z' })],
      },
    },
  },
  {
    code: 'NOTICE_BREACH_NO_ACTION',
    fires: { police: { notices: [police('n', '2026-11-01', { breaches: 2 })] } },
    count: 2,
    quiet: { police: { notices: [police('n', '2026-11-01', { breaches: 2 })], crimes: [police('c', '2026-11-03')] } },
  },
  {
    code: 'SHARE_LAG',
    fires: { police: { crimes: [police('c', '2026-10-19', { sharedAt: '2026-10-23T15:00:00Z' })] } },
    quiet: { police: { crimes: [police('c', '2026-10-19', { sharedAt: '2026-10-20T15:00:00Z' })] } },
  },
  {
    code: 'CHILD_AT_POLICE_EVENT_NO_NOTIFICATION',
    fires: {
      police: { events: [police('e', '2026-04-18', { kind: 'SHOPLIFTING', childRole: 'SUSPECT', notified: false })] },
    },
    quiet: {
      police: { events: [police('e', '2026-04-18', { kind: 'SHOPLIFTING', childRole: 'SUSPECT', notified: null })] },
    },
  },
  {
    code: 'NO_LEAD_PROFESSIONAL',
    fires: {
      socialCare: {
        plans: [openPlan],
        involvements: [care('w', '2026-02-02', { kind: 'ALLOCATED_WORKER', from: '2026-02-02' })],
      },
    },
    quiet: {
      socialCare: {
        plans: [openPlan],
        involvements: [care('w', '2026-02-02', { kind: 'LEAD_PROFESSIONAL', from: '2026-02-02' })],
      },
    },
  },
  {
    code: 'PROTECTION_TEAM_INCOMPLETE',
    fires: { socialCare: { involvements: teamOf('SOCIAL_WORKER', 'POLICE_OFFICER', 'NURSE') } },
    quiet: {
      socialCare: { involvements: teamOf('SOCIAL_WORKER', 'POLICE_OFFICER', 'NURSE', 'Deputy head of school') },
    },
  },
  {
    code: 'LEVEL_DISAGREEMENT',
    fires: { socialCare: { meetings: [meeting('m', '2026-06-22', 'CIN_MEETING', { otherLabels: ['CAF', 'CIN'] })] } },
    quiet: { socialCare: { meetings: [meeting('m', '2026-06-22', 'CIN_MEETING', { otherLabels: ['CIN'] })] } },
  },
  {
    code: 'PLAN_DRIFT',
    fires: {
      socialCare: {
        plans: [plan('EARLY_HELP', '2026-02-02')],
        actions: [1, 2].map((n) =>
          care(`a${n}`, '2026-02-02', { parent: 'socialCare:plan-EARLY_HELP', state: 'OPEN', due: '2026-04-01' }),
        ),
      },
    },
    count: 2,
    quiet: {
      socialCare: {
        plans: [plan('EARLY_HELP', '2026-02-02')],
        actions: [1, 2].map((n) =>
          care(`a${n}`, '2026-02-02', {
            parent: 'socialCare:plan-EARLY_HELP',
            state: n === 1 ? 'DONE' : 'OPEN',
            due: '2026-12-01',
          }),
        ),
      },
    },
  },
  {
    code: 'PLAN_ACTION_UNACKNOWLEDGED',
    fires: {
      socialCare: {
        plans: [openPlan],
        actions: [care('a', '2026-09-28', { parent: openPlan.id, owner: 'CHILDRENS_HOME', state: 'OPEN' })],
      },
    },
    quiet: {
      socialCare: {
        plans: [openPlan],
        actions: [care('a', '2026-09-28', { parent: openPlan.id, owner: 'CHILDRENS_HOME', state: 'CANNOT_DELIVER' })],
      },
    },
  },
  {
    code: 'WITHDRAWAL_WITHOUT_REVIEW',
    fires: {
      socialCare: {
        plans: [openPlan],
        involvements: [
          care('y', '2026-03-03', {
            kind: 'YOUTH_JUSTICE_WORKER',
            from: '2026-03-03',
            to: '2026-04-05',
            'provenance.agency': 'YOUTH_JUSTICE',
          }),
        ],
        meetings: [meeting('m', '2026-02-10', 'CIN_MEETING')],
        invitees: [invitee('socialCare:m', 'YOUTH_JUSTICE')],
      },
    },
    quiet: {
      socialCare: {
        plans: [openPlan],
        involvements: [
          care('y', '2026-03-03', {
            kind: 'YOUTH_JUSTICE_WORKER',
            from: '2026-03-03',
            to: '2026-04-05',
            'provenance.agency': 'YOUTH_JUSTICE',
          }),
        ],
        meetings: [meeting('m', '2026-03-25', 'CIN_MEETING')],
        invitees: [invitee('socialCare:m', 'YOUTH_JUSTICE')],
      },
    },
  },
  {
    code: 'STEP_DOWN_WITHOUT_REVIEW',
    fires: {
      socialCare: {
        plans: [plan('CHILD_PROTECTION', '2025-09-01', { to: '2026-03-01' }), plan('CHILD_IN_NEED', '2026-03-01')],
      },
    },
    quiet: {
      socialCare: {
        plans: [plan('CHILD_PROTECTION', '2025-09-01', { to: '2026-03-01' }), plan('CHILD_IN_NEED', '2026-03-01')],
        meetings: [meeting('m', '2026-02-20', 'REVIEW_CONFERENCE')],
      },
    },
  },
  {
    code: 'REESCALATION_WITHIN_6M',
    fires: {
      socialCare: {
        plans: [plan('CHILD_PROTECTION', '2025-09-01', { to: '2026-03-01' })],
        referrals: [care('r', '2026-06-10')],
      },
    },
    quiet: {
      socialCare: {
        plans: [plan('CHILD_PROTECTION', '2025-09-01', { to: '2026-03-01' })],
        referrals: [care('r', '2026-10-10')],
      },
    },
  },
  {
    code: 'START_AGAIN',
    fires: {
      socialCare: {
        assessments: [
          care('a', '2024-11-25', { factors: ['16A', '2B'] }),
          care('b', '2026-04-17', { factors: ['21'] }),
        ],
      },
    },
    count: 2,
    quiet: {
      socialCare: {
        assessments: [care('a', '2024-11-25', { factors: ['16A'] }), care('b', '2026-04-17', { factors: ['16A'] })],
      },
    },
  },
  {
    code: 'ASSESSMENT_IGNORES_HISTORY',
    fires: {
      adultServices: { housing: [adult('h', '2010-05-04'), adult('i', '2012-05-04'), adult('j', '2012-07-04')] },
      socialCare: {
        assessments: [care('a', '2014-02-03', { authorisedAt: '2014-03-03T12:00:00Z', historyRead: false })],
      },
    },
    count: 3,
    quiet: {
      adultServices: { housing: [adult('h', '2013-06-04')] },
      socialCare: {
        assessments: [
          care('a', '2014-02-03', { authorisedAt: '2014-03-03T12:00:00Z', historyRead: false }),
          care('b', '2015-09-03', { authorisedAt: '2015-10-03T12:00:00Z', historyRead: true }),
          care('c', '2015-09-04', { authorisedAt: '2015-10-04T12:00:00Z' }),
        ],
      },
    },
  },
  {
    code: 'UNALLOCATED_HIGH_RISK',
    fires: {
      socialCare: { exploitation: [care('x', '2026-10-05', { toolLevel: 'MEDIUM', professionalLevel: 'HIGH' })] },
    },
    quiet: {
      socialCare: {
        exploitation: [care('x', '2026-10-05', { toolLevel: 'MEDIUM', professionalLevel: 'HIGH' })],
        involvements: [care('w', '2026-02-02', { kind: 'ALLOCATED_WORKER', from: '2026-02-02' })],
      },
    },
  },
  {
    code: 'INTERVENTION_NO_OUTCOME',
    fires: {
      socialCare: { interventions: [care('i', '2026-09-21', { sessionsPlanned: 8, sessionsHeld: 3, outcome: null })] },
    },
    quiet: {
      socialCare: {
        interventions: [
          care('i', '2026-09-21', { sessionsPlanned: 8, sessionsHeld: 3, outcome: 'Ended by the family' }),
        ],
      },
    },
  },
  {
    code: 'STRATEGY_NOT_QUORATE',
    fires: {
      socialCare: {
        meetings: [meeting('m', '2026-05-06', 'STRATEGY_DISCUSSION')],
        invitees: [invitee('socialCare:m', 'CHILDRENS_SOCIAL_CARE'), invitee('socialCare:m', 'POLICE')],
      },
    },
    quiet: {
      socialCare: {
        meetings: [meeting('m', '2026-05-06', 'STRATEGY_DISCUSSION')],
        invitees: ['CHILDRENS_SOCIAL_CARE', 'POLICE', 'HEALTH_GP'].map((agency) => invitee('socialCare:m', agency)),
      },
    },
  },
  {
    code: 'CROSS_BOUNDARY_INVITEE_MISSING',
    fires: {
      socialCare: {
        meetings: [meeting('m', '2026-09-28', 'CLA_REVIEW')],
        legalStatuses: [care('l', '2025-01-05', { code: 'C2', from: '2025-01-05', 'provenance.la': 'LA2' })],
        placements: [care('p', '2025-05-19', { la: 'LA5', force: 'F4', from: '2025-05-19', 'provenance.la': 'LA2' })],
        invitees: [invitee('socialCare:m', 'POLICE', { la: 'LA5' })],
      },
      health: {
        registrations: [
          health('gp', '2025-06-10', { from: '2025-06-10', 'provenance.la': 'LA5', 'provenance.agency': 'HEALTH_GP' }),
        ],
      },
    },
    count: 1,
    quiet: {
      socialCare: {
        meetings: [meeting('m', '2026-09-28', 'CLA_REVIEW')],
        legalStatuses: [care('l', '2025-01-05', { code: 'C2', from: '2025-01-05', 'provenance.la': 'LA2' })],
        placements: [care('p', '2025-05-19', { la: 'LA5', force: 'F4', from: '2025-05-19', 'provenance.la': 'LA2' })],
        invitees: [
          invitee('socialCare:m', 'POLICE', { la: 'LA5' }),
          invitee('socialCare:m', 'HEALTH_GP', { la: 'LA5' }),
        ],
      },
      health: {
        registrations: [
          health('gp', '2025-06-10', { from: '2025-06-10', 'provenance.la': 'LA5', 'provenance.agency': 'HEALTH_GP' }),
        ],
      },
    },
  },
  {
    code: 'MEETING_CANCELLED_NOT_REBOOKED',
    fires: { socialCare: { meetings: [meeting('m', '2026-01-05', 'CIN_MEETING', { status: 'CANCELLED' })] } },
    quiet: {
      socialCare: {
        meetings: [
          meeting('m', '2026-01-05', 'CIN_MEETING', { status: 'CANCELLED' }),
          meeting('n', '2026-01-20', 'CIN_MEETING', { status: 'PLANNED' }),
        ],
      },
    },
  },
  {
    code: 'OUTCOME_NOT_FILED',
    fires: {
      socialCare: {
        meetings: [meeting('m', '2026-03-05', 'STRATEGY_DISCUSSION', { outcome: 'Joint enquiry' })],
        invitees: [
          invitee('socialCare:m', 'POLICE', { acknowledgedAt: '2026-03-06T09:00:00Z' }),
          invitee('socialCare:m', 'HEALTH_GP', { acknowledgedAt: null }),
        ],
      },
    },
    count: 1,
    quiet: {
      socialCare: {
        meetings: [meeting('m', '2026-03-05', 'STRATEGY_DISCUSSION', { outcome: 'Joint enquiry' })],
        invitees: [
          invitee('socialCare:m', 'POLICE', { acknowledgedAt: null }),
          invitee('socialCare:m', 'HEALTH_GP', { acknowledgedAt: null }),
        ],
      },
    },
  },
  {
    code: 'REVIEW_WITHOUT_HEALTH',
    fires: {
      socialCare: {
        meetings: [meeting('m', '2026-05-18', 'CLA_REVIEW')],
        invitees: [
          invitee('socialCare:m', 'CHILDRENS_HOME'),
          invitee('socialCare:m', 'HEALTH_COMMUNITY', { attended: false, reported: false }),
        ],
      },
    },
    quiet: {
      socialCare: {
        meetings: [meeting('m', '2026-05-18', 'CLA_REVIEW')],
        invitees: [
          invitee('socialCare:m', 'CHILDRENS_HOME'),
          invitee('socialCare:m', 'HEALTH_COMMUNITY', { attended: false, reported: true }),
        ],
      },
    },
  },
  {
    code: 'GP_NOT_INVITED',
    fires: {
      socialCare: { meetings: [meeting('m', '2026-05-18', 'ICPC')], invitees: [invitee('socialCare:m', 'POLICE')] },
      health: { registrations: [health('gp', '2025-06-10', { from: '2025-06-10' })] },
    },
    quiet: {
      socialCare: { meetings: [meeting('m', '2026-05-18', 'ICPC')], invitees: [invitee('socialCare:m', 'HEALTH_GP')] },
      health: { registrations: [health('gp', '2025-06-10', { from: '2025-06-10' })] },
    },
  },
  {
    code: 'GP_REPORT_OUTSTANDING',
    fires: {
      socialCare: {
        meetings: [meeting('m', '2026-05-18', 'ICPC')],
        invitees: [invitee('socialCare:m', 'HEALTH_GP', { attended: false, reported: false })],
      },
    },
    quiet: {
      socialCare: {
        meetings: [meeting('m', '2026-05-18', 'ICPC')],
        invitees: [invitee('socialCare:m', 'HEALTH_GP', { attended: false, reported: true })],
      },
    },
  },
  {
    code: 'AGENCY_NON_PARTICIPATION',
    fires: {
      socialCare: {
        meetings: ['m', 'n', 'o'].map((id, at) => meeting(id, `2026-0${at + 3}-05`, 'CIN_MEETING')),
        invitees: ['m', 'n', 'o'].map((id) =>
          invitee(`socialCare:${id}`, 'EDUCATION', { role: 'HEAD', attended: false, reported: false }),
        ),
      },
    },
    count: 3,
    quiet: {
      socialCare: {
        meetings: ['m', 'n', 'o'].map((id, at) => meeting(id, `2026-0${at + 3}-05`, 'CIN_MEETING')),
        invitees: ['m', 'n', 'o'].map((id) =>
          invitee(`socialCare:${id}`, 'EDUCATION', { role: 'HEAD', attended: false, reported: id === 'n' }),
        ),
      },
    },
  },
  {
    code: 'ATTENDANCE_CLUSTER',
    fires: {
      health: {
        unscheduledAttendances: ['2026-02-05', '2026-03-05', '2026-04-05', '2026-05-05'].map((day) => health(day, day)),
      },
    },
    count: 4,
    quiet: {
      health: {
        unscheduledAttendances: ['2025-02-05', '2025-10-05', '2026-04-05', '2026-11-05'].map((day) => health(day, day)),
      },
    },
  },
  {
    code: 'SELF_HARM_NO_MH_REFERRAL',
    fires: {
      health: {
        unscheduledAttendances: [
          health('a', '2026-10-22', { safeguardingRelevance: 'Harm to self', mentalHealthReferral: false }),
          health('b', '2026-10-26', { safeguardingRelevance: 'Harm to self', mentalHealthReferral: null }),
        ],
        camhsEpisodes: [health('r', '2026-10-23', { referredOn: '2026-10-23' })],
      },
    },
    quiet: {
      health: {
        unscheduledAttendances: [
          health('a', '2026-10-22', { safeguardingRelevance: 'Harm to self', mentalHealthReferral: null }),
        ],
        camhsEpisodes: [health('r', '2026-10-23', { referredOn: '2026-10-23' })],
      },
    },
  },
  {
    code: 'WNB_PATTERN',
    fires: {
      health: {
        appointments: [
          health('a', '2026-09-24', { outcome: 'WAS_NOT_BROUGHT' }),
          health('b', '2026-10-22', { outcome: 'WAS_NOT_BROUGHT' }),
        ],
      },
    },
    count: 2,
    quiet: {
      health: {
        appointments: [
          health('a', '2026-09-24', { outcome: 'WAS_NOT_BROUGHT' }),
          health('b', '2026-10-22', { outcome: 'CANCELLED' }),
        ],
      },
    },
  },
  {
    code: 'MULTIPLE_THERAPEUTIC_PROVIDERS',
    fires: {
      health: { camhsEpisodes: [health('c', '2026-09-01', { status: 'OPEN' })] },
      socialCare: { involvements: [care('p', '2026-02-02', { kind: 'PSYCHOLOGIST', from: '2026-02-02' })] },
    },
    count: 2,
    quiet: {
      health: { camhsEpisodes: [health('c', '2026-09-01', { status: 'CLOSED' })] },
      socialCare: { involvements: [care('p', '2026-02-02', { kind: 'PSYCHOLOGIST', from: '2026-02-02' })] },
    },
  },
  {
    code: 'HEALTH_HISTORY_NOT_TRANSFERRED',
    fires: {
      health: {
        historyTransfers: [health('h', '2025-07-02', { firstAssessmentOn: '2025-06-10', receivedOn: '2025-07-02' })],
      },
    },
    quiet: {
      health: {
        historyTransfers: [health('h', '2025-07-02', { firstAssessmentOn: '2025-07-10', receivedOn: '2025-07-02' })],
      },
    },
  },
  {
    code: 'SPECIALTY_PRIOR_EPISODE_ELSEWHERE',
    fires: {
      health: { camhsEpisodes: [health('c', '2026-09-01', { priorEpisodeElsewhere: true, referralType: 'NEW' })] },
    },
    quiet: {
      health: {
        camhsEpisodes: [health('c', '2026-09-01', { priorEpisodeElsewhere: true, referralType: 'TRANSFERRED' })],
      },
    },
  },
  {
    code: 'ATTENDANCE_PATTERN',
    fires: {
      police: { missingEpisodes: threeMissing },
      education: {
        absences: ['2026-09-01', '2026-09-11'].map((day) =>
          school(day, day, { date: day, session: 'AM', 'provenance.recordedAt': `${day}T15:00:00Z` }),
        ),
      },
    },
    count: 2,
    quiet: {
      police: { missingEpisodes: threeMissing },
      education: {
        absences: ['2026-09-01', '2026-09-14'].map((day) => school(day, day, { date: day, session: 'AM' })),
      },
    },
  },
  {
    code: 'PENALTY_PAID_REASON_UNKNOWN',
    fires: {
      education: {
        penaltyNotices: [school('a', '2026-09-05', { paid: true }), school('b', '2026-10-05', { paid: true })],
      },
    },
    count: 2,
    quiet: {
      education: {
        penaltyNotices: [
          school('a', '2026-09-05', { paid: true, reasonExplored: 'Cares for a brother' }),
          school('b', '2026-10-05', { paid: false }),
        ],
      },
    },
  },
  {
    code: 'SUPPORT_NET_LOST',
    fires: {
      education: {
        enrolments: [
          school('p', '2019-09-03', { urn: '900001', from: '2019-09-03', to: '2026-07-17' }),
          school('s', '2026-09-02', { urn: '900002', from: '2026-09-02' }),
        ],
        basicNeedsSupport: [1, 2, 3, 4, 5].map((n) => school(`b${n}`, `2026-0${n}-05`)),
      },
    },
    count: 5,
    quiet: {
      education: {
        enrolments: [
          school('p', '2019-09-03', { urn: '900001', from: '2019-09-03', to: '2026-07-17' }),
          school('s', '2026-09-02', { urn: '900002', from: '2026-09-02' }),
        ],
        basicNeedsSupport: [
          ...[1, 2, 3, 4, 5].map((n) => school(`b${n}`, `2026-0${n}-05`)),
          school('b9', '2026-10-05'),
        ],
      },
    },
  },
  {
    code: 'NOT_IN_SCHOOL_GAP',
    fires: {
      education: { person: [pupil], enrolments: [school('p', '2019-09-03', { from: '2019-09-03', to: '2026-10-17' })] },
    },
    quiet: {
      education: {
        person: [pupil],
        enrolments: [
          school('p', '2019-09-03', { from: '2019-09-03', to: '2026-10-17' }),
          school('s', '2026-10-20', { from: '2026-10-20' }),
        ],
      },
    },
  },
  {
    code: 'RESTRAINT_PATTERN',
    fires: {
      education: { restraints: ['2026-09-16', '2026-09-20', '2026-09-25'].map((day) => school(day, day)) },
      socialCare: { restraints: ['2026-10-01', '2026-10-05'].map((day) => care(day, day)) },
    },
    count: 5,
    quiet: {
      education: {
        restraints: ['2026-09-16', '2026-09-20', '2026-09-25', '2026-10-01', '2026-10-05'].map((day) =>
          school(day, day),
        ),
      },
    },
  },
  {
    code: 'TECHNIQUE_CONFLICT',
    fires: {
      education: { restraints: [school('a', '2026-09-16', { technique: 'TEAM_TEACH' })] },
      socialCare: { restraints: [care('b', '2026-09-01', { technique: 'PRICE' })] },
    },
    quiet: {
      education: { restraints: [school('a', '2026-09-16', { technique: 'PRICE' })] },
      socialCare: {
        restraints: [care('b', '2026-09-01', { technique: 'PRICE' }), care('c', '2026-09-02', { technique: null })],
      },
    },
  },
  {
    code: 'TECHNIQUE_AGE_RANGE',
    fires: {
      socialCare: {
        person: [child],
        restraints: [
          care('b', '2025-05-01', {
            technique: 'PRICE',
            techniqueMinAge: 12,
            'provenance.recordedAt': '2026-02-01T00:00:00Z',
          }),
        ],
      },
    },
    count: 1,
    quiet: {
      socialCare: {
        person: [child],
        restraints: [care('b', '2026-05-01', { technique: 'PRICE', techniqueMinAge: 12 })],
      },
    },
  },
  {
    code: 'LIBERTY_RESTRICTION_UNAUTHORISED',
    fires: {
      socialCare: {
        libertyRestrictions: [
          care('a', '2026-05-01', { kind: 'DOOR_LOCKED', authorised: false }),
          care('b', '2026-05-02', { kind: 'DOOR_LOCKED', authorised: null }),
        ],
        orders: [care('o', '2026-01-01', { type: 'DEPRIVATION_OF_LIBERTY', from: '2026-01-01', to: '2026-05-02' })],
      },
    },
    count: 2,
    quiet: {
      socialCare: {
        libertyRestrictions: [care('a', '2026-05-01', { kind: 'DOOR_LOCKED', authorised: null })],
        orders: [care('o', '2026-01-01', { type: 'DEPRIVATION_OF_LIBERTY', from: '2026-01-01', to: '2026-05-02' })],
      },
    },
  },
  {
    code: 'KIN_PLACEMENT_UNASSESSED',
    fires: { socialCare: { addresses: [care('a', '2026-11-09', { livingWith: 'COUSIN', from: '2026-11-09' })] } },
    quiet: {
      socialCare: {
        addresses: [care('a', '2026-11-09', { livingWith: 'COUSIN', from: '2026-11-09' })],
        assessments: [care('k', '2026-11-12', { kind: 'KINSHIP' })],
      },
    },
  },
  {
    code: 'CARER_IN_CUSTODY',
    fires: {
      adultServices: {
        probation: [adult('p', '2026-03-04', { kind: 'CUSTODY', relation: 'MOTHER', planForChild: false })],
      },
    },
    quiet: {
      adultServices: {
        probation: [adult('p', '2026-03-04', { kind: 'CUSTODY', relation: 'MOTHER', planForChild: true })],
      },
    },
  },
  {
    code: 'FATHER_OR_MALE_CARER_UNKNOWN',
    fires: { socialCare: { plans: [openPlan], family: [care('m', '2026-02-02', { relation: 'MOTHER' })] } },
    quiet: { socialCare: { plans: [openPlan], family: [care('m', '2026-02-02', { relation: 'STEPFATHER' })] } },
  },
  {
    code: 'VOICE_NOT_RECORDED',
    fires: { socialCare: { plans: [openPlan], person: [child] } },
    quiet: { socialCare: { plans: [openPlan], person: [child], voice: [care('v', '2026-08-02')] } },
  },
  {
    code: 'INTERPRETER_REQUIRED',
    fires: {
      socialCare: {
        communication: [care('c', '2026-02-02', { whose: 'MOTHER', language: 'lt', interpreterRequired: true })],
      },
      education: { letters: [school('l', '2026-09-09', { kind: 'LETTER', language: 'en' })] },
    },
    count: 1,
    quiet: {
      police: {
        events: [
          police('e', '2026-09-09', { kind: 'CAUTION', language: 'lt', interpreter: true }),
          police('f', '2026-09-09', { kind: 'CAUTION', language: 'en', interpreter: null }),
          police('g', '2026-09-09', { kind: 'WELFARE_CHECK', language: 'lt', interpreter: null }),
        ],
      },
      socialCare: {
        communication: [care('c', '2026-02-02', { whose: 'MOTHER', language: 'lt', interpreterRequired: true })],
      },
      education: { letters: [school('l', '2026-09-09', { kind: 'LETTER', language: 'lt' })] },
    },
  },
  {
    code: 'REPEAT_CARE_EPISODE',
    fires: {
      socialCare: {
        legalStatuses: [
          care('a', '2025-02-02', { code: 'V2', from: '2025-02-02', to: '2025-06-02' }),
          care('b', '2026-02-02', { code: 'C1', from: '2026-02-02' }),
        ],
      },
    },
    quiet: {
      socialCare: {
        legalStatuses: [
          care('a', '2025-02-02', { code: 'C1', from: '2025-02-02', to: '2025-06-02' }),
          care('b', '2025-06-02', { code: 'C2', from: '2025-06-02' }),
        ],
      },
    },
  },
  {
    code: 'PLACEMENT_PLAN_NOT_RECONSIDERED',
    fires: {
      socialCare: {
        placements: [care('p', '2026-05-10', { decidedOn: '2026-01-20', from: '2026-05-10' })],
        restraints: [1, 2, 3, 4].map((n) => care(`r${n}`, `2026-01-2${n}`)).concat(care('r9', '2026-04-05')),
      },
    },
    quiet: {
      socialCare: {
        placements: [care('p', '2026-05-10', { decidedOn: '2026-01-20', from: '2026-05-10' })],
        restraints: [1, 2, 3, 4].map((n) => care(`r${n}`, `2026-01-2${n}`)).concat(care('r9', '2026-04-05')),
        meetings: [meeting('m', '2026-03-05', 'CLA_REVIEW')],
      },
    },
  },
  {
    code: 'TRANSITION_PLAN_MISSING',
    fires: {
      socialCare: {
        person: [care('person', '2026-01-05', { dateOfBirth: '2009-05-06' })],
        legalStatuses: [care('l', '2021-12-13', { code: 'C2', from: '2021-12-13' })],
      },
    },
    quiet: {
      socialCare: {
        person: [care('person', '2026-01-05', { dateOfBirth: '2010-06-21' })],
        legalStatuses: [care('l', '2021-12-13', { code: 'C2', from: '2021-12-13' })],
      },
    },
  },
  {
    code: 'FORCE_NOT_TOLD',
    fires: {
      socialCare: {
        placements: [care('p', '2026-05-19', { la: 'LA5', 'provenance.la': 'LA2', from: '2026-05-19' })],
        exploitation: [care('x', '2026-06-05', { toolLevel: 'HIGH' })],
      },
    },
    quiet: {
      socialCare: {
        placements: [
          care('p', '2026-05-19', { la: 'LA5', 'provenance.la': 'LA2', from: '2026-05-19', forceToldOn: '2026-05-20' }),
        ],
        exploitation: [care('x', '2026-06-05', { toolLevel: 'HIGH' })],
      },
    },
  },
  {
    code: 'NON_CARE_PLACEMENT_3M',
    fires: { socialCare: { placements: [care('p', '2026-05-19', { code: 'R2', from: '2026-05-19' })] } },
    quiet: {
      socialCare: {
        placements: [care('p', '2026-05-19', { code: 'R2', from: '2026-05-19' })],
        legalStatuses: [care('l', '2026-05-19', { code: 'V2', from: '2026-05-19' })],
      },
    },
  },
]
