/** What a joined view must say at the demonstration's date, and what no agency could say alone. */
export interface ExpectedAnswer {
  /** The gateway's child id. */
  readonly child: string
  /** The question as a practitioner would ask it. */
  readonly question: string
  /** Selection on `Child`. */
  readonly selection: string
  /** The answer for a caller from whom nothing of it is withheld; other fields may stand beside these. */
  readonly expected: Readonly<Record<string, unknown>>
  /** Personas who are not given all of it for their own purpose: names of third persons, orders of a court. */
  readonly withheldFrom?: readonly string[]
}

/** The date at which the story cases are told. */
export const toldAt = '2026-11-20T23:59:59Z'

/** Of a number: what it is, and that it is the whole. */
const count = '{ value completeness }'
const whole = (value: number) => ({ value, completeness: 'WHOLE' })

export const expectedAnswers: readonly ExpectedAnswer[] = [
  {
    child: 'C04',
    question: 'How often has Sam been missing, told by any force or by the home?',
    selection: `missing { total ${count} reported ${count} unreported ${count} byForce { force count ${count} } }`,
    expected: {
      missing: {
        total: whole(50),
        reported: whole(45),
        unreported: whole(5),
        byForce: [
          { force: 'F1', count: whole(39) },
          { force: 'F4', count: whole(6) },
        ],
      },
    },
  },
  {
    child: 'C04',
    question: 'How often has Sam been restrained, at home and at school?',
    selection: `restrictivePractice { total ${count} ground ${count} }`,
    expected: { restrictivePractice: { total: whole(30), ground: whole(12) } },
  },
  {
    child: 'C04',
    question: 'How many of his attendances came within a day after a restraint?',
    selection: `attendanceAndRestraint { attendances ${count} withinDayOfRestraint ${count} }`,
    expected: { attendanceAndRestraint: { attendances: whole(8), withinDayOfRestraint: whole(5) } },
  },
  {
    child: 'C04',
    question: 'By how many days did his health history come after the assessment that needed it?',
    selection: 'health { historyTransfers { firstAssessmentOn receivedOn daysLate } }',
    expected: {
      health: { historyTransfers: [{ firstAssessmentOn: '2025-06-10', receivedOn: '2025-07-02', daysLate: 22 }] },
    },
  },
  {
    child: 'C04',
    question: 'For how many days has the notice been unserved?',
    selection: 'police { notices { servedAt daysUnserved } }',
    expected: { police: { notices: [{ servedAt: null, daysUnserved: 19 }] } },
  },
  {
    child: 'C04',
    question: 'Who keeps the case, where does he live, and whose force is it?',
    selection: 'status { level responsibleLa areaLa areaForce educationLa legalStatus exploitation missingNow }',
    expected: {
      status: {
        level: 'LOOKED_AFTER',
        responsibleLa: 'LA2',
        areaLa: 'LA5',
        areaForce: 'F4',
        educationLa: 'LA5',
        legalStatus: 'C2',
        exploitation: 'VERY_HIGH',
        missingNow: false,
      },
    },
  },
  {
    child: 'C05',
    question: 'How many contacts about Bryony, from how many organisations, and how many were accepted?',
    selection: `contactsAndReferrals { total ${count} accepted ${count} sources ${count} weeks ${count} }`,
    expected: { contactsAndReferrals: { total: whole(9), accepted: whole(2), sources: whole(6), weeks: whole(38) } },
  },
  {
    child: 'C05',
    question: 'How often has she been missing, with the times that nobody reported?',
    selection: `missing { total ${count} reported ${count} unreported ${count} byForce { force count ${count} } }`,
    expected: {
      missing: {
        total: whole(19),
        reported: whole(14),
        unreported: whole(5),
        byForce: [{ force: 'F1', count: whole(14) }],
      },
    },
  },
  {
    child: 'C05',
    question: 'Which factors did the second assessment leave out?',
    selection: 'socialCare { assessments { factors droppedFactors } }',
    expected: {
      socialCare: {
        assessments: [
          { factors: ['16A', '2B'], droppedFactors: [] },
          { factors: ['21'], droppedFactors: ['16A', '2B'] },
        ],
      },
    },
  },
  {
    child: 'C06',
    question: 'How often has Ellis been missing, over three forces?',
    selection: `missing { total ${count} byForce { force count ${count} } }`,
    expected: {
      missing: {
        total: whole(33),
        byForce: [
          { force: 'F1', count: whole(20) },
          { force: 'F2', count: whole(9) },
          { force: 'F3', count: whole(4) },
        ],
      },
    },
  },
  {
    child: 'C05',
    question: 'What was known against and for Bryony in the summer, and on what did it rest?',
    selection:
      'hazards(asOf: "2026-06-30T00:00:00Z") { completeness backgroundHazards { text evidenced evidence { headline } } situationalHazards { text } strengths { text evidenced } dangers { text } }',
    expected: {
      hazards: {
        completeness: 'WHOLE',
        backgroundHazards: [
          {
            text: 'Neglect and the mother’s drug use, found in 2024',
            evidenced: true,
            evidence: [{ headline: 'Assessment: single, factors: neglect (16A); drugs, a parent or carer (2B)' }],
          },
        ],
        situationalHazards: [{ text: 'Only carer in custody' }],
        strengths: [{ text: 'Close to her grandmother', evidenced: false }],
        dangers: [],
      },
    },
  },
  {
    child: 'C04',
    question: 'What came within a day after a contact that was cancelled?',
    selection:
      'inTime { completeness links(kinds: [CANCELLED_CONTACT_THEN_INCIDENT]) { hours before { headline } after { recordType } } }',
    expected: {
      inTime: { completeness: 'WHOLE', links: [{ hours: 2, after: { recordType: 'restraints' } }] },
    },
  },
  {
    child: 'C04',
    question: 'Who visited together, in which threshold group does Sam stand, and what is known to unsettle him?',
    selection:
      'socialCare { visits { jointWith seenAlone } exploitation { group toolLevel professionalLevel } triggers { monthDay text } } health { liaisonNotes { recipients } }',
    expected: {
      socialCare: {
        visits: [
          { jointWith: [], seenAlone: true },
          { jointWith: ['POLICE'], seenAlone: true },
        ],
        exploitation: [{ group: 'INTELLIGENCE', toolLevel: 'MEDIUM', professionalLevel: 'VERY_HIGH' }],
        triggers: [
          { monthDay: '11-14', text: 'Anniversary of his brother’s death; unsettled a week each side' },
          { monthDay: null, text: 'Contact with his mother cancelled at short notice' },
        ],
      },
      health: { liaisonNotes: [{ recipients: ['Southmere Practice'] }] },
    },
  },
  {
    child: 'C06',
    question: 'What did each school see of Ellis, and who maintains his plan?',
    selection:
      'education { concerns { category provenance { organisation } } specialNeeds { need provision maintainedBy } }',
    expected: {
      education: {
        concerns: [
          { category: 'SEXUALISED_BEHAVIOUR', provenance: { organisation: '900001' } },
          { category: 'SEXUALISED_BEHAVIOUR', provenance: { organisation: '900003' } },
          { category: 'ONLINE_CONTACT', provenance: { organisation: '900002' } },
        ],
        specialNeeds: [{ need: 'MLD', provision: 'EHC_PLAN', maintainedBy: 'LA2' }],
      },
    },
  },
  {
    child: 'C02',
    question: 'Did the outcome of the crime lower anything about Ilka?',
    selection: 'status { exploitation } police { crimes { outcome provenance { evidence } } }',
    expected: {
      status: { exploitation: 'HIGH' },
      police: { crimes: [{ outcome: 'Evidential difficulties', provenance: { evidence: 'ALLEGATION' } }] },
    },
  },
  {
    child: 'C02',
    question: 'How many of Ilka’s absences fall within a time when she was missing?',
    selection: `missing { total ${count} overnight ${count} absentSessionsDuring ${count} }`,
    // Six sessions of illness are counted by the school and dated by nobody.
    expected: {
      missing: {
        ...{ total: whole(3), overnight: whole(1) },
        absentSessionsDuring: { value: 9, completeness: 'AT_LEAST' },
      },
    },
  },
  {
    child: 'C02',
    question: 'How many days passed before social care could see the crime?',
    selection: 'police { crimes { daysToShare } }',
    expected: { police: { crimes: [{ daysToShare: 4 }] } },
  },
  {
    child: 'C04',
    question: 'Who are the people around Sam?',
    withheldFrom: ['mash-analyst'],
    selection:
      'family { completeness maleCarerRecorded people { key relation name sex generation diedOn services { service } } ties { kind from to } }',
    expected: {
      family: {
        completeness: 'WHOLE',
        maleCarerRecorded: true,
        people: [
          { key: 'CHILD', relation: 'CHILD', name: 'Sam Thornley', sex: 'M', generation: 0 },
          { key: 'P1', relation: 'MOTHER', name: 'Carla Thornley', sex: 'F', generation: 1, services: [] },
          { key: 'P2', relation: 'FATHER', name: 'Lee Adley', sex: 'M', generation: 1, services: [] },
          { key: 'P3', relation: 'BROTHER', name: 'Joe Thornley', sex: 'M', generation: 0, diedOn: '2018-11-14' },
        ],
        ties: [
          { kind: 'PARENT', from: 'P1', to: 'CHILD' },
          { kind: 'PARENT', from: 'P2', to: 'CHILD' },
          { kind: 'SIBLING', from: 'P3', to: 'CHILD' },
        ],
      },
    },
  },
  {
    child: 'C05',
    question: 'Which services does Bryony’s mother have, and with whom does Bryony live?',
    selection: 'family { people { relation inHousehold confidence services { service to } } }',
    expected: {
      family: {
        people: [
          { relation: 'CHILD' },
          {
            relation: 'MOTHER',
            inHousehold: true,
            confidence: 'CORROBORATED',
            services: [
              { service: 'SUBSTANCE_SERVICE', to: null },
              { service: 'PROBATION', to: '2026-03-04' },
            ],
          },
          { relation: 'GRANDMOTHER', inHousehold: false, confidence: 'RECORDED', services: [] },
          { relation: 'COUSIN', inHousehold: true, services: [] },
        ],
      },
    },
  },
  {
    child: 'C07',
    question: 'Whom may be told of Maya’s brother?',
    withheldFrom: ['mash-analyst'],
    selection: 'family { people { relation name nameAs childId status { level } } }',
    expected: {
      family: {
        people: [
          { relation: 'CHILD', name: 'Maya Bellhaven' },
          { relation: 'FATHER', name: 'Raymond Coyle' },
          { relation: 'MOTHER', name: 'Alice Bellhaven' },
          { relation: 'ADOPTED_SIBLING', name: null, nameAs: 'NOT_RECORDED', childId: null, status: null },
        ],
      },
    },
  },
  {
    child: 'C04',
    question: 'Who keeps Sam’s health record, and did it pass in time?',
    selection:
      'healthCustodian { la ods since previous { la ods } custodyTransferDue custodyTransferredOn outstanding due { kind state } }',
    expected: {
      healthCustodian: {
        la: 'LA5',
        ods: 'NHS-LA5-GP',
        since: '2025-05-19',
        previous: { la: 'LA2', ods: 'NHS-LA2-GP' },
        custodyTransferDue: '2025-05-19',
        custodyTransferredOn: '2025-07-02',
        outstanding: false,
        due: [
          { kind: 'REGISTRATION', state: 'DONE' },
          { kind: 'INITIAL_ASSESSMENT', state: 'DONE' },
          { kind: 'REVIEW_ASSESSMENT', state: 'DUE' },
          { kind: 'DENTAL_CHECK', state: 'OVERDUE' },
          // Which are outstanding is for those who treat him.
          { kind: 'IMMUNISATION', state: 'NOT_KNOWN' },
        ],
      },
    },
  },
  {
    child: 'C04',
    question: 'How often did Sam move, and why?',
    withheldFrom: ['mash-analyst'],
    selection:
      'careHistory { placementTotal { value } placements(first: 1) { startReason { code } endReason { code meaning } } } legal { orders { type expired } }',
    expected: {
      careHistory: {
        placementTotal: { value: 12 },
        placements: [{ startReason: { code: 'S' }, endReason: { code: 'CARPL', meaning: 'Change of care plan' } }],
      },
      legal: { orders: [{ type: 'CARE_ORDER', expired: false }] },
    },
  },
  {
    child: 'C05',
    question: 'What did school give Bryony, and what was asked of her mother in one week?',
    selection:
      'basicNeedsSupport { total { value } } adultRequirements { weeks { week requirements { value } services } } carerCustody { periods { relation isNow planForChild } } attendance(from: "2026-09-01") { percentage }',
    expected: {
      basicNeedsSupport: { total: { value: 25 } },
      adultRequirements: {
        weeks: [
          {
            week: '2026-02-09',
            requirements: { value: 5 },
            services: ['ADULT_SOCIAL_CARE', 'PROBATION', 'SUBSTANCE_SERVICE'],
          },
        ],
      },
      carerCustody: { periods: [{ relation: 'MOTHER', isNow: true, planForChild: false }] },
      attendance: { percentage: 66.7 },
    },
  },
  {
    child: 'C02',
    question: 'Which of Ilka’s absences fall on a missing episode, and when can her mother be reached?',
    selection:
      'attendance { overlaps { duringMissing { value } } } engagement { contactPreferences { whose hours } } involvement(kind: "EXPLOITATION_TEAM") { state open { value } }',
    expected: {
      attendance: { overlaps: { duringMissing: { value: 9 } } },
      engagement: {
        contactPreferences: [
          { whose: 'MOTHER', hours: 'after 19:00' },
          { whose: 'CHILD', hours: null },
        ],
      },
      involvement: { state: 'NOTHING_HELD', open: { value: 0 } },
    },
  },
  {
    child: 'C04',
    question: 'What was done together for Sam, who was told, what unsettles him, and who maintains his plan?',
    selection:
      'socialCare { visits(from: "2026-10-14", to: "2026-10-14") { seenAlone jointWith } exploitation(first: 1) { group } triggers(first: 1) { monthDay } } health { liaisonNotes { recipients } } education { specialNeeds { need provision maintainedBy } }',
    expected: {
      socialCare: {
        visits: [{ seenAlone: true, jointWith: ['POLICE'] }],
        exploitation: [{ group: 'INTELLIGENCE' }],
        triggers: [{ monthDay: '11-14' }],
      },
      health: { liaisonNotes: [{ recipients: ['Southmere Practice'] }] },
      education: { specialNeeds: [{ need: 'SEMH', provision: 'EHC_PLAN', maintainedBy: 'LA2' }] },
    },
  },
  {
    child: 'C02',
    question: 'Does an outcome of no further action lower anything for Ilka?',
    selection:
      'police { crimes { outcome provenance { evidence } } } status { exploitation } chronology(agencies: [POLICE], from: "2026-10-20", to: "2026-10-20") { events { provenance { evidence } } }',
    expected: {
      police: { crimes: [{ outcome: 'Evidential difficulties', provenance: { evidence: 'ALLEGATION' } }] },
      status: { exploitation: 'HIGH' },
      chronology: { events: [{ provenance: { evidence: 'ALLEGATION' } }] },
    },
  },
  {
    child: 'C06',
    question: 'Which schools saw what early, and in which order?',
    selection: 'education { concerns { eventAt provenance { organisation } } }',
    expected: {
      education: {
        concerns: [
          { eventAt: '2014-11-11T14:00:00Z', provenance: { organisation: '900001' } },
          { eventAt: '2018-06-19T14:00:00Z', provenance: { organisation: '900003' } },
          { eventAt: '2023-10-17T14:00:00Z', provenance: { organisation: '900002' } },
        ],
      },
    },
  },
  {
    child: 'C02',
    question: 'What did the foster carer write down in those five days?',
    selection: 'socialCare { carerLog { category provenance { agency } } }',
    expected: { socialCare: { carerLog: [{ category: 'MOOD', provenance: { agency: 'FOSTER_CARER' } }] } },
  },
  {
    child: 'C06',
    question: 'Was Ellis known as a young carer?',
    selection: 'socialCare { assessments { factors } }',
    expected: { socialCare: { assessments: [{ factors: ['3B', '5A', '7A', '10A'] }] } },
  },
]

/** The four professionals of LA5 whom no meeting about Sam invited: service and authority. */
export const neverInvited: readonly { readonly agency: string; readonly la: string }[] = [
  { agency: 'EDUCATION', la: 'LA5' },
  { agency: 'HEALTH_COMMUNITY', la: 'LA5' },
  { agency: 'HEALTH_GP', la: 'LA5' },
  { agency: 'POLICE', la: 'LA5' },
]

/** In how many of the first six cases each theme stands, and in which. */
export const themes: readonly { readonly theme: string; readonly cases: readonly string[] }[] = [
  { theme: 'Online contact used', cases: ['C01', 'C03', 'C04', 'C05', 'C06'] },
  { theme: 'Early sexualised behaviour', cases: ['C04', 'C05', 'C06'] },
  { theme: 'Domestic abuse', cases: ['C03', 'C06'] },
  { theme: 'Missing from education', cases: ['C02', 'C03', 'C04', 'C05', 'C06'] },
  { theme: 'Alcohol or drugs', cases: ['C01', 'C02', 'C03', 'C05', 'C06'] },
  { theme: 'Exploitation tool not completed', cases: ['C01', 'C03'] },
  { theme: 'Police told social work late', cases: ['C02', 'C04'] },
]
