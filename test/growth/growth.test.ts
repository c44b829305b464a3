import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { publicSchema } from '../acceptance/support/wholeView.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole, sampled } from '../support/sample.ts'
import { type Cost, costOf, Recorder } from './cost.ts'
import { growHistory } from './history.ts'
import { type Question, questionsWith } from './questions.ts'

const recorder = new Recorder()
let gateway: TestGateway
let store: Database
let asked: readonly Question[] = []

const many = 60
const times = isWhole ? 100 : 10

beforeAll(async () => {
  gateway = await startTestGateway(
    { FACTS_KEPT: '0' },
    {
      isEmbedded: true,
      watchesAlerts: false,
      wrapDatabase: (name, database) => {
        if (name !== 'gateway') return database
        store = database
        return recorder.watch(database)
      },
    },
  )
  const seen = await gateway.ask('social-worker', '{ child(id: "C04") { id auditId } }')
  const moved = await gateway.ask(
    'social-worker',
    'mutation { requestTransfer(childId: "C04", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id } }',
    { purpose: 'TRANSFER_SEND' },
  )
  const ordered = await gateway.ask(
    'legal-officer',
    `mutation { recordCourtOrder(input: { childId: "C04", court: "Eastvale Family Court", reference: "EV26C00041",
      madeOn: "2026-11-16", recipient: "LA5-CSC", expiresOn: "2026-12-31" }) { id } }`,
  )
  const textIn = (data: unknown, ...path: readonly string[]): string =>
    path.length === 0 ? String(data) : textIn((data as Record<string, unknown>)[path[0] ?? ''], ...path.slice(1))
  const ids = {
    audit: textIn(seen.data, 'child', 'auditId'),
    message: 'grown-1',
    order: textIn(ordered.data, 'recordCourtOrder', 'id'),
    transfer: textIn(moved.data, 'requestTransfer', 'id'),
  }
  asked = questionsWith(ids)
})
afterAll(() => gateway.close())

/** What is wrong with an answer, in the words of its codes; null for one without errors. */
const ask = async ({ persona, query, purpose }: Question): Promise<string | null> => {
  const { errors } = await gateway.ask(persona, query, purpose ? { purpose } : {})
  return errors.length === 0 ? null : errors.map((error) => error.extensions['code'] ?? error.message).join(', ')
}

const costs = async (questions: readonly Question[]): Promise<ReadonlyMap<string, Cost>> => {
  const found = new Map<string, Cost>()
  const refused: string[] = []
  for (const question of questions) {
    const wrong = await ask(question)
    if (wrong !== null) refused.push(`${question.field}: ${wrong}`)
    const asked = await recorder.during(() => ask(question))
    found.set(question.field, await costOf(store, asked))
  }
  expect(refused).toEqual([])
  return found
}

/** An act that looks at what stands about the child: the enquiry has what was declined looked at again. */
const enquiry: Question = {
  ...{ field: 'openEnquiry', persona: 'mash-analyst' },
  query: `mutation { openEnquiry(input: { childId: "C04", rating: GREEN, ratingReason: "x", question: "x",
    asked: [{ organisation: "F4" }] }) { id } }`,
}

const statementsOf = async (question: Question): Promise<number> => {
  const wrong = await ask(question)
  if (wrong !== null) throw new Error(`${question.field}: ${wrong}`)
  return (await recorder.during(() => ask(question))).length
}

it('asks every field of the schema', () => {
  const known = asked.map(({ field }) => field.split(/[. ]/)[0])
  expect(Object.keys(publicSchema.getQueryType()?.getFields() ?? {}).filter((name) => !known.includes(name))).toEqual(
    [],
  )
})

it(`costs as many statements and rows at ${times} times the history`, async () => {
  const questions = sampled(asked, 6)
  await growHistory(store, 1, many)
  const before = await costs(questions)
  const actBefore = await statementsOf(enquiry)
  await growHistory(store, many + 1, many * times)
  const after = await costs(questions)
  expect(await statementsOf(enquiry)).toBe(actBefore)
  const grown = questions.flatMap(({ field, grows, most = 0 }) => {
    const [was, is] = [before.get(field), after.get(field)]
    if (!was || !is || grows) return []
    return is.statements > was.statements || is.rows > Math.max(most, 1.2 * was.rows + 20)
      ? [`${field}: ${was.statements} and ${is.statements} statements, ${was.rows} and ${is.rows}: ${is.dearest}`]
      : []
  })
  expect(grown).toEqual([])
})
