import type { GraphQLSchema } from 'graphql'
import { formerNhsNumber, mark } from './hiddenRows.ts'
import { listPartsOf } from './listParts.ts'
import { hiddenMessage, hiddenTransfer } from './registerWorlds.ts'

/** Fields that the policy hides from many: a question about one must be answered alike, whatever is held. */
const hiddenFields = [
  'SarcAttendance.note',
  'Intelligence.text',
  'AdoptionRecord.formerName',
  'LegalAdvice.text',
  'SexualHealthItem.text',
]

/** Doors besides `child`: finding, registers, explanations and records that are sent. Asking them changes nothing. */
export const doorsOf = (child: string, schema: GraphQLSchema): readonly string[] => [
  ...doorsOfChild(child, schema),
  ...doorsOfSeveral,
]

/** Messages are told to their parties alone; what others wrote changes no page and no cursor. */
const messagePage = 'messages { id childId state } pinned { id } endCursor hasNextPage'
const messageDoors: readonly string[] = [
  `{ inbox(first: 2) { ${messagePage} } outbox(first: 2) { ${messagePage} } }`,
  `{ inbox(first: 5, asOf: "2026-11-20T23:59:58Z", kinds: ["CONCERN_REPORT"], open: true, overdue: false, childId: "C04") { ${messagePage} } }`,
  `{ inbox(first: 5, after: "${hiddenMessage}") { ${messagePage} } }`,
  `{ outbox(first: 5, after: "${hiddenMessage}", asOf: "2026-11-20T23:59:58Z", kinds: ["CONCERN_REPORT"], open: true, overdue: false, childId: "C04") { ${messagePage} } }`,
  `{ message(id: "${hiddenMessage}", asOf: "2026-11-20T23:59:59Z") { id } }`,
]
const messagesOf = (child: string): readonly string[] => [
  `{ messages(childId: "${child}") { ${messagePage} } }`,
  `{ messages(childId: "${child}", first: 1, after: "${hiddenMessage}", asOf: "2026-11-20T23:59:58Z") { ${messagePage} } }`,
  `{ messages(childId: "${child}", overdue: true) { ${messagePage} } }`,
]

/** Where a page of a worklist begins, in the middle of what is hidden. */
const workPlace = Buffer.from(JSON.stringify(['2026-06-15T08:00:00Z', 'MISSING_PATTERN', '!'])).toString('base64url')

const forumPlace = Buffer.from(JSON.stringify(['C04', '!'])).toString('base64url')

/** Questions over many children: no order, no count, no page and no cell may move with what is hidden. */
export const oversightDoors: readonly string[] = [
  '{ placedIn(la: "LA5") { id } later: placedIn(la: "LA5", after: "C04") { id } }',
  `{ worklist(first: 100) { children byCode { code alerts { value completeness } children { value completeness } } endCursor hasNextPage
    entries { child { id } alert { id since explanation count evidence { recordId } } }
    notJudged { code children without { agency holder state label reason } } possibleDuplicates { kind } } }`,
  `{ worklist(organisation: "LA2-CSC", team: "Looked after team", codes: [MISSING_PATTERN, PLAN_DRIFT], first: 2, after: "${workPlace}") { children endCursor hasNextPage entries { alert { id } } } }`,
  `{ caseAudit(caseIds: ["C04", "C01", "C10", "C02", "C05"]) { unknown themes { theme caseCount completeness without { agency holder state label reason } }
    cases { child { id } themes { theme holds records without { agency holder state label reason } } } } }`,
  '{ cse: problemProfile(la: "LA2", theme: CSE) { children suppressed byArea { area children suppressed } completeness } missing: problemProfile(la: "LA2", theme: MISSING, period: { from: "2026-Q2", to: "2026-Q3" }) { children byArea { area children } without { agency holder state label reason } } }',
  `{ missingNotices(force: "F4", first: 2, after: "${workPlace}") { byForce { force children { value completeness } oldest } notJudged { children without { agency holder label reason } } notices { force child { id } alert { id details { value } } } endCursor hasNextPage }
    escalations { stage reached open late lateNow } learningActions(open: true, overdue: false, first: 2) { actions { id state } endCursor hasNextPage } }`,
  `{ learningActions(after: "${hiddenMessage}") { actions { id } } }`,
  `{ forumListings(forum: "MASE", first: 2, after: "${forumPlace}") { entries { child { id } recordId forum outcome } endCursor hasNextPage } all: forumListings { entries { recordId } without { agency holder label reason } } }`,
  '{ dataQuality { holder state children { value completeness } withoutNhsNumber { value } withoutUpn { value } refusedFields } }',
]

/** Doors to children who are found by what they have in common, and to the caller's own registers. */
const doorsOfSeveral: readonly string[] = [
  ...messageDoors,
  ...oversightDoors,
  '{ agreements { id organisation parties inForce } }',
  '{ governanceCases(first: 20) { id childId dueAt overdue } retentionRules { id register } legalHolds { id reason } }',
  '{ governanceCases(first: 1, after: "no-such-case") { id } }',
  '{ placedOut(la: "LA2") { id sources { agency state recordCount } chronology(first: 2) { total pageInfo { endCursor hasNextPage } } } }',
  '{ pendingTransfers { id childId type fromLa toLa state notifiedAt } }',
  '{ transfers { id childId type fromLa toLa state } }',
  '{ placedOut(la: "LA2", after: "C03") { id } }',
  '{ holdsToReview { id label recordId } }',
  '{ breakGlassNotices { id childId } }',
  '{ breakGlassReviews(openOnly: false) { id childId } }',
  ...[
    'pendingTransfers',
    'transfers',
    'holdsToReview',
    'obligations',
    'breakGlassNotices',
    'breakGlassReviews',
  ].flatMap((list) => [`{ ${list}(first: 1) { id } }`, `{ ${list}(first: 1, after: "no-such-entry") { id } }`]),
  '{ accessNotices(la: "LA2", first: 1, after: "no-such-entry") { cursor } }',
  '{ identityReviews(first: 1, after: "no-such-entry") { reference } }',
]

const cursor = (...position: readonly [number, number, string]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url')

/** Every filter, page and date of a view, set so that a hidden row would stand alone in what it leaves. */
const filtersOf = (child: string): readonly string[] => [
  ...['2026-06-15T12:00:00Z', '2026-11-20T23:59:58Z'].map(
    (asOf) =>
      `{ child(id: "${child}", asOf: "${asOf}") { asOf sources { agency recordCount asOf } chronology { total } } children(ids: ["${child}"], asOf: "${asOf}") { missing { total { value completeness without { agency state label reason contact } } } } }`,
  ),
  `{ findChild(nhsNumber: "${formerNhsNumber}", asOf: "2026-11-20T23:59:58Z") { id } }`,
  '{ findChild(upn: "R992500413103", asOf: "2026-06-15T12:00:00Z") { id } }',
  `{ child(id: "${child}") { all: involvements(openOnly: false) { id kind to } open: involvements(openOnly: true) { id kind } } }`,
  ...[
    'POLICE',
    'HEALTH',
    'HEALTH_SARC',
    'HEALTH_MENTAL_HEALTH',
    'EDUCATION',
    'ADULT_SERVICES',
    'CHILDRENS_SOCIAL_CARE',
  ].map(
    (agency) =>
      `{ child(id: "${child}") { chronology(agencies: [${agency}], first: 1) { total events { id cursor } pageInfo { hasNextPage endCursor } } } }`,
  ),
  `{ child(id: "${child}") { chronology(from: "2020-01-01", to: "2020-12-31") { total } day: chronology(from: "2026-06-15", to: "2026-06-15") { total events { id } } } }`,
  ...[cursor(0, 0, ''), cursor(Date.parse('2026-06-15T07:59:59Z'), 0, '!'), cursor(9e15, 0, 'z')].map(
    (after) =>
      `{ child(id: "${child}") { chronology(first: 2, after: "${after}") { total events { id } pageInfo { hasNextPage } } } }`,
  ),
  `{ child(id: "${child}") { all: alerts(open: false) { id code since explanation count completeness without { agency holder state label reason contact } details { name value } evidence { recordId } } some: alerts(codes: [MISSING_PATTERN, REPEAT_CONTACTS, FATHER_OR_MALE_CARER_UNKNOWN]) { id since count } alertsNotJudged(codes: [PLAN_DRIFT, VOICE_NOT_RECORDED]) { code without { agency state label reason } } gaps { kind area ask } } }`,
  ...['F1', 'NHS-LA2-ACUTE', 'LA2-CSC'].map(
    (holder) =>
      `{ child(id: "${child}") { hazards(asOf: "2026-06-15T12:00:00Z") { completeness dangers { id evidence { recordId headline } } } knownBy(holder: "${holder}", asOf: "2026-11-20T23:59:58Z") { knownTotal { value completeness without { agency label reason } } known { recordType count { value completeness } last latest } elsewhereTotal { value completeness } elsewhere { agency organisation recordType first last latest count { value completeness } } } } }`,
  ),
  ...['SCHOOL_NURSE', 'POLICE_PUBLIC_PROTECTION', 'DESIGNATED_SAFEGUARDING_LEAD'].map(
    (audience) =>
      `{ child(id: "${child}") { historySummary(audience: "${audience}", purpose: CLA_REVIEW) { text nothing leftOut unavailable topics { topic sentences { records } } } } }`,
  ),
  `{ child(id: "${child}") { inTime { completeness links(kinds: [RESTRAINT_THEN_ATTENDANCE, SUSPENSION_THEN_MISSING], first: 2) { kind hours before { recordId } after { recordId } } firstOvernight { recordId } recurrences { years } missingByMonth { month episodes { value completeness } } } } }`,
  ...['1', '100', '20000'].map(
    (days) =>
      `{ child(id: "${child}") { contactsAndReferrals(withinDays: ${days}) { total { value completeness without { agency state label reason contact } } sources { value completeness } bySource { name count { value completeness } } weeks { value completeness } } } }`,
  ),
  `{ child(id: "${child}") { missing { total { value completeness without { agency state label reason contact } } episodes(first: 1) { records } } restrictivePractice { total { value completeness without { agency state label reason contact } } incidents(first: 1) { id } } } }`,
]

/** Doors to one child. */
export const doorsOfChild = (child: string, schema: GraphQLSchema): readonly string[] => [
  ...filtersOf(child),
  ...listPartsOf(schema, child),
  ...messagesOf(child),
  `{ findChild(nhsNumber: "${formerNhsNumber}") { id names { family } } }`,
  `{ findChild(agencyId: { agency: POLICE, value: "police-${child}${mark}" }) { id } }`,
  `{ findChild(agencyId: { agency: HEALTH, value: "health-${child}${mark}" }) { id } }`,
  `{ findChild(agencyId: { agency: POLICE, value: "undone-police-${child}${mark}" }) { id } }`,
  `{ children(ids: ["${child}", "none"]) { id sources { state recordCount asOf } } }`,
  `{ holds(childId: "${child}") { id kind label recordId overdue events { kind } } }`,
  `{ consents(childId: "${child}") { id labels } }`,
  `{ relationships(childId: "${child}") { organisation kind } }`,
  // The first page, and behind what may or may not be there.
  ...['holds', 'consents', 'relationships', 'courtOrders', 'parentalResponsibilities', 'bars'].flatMap((register) => [
    `{ ${register}(childId: "${child}", first: 1) { id } }`,
    `{ ${register}(childId: "${child}", first: 1, after: "nobody") { id } }`,
  ]),
  '{ courtOrder(id: "nobody") { id inForce } }',
  `{ whatIf(childId: "${child}", role: "GP", purpose: DIRECT_CARE) { labels { label given ownRows reason rule } } }`,
  `{ transferSummary(transferId: "${hiddenTransfer}") { id state childId } }`,
  '{ auditErasure { before } }',
  '{ auditProof(auditId: "00000000-0000-4000-8000-000000000000") { index } }',
  ...hiddenFields.map(
    (field) => `{ explain(childId: "${child}", field: "${field}") { outcome reason rule text facts { name value } } }`,
  ),
]
