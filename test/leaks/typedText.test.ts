import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { roleTable } from '../../src/policy/vocabulary.ts'
import { createLog } from '../../src/server/log.ts'
import { everyAct, everyQuery, type Said } from '../acceptance/support/everyOperation.ts'
import { wholeView } from '../acceptance/support/wholeView.ts'
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
  for (const asker of sampled(barred, sized(1, 99)))
    for (const query of [...everyQuery(known), wholeView()]) {
      const { text } = await gateway.ask(asker, query, query === wholeView() ? { variables: { id: 'C07' } } : {})
      if (text.includes(typed)) found.push(`${asker}: ${query.slice(0, 100)}`)
    }
  expect(found).toEqual([])
})

it('and stands in no log', () => {
  expect(logged.length).toBeGreaterThan(100)
  expect(logged).not.toContain('Xanthe')
})
