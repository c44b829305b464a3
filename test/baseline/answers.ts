import { personas } from '../../seeds/personas.ts'
import { demonstrationToday } from '../../src/foundation/config.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { type Door, openDoor } from '../leaks/support/gatewayAsClient.ts'
import { startTestGateway } from '../support/gateway.ts'
import { beginning } from './day.ts'
import { type Case, casesWith, type StoredTransfer } from './questions.ts'

/** Who asks, for what, about which case. */
export interface Point {
  readonly persona: string
  readonly purpose: Purpose
  readonly case: string
}

/** Every persona for each purpose that the persona may declare. */
export const askers: readonly Omit<Point, 'case'>[] = personas.flatMap(({ id, purposes }) =>
  purposes.map((purpose) => ({ persona: id, purpose })),
)

/**
 * Every asker with a quarter of the cases, and every case with a quarter of the askers: all of them together take the
 * better part of an hour, and one that changes is seen by its neighbours too.
 */
export const pointsOf = (cases: readonly string[]): readonly Point[] =>
  cases.flatMap((name, nth) =>
    askers.filter((_, place) => (place + nth) % 4 === 0).map((asker) => ({ ...asker, case: name })),
  )

/** A gateway of the demonstration on a store of its own, on the day of the stories. */
export interface Demonstration {
  readonly cases: readonly Case[]
  /** What is answered at one point, question by question, with what differs from run to run put out of the way. */
  answers(point: Point): Promise<readonly unknown[]>
  close(): Promise<void>
}

export async function startDemonstration(dataDir: string): Promise<Demonstration> {
  const gateway = await startTestGateway({ DATA_DIR: dataDir })
  const door = await openDoor(gateway)
  const cases = casesWith(await requested(door))
  return {
    cases,
    answers: async ({ persona, purpose, case: name }) => {
      const answers: unknown[] = []
      for (const question of cases.find((known) => known.name === name)?.questions ?? []) {
        const { status, text } = await door.ask({ persona, purpose }, question)
        if (unasked.test(text)) throw new Error(`Not answered: ${question.query.slice(0, 300)}\n${text.slice(0, 300)}`)
        answers.push({ status, ...steady(JSON.parse(text)) })
      }
      return answers
    },
    close: async () => {
      await door.stop()
      await gateway.close()
    },
  }
}

const requests = [
  ['social-worker', 'TRANSFER_SEND', 'C04', 'CLA_PLACED_OUT'],
  ['social-worker', 'TRANSFER_SEND', 'C01', 'CP_TRANSFER_IN'],
  ['receiving-officer', 'TRANSFER_RECEIVE', 'C04', 'CLA_PLACED_OUT'],
  ['receiving-officer', 'TRANSFER_RECEIVE', 'C01', 'CP_TRANSFER_IN'],
] as const satisfies readonly (readonly [string, Purpose, string, string])[]

/**
 * Asks for transfers, and reads each once as the receiving side: nobody who is questioned later is the first to read
 * it.
 */
async function requested(door: Door): Promise<readonly StoredTransfer[]> {
  const stored: StoredTransfer[] = []
  for (const [persona, purpose, child, type] of requests) {
    const notifiedAt = '2026-11-20T09:00:00Z'
    const { text } = await door.ask(
      { persona, purpose },
      {
        query: `mutation { requestTransfer(childId: "${child}", fromLa: "LA2", toLa: "LA5", type: ${type}, notifiedAt: "${notifiedAt}") { id } }`,
      },
    )
    const id = String(JSON.parse(text).data?.requestTransfer?.id ?? 'none')
    await door.ask({ persona: 'receiving-officer' }, { query: `{ transferSummary(transferId: "${id}") { id } }` })
    stored.push({ name: `${child} ${type} requested by ${persona}`, id })
  }
  return stored
}

/** A question that never came to be judged would hold a baseline of nothing. */
const unasked = /"code":"(?:OPERATION_INVALID|OPERATION_TOO_LARGE|INTERNAL|SERVICE_UNAVAILABLE|SOURCE_UNAVAILABLE)"/

/** Made of keys, random numbers or the moment: another at every run. */
const signed: ReadonlySet<string> = new Set(['signature', 'receipt', 'fingerprint'])
const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
/** The demonstration's own clock may run too; nothing on record lies between its start and the end of a run. */
const moments = [Date.parse(demonstrationToday), beginning + 12 * 3_600_000] as const

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)

const steady = (body: object): object =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, walked(value, name)]))

function walked(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => walked(item, key))
    // Duties come in the order of their moments.
    return key === 'obligations' ? items.sort(byText) : items
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walked(inner, name)]))
  if (typeof value !== 'string') return value
  if (signed.has(key)) return '<signed>'
  return value.replace(uuid, '<id>').replace(instant, (text) => {
    const at = Date.parse(text)
    return at >= moments[0] && at <= moments[1] ? '<now>' : text
  })
}
