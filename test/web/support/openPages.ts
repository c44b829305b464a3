import type { Persona } from '../../../src/auth/persona.ts'
import { kinds } from '../../../src/exchange/kinds/index.ts'
import { type OversightQuestion, oversightDefaults } from '../../../src/policy/mayAskOversight.ts'
import type { Purpose } from '../../../src/policy/vocabulary.ts'
import { operations } from '../../../web/operations.ts'
import type { TestGateway } from '../../support/gateway.ts'
import { textsIn } from './matrix.ts'

/** A page about no one child, and what it asks. */
export interface OpenPage {
  readonly path: string
  readonly asks: readonly string[]
  /** Another purpose than the one at hand, where the person may declare it. */
  readonly purposes?: readonly Purpose[] | undefined
}

const oversight = (path: string, ask: string, question: OversightQuestion): OpenPage => ({
  ...{ path: `/oversight/${path}`, asks: [ask] },
  purposes: oversightDefaults[question].purposes,
})
const governance = (path: string, ...asks: readonly string[]): OpenPage => ({
  ...{ path: `/governance${path}`, asks },
  purposes: ['AUDIT'],
})

/** Every page with an address of its own that only reads. */
export const openPages: readonly OpenPage[] = [
  { path: '/', asks: ['inbox', 'outbox', 'messageKinds', 'childrenNames'] },
  { path: '/find', asks: [] },
  { path: '/messages', asks: ['inbox', 'messageKinds', 'childrenNames'] },
  { path: '/messages/sent', asks: ['outbox', 'messageKinds', 'childrenNames'] },
  { path: '/board', asks: ['enquiryBoard', 'childrenNames'] },
  { path: '/worklist', asks: ['worklist'] },
  { path: '/duties', asks: ['duties', 'childrenNames'] },
  { path: '/identity', asks: ['identityReviews'] },
  { path: '/transfers', asks: ['transfers', 'childrenNames'] },
  { path: '/sources', asks: ['holders'] },
  { path: '/session', asks: [] },
  { path: '/oversight', asks: [] },
  oversight('missing', 'missingNotices', 'MISSING_NOTICES'),
  oversight('placed', 'placed', 'PLACED_IN'),
  oversight('forums', 'forumListings', 'FORUM_LISTINGS'),
  oversight('learning', 'learningActions', 'LEARNING_ACTIONS'),
  oversight('disagreements', 'escalations', 'ESCALATIONS'),
  oversight('quality', 'dataQuality', 'DATA_QUALITY'),
  oversight('audit', 'caseAudit', 'CASE_AUDIT'),
  oversight('profile', 'problemProfile', 'PROBLEM_PROFILE'),
  governance('', 'breakGlassLog'),
  governance('/glass', 'breakGlassLog', 'childrenNames'),
  governance('/notices', 'accessNotices', 'childrenNames'),
  governance('/agreements', 'agreements'),
  governance('/cases', 'governanceCases', 'childrenNames'),
  governance('/packs', 'policyPacks'),
  governance('/registers'),
  governance('/what-if'),
  governance('/subject'),
  governance('/access'),
]

const children = ['C01', 'C02', 'C03', 'C04', 'C05', 'C07']
/** Whom a list may name. */
const everyChild = Array.from({ length: 14 }, (_, index) => `C${String(index + 1).padStart(2, '0')}`)

/** What the API gives a persona of what a page asks, over HTTP with a token of the issuer. */
export async function givenOpen(gateway: TestGateway, persona: Persona, page: OpenPage): Promise<Set<string>> {
  const found = new Set<string>()
  const purpose = page.purposes?.find((each) => persona.purposes.includes(each)) ?? persona.defaultPurpose
  const la = persona.la ?? /^(LA\d+)-/.exec(persona.organisation)?.[1] ?? 'LA2'
  const variables = { first: 100, la, ids: everyChild, caseIds: children, theme: 'MISSING' }
  for (const ask of page.asks)
    textsIn((await gateway.ask(persona.id, operations.get(ask) ?? '', { variables, purpose })).data, found)
  return found
}

/** Names of holders, kinds of messages and rules of the policy are told to everybody, of nobody. */
export async function common(gateway: TestGateway): Promise<readonly string[]> {
  const texts = new Set<string>()
  textsIn((await gateway.ask('gp', operations.get('holders') ?? '')).data, texts)
  textsIn(kinds, texts)
  textsIn(oversightDefaults, texts)
  return [...texts]
}

const begun: readonly (readonly [persona: string, purpose: Purpose, ask: string, variables: object])[] = [
  [
    'school-dsl',
    'CP_CONFERENCE',
    'reportConcern',
    {
      input: {
        ...{ childId: 'C01', concerns: ['NEGLECT'], familyTold: true },
        statements: [{ text: 'He came without a coat for the whole week', evidence: 'FACT' }],
      },
    },
  ],
  [
    'mash-analyst',
    'MASH_ENQUIRY',
    'openEnquiry',
    {
      input: {
        ...{ childId: 'C04', rating: 'AMBER', ratingReason: 'Away for two nights running' },
        ...{ question: 'Who was seen with him in the arcade?', asked: [{ organisation: 'F4' }] },
      },
    },
  ],
  [
    'receiving-officer',
    'TRANSFER_RECEIVE',
    'requestTransfer',
    { childId: 'C04', fromLa: 'LA2', toLa: 'LA5', type: 'CLA_PLACED_OUT' },
  ],
  [
    'information-governance',
    'AUDIT',
    'openGovernanceCase',
    {
      input: {
        ...{ kind: 'COMPLAINT', controller: 'LA2', receivedOn: '2026-11-19' },
        summary: 'A parent was not told that the school was asked',
      },
    },
  ],
  [
    'emergency-clinician',
    'EMERGENCY',
    'breakGlass',
    { childId: 'C07', reason: 'Brought in unconscious and nobody with her knows her', minutes: 30 },
  ],
]

/** Something of every kind, so that there is something to withhold. */
export async function beginEverything(gateway: TestGateway): Promise<void> {
  for (const [persona, purpose, ask, variables] of begun) {
    const { errors } = await gateway.ask(persona, operations.get(ask) ?? '', { purpose, variables: { ...variables } })
    if (errors.length > 0) throw new Error(`${ask}: ${JSON.stringify(errors)}`)
  }
}
