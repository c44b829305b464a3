import { personas } from '../../seeds/personas.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { wholeView } from '../acceptance/support/wholeView.ts'

/** An operation that means to hold everybody else up, and who sends it, so many at once. */
export interface Hostile {
  readonly name: string
  readonly by: string
  readonly purpose?: Purpose
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly atOnce: number
}

const children = ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07', 'C09', 'C10', 'C11', 'C12']
const many = (count: number, of: (nth: number) => string): string =>
  Array.from({ length: count }, (_, at) => of(at)).join(' ')
const one = (name: string, by: string, query: string, more: Partial<Hostile> = {}): Hostile => ({
  ...{ name, by, query, atOnce: 1 },
  ...more,
})
const audited = (ids: readonly string[]) =>
  `{ caseAudit(caseIds: ${JSON.stringify(ids)}) { unknown cases { child { id chronology(first: 200) { total events { id headline } } } themes { theme holds records without { agency } } } themes { theme caseCount without { agency label reason } } } }`
const huge = 'aA1!'.repeat(200_000)
/** What a careless regular expression walks through again and again. */
const backtracking = `${'a'.repeat(50_000)}!`
const spaces = `${' '.repeat(60_000)}x`
const digits = `data:${'A1+/'.repeat(20_000)}`

/** Operations of every kind, made to be as dear as what is let through can be. */
export const hostile: readonly Hostile[] = [
  one('the whole view', 'mash-analyst', wholeView(), { variables: { id: 'C04' } }),
  one('the whole view, a hundred at once', 'mash-analyst', wholeView(), { variables: { id: 'C04' }, atOnce: 100 }),
  one(
    'twenty chronologies of two hundred',
    'social-worker',
    `{ ${many(20, (at) => `a${at}: child(id: "C04") { chronology(first: 200) { total events { id eventAt headline text provenance { agency recordedAt } } } }`)} }`,
    { atOnce: 10 },
  ),
  one(
    'a hundred children with everything that is joined',
    'mash-analyst',
    `query ($ids: [ID!]!) { children(ids: $ids) { id missing { total { value } episodes(first: 200) { from to } } restrictivePractice { total { value } } inTime { links { kind } } levels { indicators { count { value } } } family { people { name } } hazards { dangers { id } } alerts { code evidence { recordId } } } }`,
    { variables: { ids: [...children, ...Array.from({ length: 80 }, (_, at) => `none-${at}`)] }, atOnce: 10 },
  ),
  one(
    'associations and who went missing together, of all',
    'mash-analyst',
    `{ ${children.map((id) => `${id}: child(id: "${id}") { associations { moreKnown } coMissing { moreKnown total { value } } }`).join(' ')} }`,
    { atOnce: 10 },
  ),
  one('an audit of every case', 'team-manager', audited(children), { purpose: 'PRACTICE_REVIEW', atOnce: 10 }),
  one(
    'problem profiles of two years',
    'team-manager',
    `{ ${['CSE', 'MISSING', 'ONLINE_CONTACT', 'DOMESTIC_ABUSE', 'MISSING_EDUCATION', 'SUBSTANCES', 'NEGLECT'].map((theme) => `${theme}: problemProfile(la: "LA2", theme: ${theme}, period: { from: "2024-Q4", to: "2026-Q3" }) { children byArea { area children } without { agency } }`).join(' ')} }`,
    { purpose: 'PRACTICE_REVIEW', atOnce: 10 },
  ),
  one(
    'twenty worklists',
    'team-manager',
    `{ ${many(20, (at) => `a${at}: worklist(first: 100) { children entries { child { id } alert { id explanation evidence { recordId } } } notJudged { code without { agency } } }`)} }`,
    { atOnce: 5 },
  ),
  one(
    'twenty pages of messages',
    'social-worker',
    `{ ${many(20, (at) => `a${at}: inbox(first: 100) { messages { id kind content { name value } to { organisation } replies { at } } }`)} }`,
    { atOnce: 20 },
  ),
  one(
    'twenty histories for somebody new',
    'social-worker',
    `{ child(id: "C04") { ${many(20, (at) => `a${at}: historySummary(audience: "SCHOOL_NURSE") { text topics { topic sentences { text records } } }`)} } }`,
    { atOnce: 5 },
  ),
  one(
    'fragments of fragments',
    'social-worker',
    `{ child(id: "C04") { ...f0 } } ${many(12, (at) => `fragment f${at} on Child { ...f${at + 1} ...f${at + 1} }`)} fragment f12 on Child { id names { family } }`,
    { atOnce: 50 },
  ),
  one('a variable of 800 KB', 'social-worker', 'query ($id: ID!) { child(id: $id) { id } }', {
    variables: { id: huge },
    atOnce: 20,
  }),
  one(
    'a description that a regular expression may walk through for ever',
    'social-worker',
    'query ($p: PersonDescription!) { matchChild(person: $p) { outcome } }',
    {
      variables: { p: { family: spaces, given: backtracking, postcode: spaces, dateOfBirth: backtracking } },
      atOnce: 20,
    },
  ),
  ...['reason', 'evidence'].map((field) =>
    one(
      `a huge ${field} of a consent`,
      'social-worker',
      'mutation ($i: ConsentInput!) { recordConsent(input: $i) { id } }',
      {
        variables: {
          i: {
            childId: 'C04',
            state: 'GIVEN',
            giver: 'CHILD',
            competence: 'COMPETENT',
            evidence: field === 'reason' ? digits : huge,
          },
        },
        atOnce: 20,
      },
    ),
  ),
  one(
    'a huge reason for breaking the glass',
    'social-worker',
    'mutation ($r: String!) { breakGlass(childId: "C08", reason: $r) { id } }',
    { variables: { r: spaces }, atOnce: 20 },
  ),
  one(
    'a report with a huge statement',
    'school-dsl',
    'mutation ($i: ConcernReportInput!) { reportConcern(input: $i) { id } }',
    {
      variables: {
        i: {
          childId: 'C04',
          concerns: ['NEGLECT'],
          statements: [{ text: backtracking, evidence: 'FACT' }],
          familyTold: true,
        },
      },
      atOnce: 20,
    },
  ),
  one(
    'twenty searches of the log',
    'information-governance',
    `{ ${many(20, (at) => `a${at}: accessSearch(from: "2026-01-01T00:00:00Z", first: 100) { found { event { id } } }`)} }`,
    { atOnce: 5 },
  ),
  one(
    'a new transfer of everything, and its record',
    'receiving-officer',
    'mutation { requestTransfer(childId: "C04", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id } }',
    { atOnce: 5 },
  ),
  one(
    'everything of a subject',
    'information-governance',
    '{ subjectAccess(childId: "C04") { text sections { records { id fields { value } } } } }',
    {
      purpose: 'SUBJECT_ACCESS',
      atOnce: 10,
    },
  ),
  one('as everybody, at once', personas[0]?.id ?? '', wholeView(), { variables: { id: 'C05' }, atOnce: 40 }),
]
