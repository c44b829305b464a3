import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { factsFrom } from '../../src/facts/readGatewayFacts.ts'
import { roleTable } from '../../src/policy/vocabulary.ts'
import { createLog } from '../../src/server/log.ts'
import { everyAct, everyQuery, type Said } from '../acceptance/support/everyOperation.ts'
import { wholeView } from '../acceptance/support/wholeView.ts'
import { callerOf } from '../registers/people.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled, sized } from '../support/sample.ts'

/** An address, as somebody who may know it writes it into a reason, a note or a statement. */
const typed = '14 Xanthe Croft'
const words: readonly string[] = [
  ...['evidence', 'reason', 'basis', 'note', 'limits', 'describedAs', 'text', 'childSays', 'whyNotTold', 'reasons'],
  ...['challenge', 'wouldChangeIt', 'wanted', 'response', 'summary', 'overrideReason', 'ratingReason', 'question'],
  ...['answer', 'tie', 'decision', 'why', 'explanation', 'where', 'contribution', 'outcome', 'action', 'how', 'risk'],
  ...['plan', 'likelyPlaces', 'whoIsTrusted', 'knownSoFar', 'toWhom', 'what', 'whyNot', 'done', 'title', 'subject'],
]
const known: Said = {
  ...{ id: '"C07"', childId: '"C07"', ids: '"C07"', caseIds: '"C07"', la: '"LA2"', force: '"F1"' },
  ...{ nhsNumber: '"9991015485"', fromLa: '"LA2"', toLa: '"LA5"', type: 'CLA_PLACED_OUT', field: '"Address.display"' },
  ...{ label: 'SOCIAL_CARE', kind: 'DETRIMENT', state: 'GIVEN', role: '"SOCIAL_WORKER"', purpose: 'S47_ENQUIRY' },
  ...{ reviewOn: '"2026-12-01"', first: '20' },
}
const saying: Said = { ...known, ...Object.fromEntries(words.map((word) => [word, `"Moved to ${typed}"`])) }

let gateway: TestGateway
let logged = ''
beforeAll(async () => {
  const stream = new PassThrough().on('data', (chunk: Buffer) => {
    logged += chunk.toString()
  })
  gateway = await startTestGateway({}, { log: createLog('info', stream) })
})
afterAll(() => gateway.close())

/** Those who may read the place, and write of it. */
const writers = ['social-worker', 'team-manager', 'mash-analyst']
/** Those to whom neither the place nor its area is told: the father's workers first. */
const barred = personas.filter(({ role }) => roleTable[role].type === 'ADULT').map(({ id }) => id)
/**
 * Colleagues of the writers, and everybody else from whom the place is kept by the pack, though they may use a
 * register: governance answers for what is disclosed, and reads it.
 */
const keptFrom = async () => {
  const { store, policy, labels } = gateway.opened.setting.opening
  const now = new Date('2026-11-20T12:00:00Z')
  const reaches = personas.map(async ({ id, role, organisation, defaultPurpose: purpose }) => {
    const caller = callerOf({ role, organisation, purpose, agencyType: roleTable[role].type })
    const known = (await factsFrom(store)({ caller, childIds: ['C07'], now, today: now })).known.get('C07')
    if (!known) throw new Error('C07 is a story case')
    const facts = { ...known, relationship: 'EPISODE', harm: 'REASONABLE_CAUSE', ageBand: '13_TO_15' } as const
    const child = { ...facts, placeProtected: true, responsibleLa: 'LA2', areaLa: 'LA5' }
    const source = { agency: 'socialCare', home: 'SOCIAL_CARE', labels: labels.socialCare } as const
    const { own, places } = policy.grantFor(caller, child, source, now.toISOString())
    return (own?.places ?? places) === 'ALL' || roleTable[role].type === 'GOVERNANCE' ? [] : [id]
  })
  return (await Promise.all(reaches)).flat()
}
/** Registers of one child, and what follows from them. */
const registers = new Set([
  ...['consents', 'holds', 'holdsToReview', 'relationships', 'courtOrders', 'parentalResponsibilities', 'bars'],
  ...['obligations', 'breakGlassNotices', 'breakGlassReviews', 'accessLog', 'accessNotices', 'governanceCases'],
])

it('an address that is typed into a reason, a note or a statement is read by nobody from whom it is kept', async () => {
  let taken = 0
  for (const writer of sampled(writers, 1))
    for (const act of everyAct(saying)) {
      const { text, errors } = await gateway.ask(writer, act)
      if (text.includes('OPERATION_INVALID')) throw new Error(`Not an operation: ${act}`)
      if (errors.length === 0 && act.includes(typed)) taken += 1
    }
  expect(taken).toBeGreaterThan(2)
  const found: string[] = []
  const ask = async (asker: string, query: string) => {
    const { text } = await gateway.ask(asker, query, query === wholeView() ? { variables: { id: 'C07' } } : {})
    if (text.includes(typed)) found.push(`${asker}: ${query.slice(0, 100)}`)
    return text
  }
  for (const asker of sampled(barred, sized(1, 99)))
    for (const query of [...everyQuery(known), wholeView()]) await ask(asker, query)
  // Whatever a register gains is among them by itself, and every persona from whom the place is kept.
  const kept = await keptFrom()
  expect(kept).toEqual(expect.arrayContaining(['quality-assurance', 'legal-officer', 'adoption-worker']))
  const asked = everyQuery(known).filter((query) => registers.has(/^query \{ (\w+)/.exec(query)?.[1] ?? ''))
  expect(asked.length).toBeGreaterThan(8)
  let read = 0
  for (const asker of kept) for (const query of asked) if ((await ask(asker, query)).includes('"id"')) read += 1
  // Entries themselves stay: only the words are kept.
  expect(read).toBeGreaterThan(5)
  expect(found).toEqual([])
})

it('and stands in no log', () => {
  expect(logged.length).toBeGreaterThan(100)
  expect(logged).not.toContain('Xanthe')
})
