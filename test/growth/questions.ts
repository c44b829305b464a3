import gatewaySeed from '../../seeds/gateway.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'

/** One question about what has a history, by whom it may be asked. */
export interface Question {
  readonly field: string
  readonly persona: string
  readonly query: string
  readonly purpose?: Purpose
  /** Why what it costs may grow with the history, where it does. */
  readonly grows?: string
  /** Rows that a page looks at however much there is: more than a short history has. */
  readonly most?: number
}

const child = '"C04"'
const numberOf = (wanted: string): string =>
  gatewaySeed.identifiers.find((each) => each.child === 'C04' && each.scheme === wanted)?.value ?? ''
const one = (field: string, persona: string, query: string, purpose?: Purpose): Question => ({
  ...{ field, persona, query: `{ ${query} }` },
  ...(purpose ? { purpose } : {}),
})

/** Each field of `Query`, and each list of a child that may be long; ids stand for what was made before. */
export const questionsWith = ({
  audit,
  message,
  order,
  transfer,
}: Readonly<Record<string, string>>): readonly Question[] => [
  one('child', 'social-worker', `child(id: ${child}) { id status { level } }`),
  one('child.chronology', 'social-worker', `child(id: ${child}) { chronology(first: 20) { events { id } } }`),
  one('child.alerts', 'social-worker', `child(id: ${child}) { alerts { code } }`),
  one('children', 'social-worker', `children(ids: ["C04", "C05", "C01"]) { id }`),
  one('findChild', 'mash-analyst', `findChild(nhsNumber: "${numberOf('NHS_NUMBER')}") { id }`),
  {
    ...one('placedOut', 'team-manager', `placedOut(la: "LA2") { id }`),
    grows: 'It looks at every child whom the authority ever knew: a part must not stand for the whole.',
  },
  one('placedIn', 'team-manager', `placedIn(la: "LA2") { id }`),
  one('worklist', 'team-manager', 'worklist(first: 10) { children entries { child { id } } }'),
  one('worklist.possibleDuplicates', 'team-manager', 'worklist(first: 1) { possibleDuplicates { reference } }'),
  one('caseAudit', 'team-manager', 'caseAudit(caseIds: ["C04"]) { __typename }', 'PRACTICE_REVIEW'),
  one('problemProfile', 'team-manager', 'problemProfile(la: "LA2", theme: MISSING) { __typename }', 'PRACTICE_REVIEW'),
  one('missingNotices', 'team-manager', 'missingNotices(first: 10) { __typename }'),
  one('forumListings', 'team-manager', 'forumListings(first: 10) { __typename }'),
  one('dataQuality', 'team-manager', 'dataQuality { holder }'),
  one('escalations', 'team-manager', 'escalations { stage }'),
  one('learningActions', 'team-manager', 'learningActions(first: 10) { __typename }'),
  one('inbox', 'team-manager', 'inbox(first: 10) { messages { id } }'),
  one('outbox', 'team-manager', 'outbox(first: 10) { messages { id } }'),
  one('messages', 'team-manager', `messages(childId: ${child}, first: 10) { messages { id } }`),
  one('messageKinds', 'team-manager', 'messageKinds { name }'),
  one('message', 'team-manager', `message(id: "${message}") { id }`),
  one('consents', 'social-worker', `consents(childId: ${child}, first: 10) { id }`),
  one('holds', 'social-worker', `holds(childId: ${child}, first: 10) { id }`),
  one('relationships', 'social-worker', `relationships(childId: ${child}, first: 10) { id }`),
  one('explain', 'social-worker', `explain(childId: ${child}, field: "Crime.offence") { __typename }`),
  one('holdsToReview', 'social-worker', 'holdsToReview { id }'),
  one('obligations', 'social-worker', 'obligations(first: 10) { id }'),
  one('obligations of a child', 'information-governance', `obligations(childId: ${child}, first: 10) { id }`),
  one('accessNotices', 'information-governance', 'accessNotices(la: "LA2", first: 10) { childId }'),
  one('breakGlassNotices', 'information-governance', 'breakGlassNotices(first: 10) { id }'),
  one('breakGlassReviews', 'information-governance', 'breakGlassReviews(first: 10) { id }'),
  one('subjectAccess', 'information-governance', `subjectAccess(childId: ${child}) { childId }`, 'SUBJECT_ACCESS'),
  one('whatIf', 'team-manager', `whatIf(childId: ${child}, role: "GP", purpose: DIRECT_CARE) { __typename }`),
  one('accessLog', 'information-governance', `accessLog(childId: ${child}, first: 10) { id }`),
  {
    ...one(
      'accessSearch',
      'information-governance',
      'accessSearch(from: "2026-01-01T00:00:00Z", first: 5) { endCursor }',
    ),
    most: 500,
  },
  one('governedChildren', 'information-governance', 'governedChildren(person: { family: "Bellhaven", given: "Maya" })'),
  one('governanceCases', 'information-governance', 'governanceCases(first: 10) { id }'),
  one('retentionRules', 'information-governance', 'retentionRules { id }'),
  one('legalHolds', 'information-governance', 'legalHolds { id }'),
  one('policyPacks', 'information-governance', 'policyPacks { id }'),
  one(
    'policyChanges',
    'information-governance',
    'policyChanges(before: "england-2026-11", after: "england-2026-11") { __typename }',
  ),
  one('replayDecision', 'information-governance', `replayDecision(auditId: "${audit}") { auditId }`),
  one('holders', 'social-worker', 'holders { __typename }'),
  { ...one('auditProof', 'social-worker', `auditProof(auditId: "${audit}") { __typename }`), most: 400 },
  one('auditLeaves', 'social-worker', 'auditLeaves(first: 10) { __typename }'),
  one('auditErasure', 'information-governance', 'auditErasure { before }'),
  one('transferSummary', 'social-worker', `transferSummary(transferId: "${transfer}") { id }`, 'TRANSFER_SEND'),
  one('pendingTransfers', 'social-worker', 'pendingTransfers(first: 10) { id }', 'TRANSFER_SEND'),
  one('transfers', 'social-worker', 'transfers(first: 10) { id }', 'TRANSFER_SEND'),
  one(
    'matchChild',
    'mash-analyst',
    'matchChild(person: { family: "Marsh", given: "Amy", dateOfBirth: "2012-01-01" }) { outcome }',
  ),
  one('identityReviews', 'mash-analyst', 'identityReviews(first: 10) { reference }'),
  one('courtOrders', 'legal-officer', `courtOrders(childId: ${child}, first: 10) { id }`),
  one('courtOrder', 'information-governance', `courtOrder(id: "${order}") { id }`),
  one('parentalResponsibilities', 'social-worker', `parentalResponsibilities(childId: ${child}, first: 10) { id }`),
  one('bars', 'information-governance', `bars(childId: ${child}, first: 10) { id }`),
  one('agreements', 'information-governance', 'agreements { id }'),
]
