import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { mark, unhideRows } from './support/hiddenRows.ts'
import { hiddenTransfer, registerWorlds } from './support/registerWorlds.ts'
import { hiddenChildren } from './support/twins.ts'

// Ids are not secrets: who tries one must not learn whether it is somebody's.
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  const others = registerWorlds.find(({ name }) => name.includes('of others'))
  await others?.apply(gateway, hiddenChildren)
  const { knex } = gateway.opened.setting.opening.store
  const child = { child_id: 'C04', recorded_at: '2026-06-01T00:00:00Z' }
  await knex('gateway.hold').insert({
    ...child,
    id: `hold${mark}`,
    kind: 'DETRIMENT',
    agency: 'police',
    label: 'POLICE_INTELLIGENCE',
    reason: 'Hidden',
    owner: 'HOLDER, elsewhere',
    review_on: '2027-01-01',
  })
  await knex('gateway.relationship').insert({
    ...child,
    id: `relationship${mark}`,
    child_id: 'C08',
    organisation: 'LA4-CSC',
    kind: 'EPISODE',
    from_on: '2026-01-01',
  })
  await knex('gateway.consent').insert({
    ...child,
    id: `consent${mark}`,
    state: 'GIVEN',
    labels: ['ADOPTION'],
    giver: 'CHILD',
    competence: 'COMPETENT',
  })
})
afterAll(async () => {
  await unhideRows(gateway)
  await gateway?.close()
})

/** Of every kind: who could use none of these, who could use their own, and who reviews. */
const asking = [
  'social-worker',
  'mash-analyst',
  'school-nurse',
  'receiving-officer',
  'information-governance',
  'missing-coordinator',
]

const unknown = `22222222-2222-4222-8222-222222222222${mark}`

const doors: readonly (readonly [name: string, id: string, write: (id: string) => string])[] = [
  ['a hold, to release', `hold${mark}`, (id) => `mutation { releaseHold(id: "${id}", reason: "Done") { id } }`],
  [
    'a hold, to review',
    `hold${mark}`,
    (id) => `mutation { reviewHold(id: "${id}", reviewOn: "2099-01-01", reason: "Stands") { id } }`,
  ],
  ['a consent', `consent${mark}`, (id) => `mutation { withdrawConsent(id: "${id}", reason: "Asked") { id } }`],
  ['a session of broken glass', `glass${mark}`, (id) => `mutation { confirmBreakGlass(id: "${id}") { id } }`],
  [
    'a review',
    `review${mark}`,
    (id) => `mutation { closeReview(id: "${id}", finding: JUSTIFIED, reason: "ChildAnswers at") { id } }`,
  ],
  ['a duty', `duty${mark}`, (id) => `mutation { dischargeObligation(id: "${id}", reason: "Done") { id } }`],
  ['a transfer, to read', hiddenTransfer, (id) => `{ transferSummary(transferId: "${id}") { id } }`],
  [
    'a transfer, to acknowledge',
    hiddenTransfer,
    (id) => `mutation { acknowledgeTransfer(transferId: "${id}", version: "1") { id } }`,
  ],
  [
    'a transfer, to contribute to',
    hiddenTransfer,
    (id) => `mutation { contributeToTransfer(transferId: "${id}", state: NOTHING_HELD, reason: "None") { id } }`,
  ],
  ['a relationship', `relationship${mark}`, (id) => `mutation { endRelationship(id: "${id}") { id } }`],
  ['a leaf of the log', `leaf${mark}`, (id) => `{ auditProof(auditId: "${id}") { index } }`],
]

describe.each(doors)('the id of %s that is not the caller’s', (_, id, write) => {
  test('is answered to every persona as one that nobody has', async () => {
    for (const persona of asking) {
      const [real, none] = await Promise.all([id, unknown].map((each) => gateway.ask(persona, write(each))))
      expect([persona, real?.status, real?.text]).toEqual([persona, none?.status, none?.text])
      expect(real?.text).not.toContain('INTERNAL')
      expect(real?.text).not.toContain('OPERATION_INVALID')
    }
  })
})
