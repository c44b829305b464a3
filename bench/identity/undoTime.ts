import { type Chance, chance } from '../../seeds/population/random.ts'
import type { AuditEntry } from '../../src/audit/entry.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { keyHasher } from '../../src/identity/blockingKeys.ts'
import { personOf } from '../../src/identity/person.ts'
import { defaultLinkageModel } from '../../src/identity/readLinkageModel.ts'
import { Register } from '../../src/identity/register.ts'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrateGateway } from '../../src/store/migrate.ts'
import type { Goal } from '../goalTable.ts'

const by = { person: 'measurement', reason: 'Measured.', second: 'another' }
const records = 4

/**
 * One world of a history: its records, its clock, and the entries of the access log, written while links come and go.
 */
interface History {
  readonly register: Register
  readonly round: number
  readonly ids: readonly string[]
  readonly log: AuditEntry[]
  readonly now: () => number
  readonly dice: Chance
}

/**
 * Random histories of links, splits and refutations, each with one link more that is then undone; and who is to be
 * notified of it.
 */
export async function undoing(rounds: number, tick: (done: number) => void): Promise<readonly Goal[]> {
  const database = await openEmbedded('memory')
  try {
    await migrateGateway(database)
    const dice = chance(2026)
    let differing = 0
    let wrongLists = 0
    for (let round = 0; round < rounds; round += 1) {
      tick(round)
      const history = await begun(database, round, dice)
      for (let steps = dice.whole(0, 8); steps > 0; steps -= 1) await step(history)
      const before = await stateOf(database, history)
      const { isRight } = await linkedAndUndone(history)
      if ((await stateOf(database, history)) !== before) differing += 1
      if (!isRight) wrongLists += 1
    }
    return [
      none(`link → refute: states that differ from before, in ${rounds} random histories`, differing),
      none(`link → refute: disclosure lists that lack or add one, in the same`, wrongLists),
    ]
  } finally {
    await database.close()
  }
}

const none = (name: string, found: number): Goal => ({
  name,
  goal: '0',
  measured: String(found),
  isReached: found === 0,
})

async function begun(database: Database, round: number, dice: Chance): Promise<History> {
  let minute = round * 1000
  const log: AuditEntry[] = []
  const now = () => Date.UTC(2026, 0, 1) + 60_000 * ++minute
  const register = new Register({
    database,
    model: defaultLinkageModel(),
    hash: keyHasher('a secret of the measurement'),
    clock: { now: () => new Date(now()), today: () => new Date(now()) },
    disclosures: { ofChild: async (childId, first) => latest(log, childId).slice(0, first) },
  })
  await register.addChildren([0, 1, 2].map((nth) => `${round}-C${nth}`))
  const ids: string[] = []
  for (let at = 0; at < records; at += 1)
    ids.push(await register.record(agencyOf(at), `${round}-${at}`, personOf({ given: 'Anna' })))
  return { register, round, ids, log, now, dice }
}

const agencyOf = (record: number) => (record % 2 ? 'police' : 'health')
const latest = (log: readonly AuditEntry[], childId: string): AuditEntry[] =>
  log.filter(({ children }) => children.some(({ id }) => id === childId)).toReversed()
const childOf = ({ round, dice }: History): string => `${round}-C${dice.whole(0, 2)}`

/** A link, a split or a refutation of something linked before; and now and then somebody reads. */
async function step(history: History): Promise<void> {
  const { register, ids, dice } = history
  const id = dice.of(ids)
  const kind = dice.whole(0, 3)
  // What is linked already is not moved: that is refused, and nothing has happened.
  if (kind === 0) await refusedOr(register.confirm(id, childOf(history), by))
  if (kind === 1) await register.split([id], childOf(history), by)
  if (kind === 2) {
    const events = await register.history(id)
    const undone = new Set(events.map(({ undoes }) => undoes))
    const caseStatus = events.filter((event) => /linked|split/.test(event.verdict) && !undone.has(event.id))
    if (caseStatus.length > 0) await register.refute(dice.of(caseStatus).id, by)
  }
  if (kind === 3) read(history)
}

const refusedOr = <Done>(doing: Promise<Done>): Promise<Done | null> =>
  doing.catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'CONFLICT') return null
    throw error
  })

/** Somebody reads one child from one agency: an entry of the access log. */
function read(history: History): AuditEntry {
  const { dice, log, now, round } = history
  const agency = agencyOf(dice.whole(0, 1))
  const answered = { state: 'ANSWERED', headline: [], content: [], redacted: [], withheld: [], digest: null } as const
  const entry: AuditEntry = {
    version: 1,
    id: `entry-${round}-${log.length}`,
    at: new Date(now()).toISOString(),
    requestId: 'r',
    caller: {
      issuer: 'i',
      subject: 's',
      clientId: 'c',
      tokenId: 't',
      organisation: 'LA2-CSC',
      role: 'SOCIAL_WORKER',
      purpose: 'ASSESSMENT_S17',
    },
    pack: { id: 'p', hash: 'h' },
    operation: { name: null, hash: 'h' },
    outcome: dice.is(0.8) ? 'DISCLOSED' : 'REFUSED',
    code: null,
    children: [
      { id: childOf(history), asOf: '2026-11-20', facts: {}, agencies: { [agency]: { ...answered, records: 1 } } },
    ],
    actions: [],
  }
  log.push(entry)
  return entry
}

/**
 * One link more, readers in between, and its undoing: whether the list names those to whom it was disclosed, and nobody
 * else.
 */
async function linkedAndUndone(history: History): Promise<{ isRight: boolean }> {
  const { register, ids, dice } = history
  const at = dice.whole(0, records - 1)
  const child = childOf(history)
  const before = (await register.history(ids[at] ?? '')).map(({ id }) => id)
  const event = await refusedOr(register.confirm(ids[at] ?? '', child, by))
  if (event === null || before.includes(event)) return { isRight: true }
  const between = Array.from({ length: dice.whole(0, 12) }, () => read(history))
  const expected = between.filter(
    ({ outcome, children }) =>
      outcome === 'DISCLOSED' && children.some(({ id, agencies }) => id === child && agencies[agencyOf(at)]),
  )
  const disclosures = await register.refute(event, by)
  read(history)
  return { isRight: disclosures.map(({ leafId }) => leafId).join() === expected.map(({ id }) => id).join() }
}

/** What holds of a history's records: their children, and the gateway's own links. */
async function stateOf(database: Database, { register, ids, round }: History): Promise<string> {
  const links = [...(await register.links())].filter(([id]) => ids.includes(id)).sort()
  const gateway = await database
    .knex('gateway.link')
    .where('person_id', 'like', `${round}-%`)
    .orderBy(['person_id', 'child_id'])
    .select()
  const people = await database
    .knex('gateway.person_record')
    .whereIn('id', [...ids])
    .orderBy('id')
    .select()
  return JSON.stringify([links, gateway, people])
}
