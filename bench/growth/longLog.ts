import { randomUUID } from 'node:crypto'
import type { AuditEntry } from '../../src/audit/entry.ts'
import { openAuditLog } from '../../src/audit/log.ts'
import { verifyLog } from '../../src/audit/verifyLog.ts'
import { signingKey } from '../../src/auth/signingKeys.ts'
import { systemClock } from '../../src/foundation/clock.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Contestant } from '../contestants/contestant.ts'
import type { BenchDatabase } from '../database.ts'
import type { Goal } from '../goalTable.ts'
import { analyst, type Issuer } from '../issuer.ts'
import { cpuOfTree } from '../machine.ts'
import { ask } from '../measure.ts'
import { say } from '../progress.ts'
import { type Running, start } from '../runningContestant.ts'

/** What a log of many entries is measured with. */
export interface LongLog {
  readonly contestant: Contestant
  readonly environment: Readonly<Record<string, string>>
  readonly database: BenchDatabase
  readonly issuer: Issuer
  readonly children: readonly string[]
  readonly entries: number
}

/**
 * A start on a log as it is and on one of many more entries, the first proof after it, and how long the verification of
 * a further hundred thousand takes. The log grows by the log's own code, under the gateway's own key.
 */
export async function longLog(asked: LongLog): Promise<readonly Goal[]> {
  const short = await started(asked)
  const [half, whole] = [asked.entries >> 1, asked.entries]
  await append(asked, half)
  const [fewer] = await verified(asked)
  await append(asked, whole - half)
  const long = await started(asked)
  const [more, megabytes] = await verified(asked)
  const each = ((more - fewer) * 100_000) / (whole - half)
  const count = whole.toLocaleString('en')
  return [
    {
      ...{ name: `Start with ${count} more entries against before, CPU`, goal: '≤ 1.1×' },
      measured: `${(long.cpu / short.cpu).toFixed(2)}× (${long.cpu.toFixed(0)} and ${short.cpu.toFixed(0)} ms)`,
      isReached: long.cpu / short.cpu <= 1.1,
    },
    {
      ...{ name: 'First proof after that start', goal: '≤ 50 ms' },
      ...{ measured: `${long.proof.toFixed(1)} ms`, isReached: long.proof <= 50 },
    },
    {
      ...{ name: 'Verification of a further 100,000 entries', goal: '≤ 2.5 s' },
      ...{ measured: `${(each / 1000).toFixed(2)} s`, isReached: each / 1000 <= 2.5 },
    },
    {
      ...{ name: 'Memory that verification took besides', goal: 'no more for a longer log' },
      ...{ measured: `${megabytes.toFixed(0)} MB`, isReached: null },
    },
  ]
}

async function started({ contestant, environment, issuer, children }: LongLog) {
  // The first start of a process reads files that the second finds cached.
  await (await start(contestant, environment)).stop()
  const running = await start(contestant, environment)
  try {
    const cpu = cpuOfTree(running.pid)
    return { cpu, proof: await firstProof(running, issuer, children) }
  } finally {
    await running.stop()
  }
}

async function firstProof(running: Running, issuer: Issuer, [child = '']: readonly string[]): Promise<number> {
  const [token = ''] = await issuer.tokens(1, analyst)
  const seen = await ask(running, JSON.stringify({ query: `{ child(id: "${child}") { auditId } }` }), token)
  const id = /"auditId":"([^"]+)"/.exec(JSON.stringify(seen))?.[1] ?? ''
  const body = JSON.stringify({ query: `{ auditProof(auditId: "${id}") { __typename } }` })
  const began = performance.now()
  const proof = await ask(running, body, token)
  const milliseconds = performance.now() - began
  if (!JSON.stringify(proof).includes('AuditProof')) throw new Error('There is no proof of an entry just written.')
  return milliseconds
}

async function append({ database, environment, children }: LongLog, count: number): Promise<void> {
  const gateway = openPostgres(database.url, { applicationName: 'bench', poolSize: 2 })
  try {
    const log = await openAuditLog({
      ...{ database: gateway, origin: await originOf(database), clock: systemClock() },
      key: await signingKey(environment['KEYS_DIR'] ?? '', 'audit', { mayCreate: false }),
    })
    const together = 5000
    for (let done = 0; done < count; done += together) {
      const some = Math.min(together, count - done)
      await Promise.all(
        Array.from({ length: some }, (_, at) => log.append(entryAbout(children[at % children.length] ?? ''))),
      )
      if (done % 100_000 === 0) say(`${done} of ${count} entries.`)
    }
    await log.close()
    await database.client.query('vacuum analyze')
  } finally {
    await gateway.close()
  }
}

/** The first line of every checkpoint. */
async function originOf({ client }: BenchDatabase): Promise<string> {
  const { rows } = await client.query<{ note: string }>(
    'select note from gateway.audit_checkpoint order by size limit 1',
  )
  return rows[0]?.note.split('\n')[0] ?? ''
}

async function verified({
  database,
  environment,
}: LongLog): Promise<readonly [milliseconds: number, megabytes: number]> {
  const gateway = openPostgres(database.url, { applicationName: 'bench', poolSize: 2 })
  try {
    const { publicJwk } = await signingKey(environment['KEYS_DIR'] ?? '', 'audit', { mayCreate: false })
    const before = process.memoryUsage.rss()
    let most = before
    const began = performance.now()
    const { problems, size } = await verifyLog(gateway, publicJwk, {
      onProgress: () => {
        most = Math.max(most, process.memoryUsage.rss())
      },
    })
    if (problems.length > 0) throw new Error(`The log does not verify: ${problems[0]}`)
    const milliseconds = performance.now() - began
    say(`${size} entries verified in ${(milliseconds / 1000).toFixed(1)} s.`)
    return [milliseconds, (most - before) / 1024 ** 2]
  } finally {
    await gateway.close()
  }
}

/** A small one, as a question about one child leaves it. */
const entryAbout = (child: string): AuditEntry => ({
  ...{ version: 1, id: randomUUID(), at: new Date().toISOString(), requestId: randomUUID() },
  caller: {
    ...{ issuer: 'https://issuer.example.invalid', subject: 'practitioner', clientId: 'bench', tokenId: 'x' },
    ...{ organisation: 'LA2-MASH', role: 'MASH_ANALYST', purpose: 'MASH_ENQUIRY' },
  },
  pack: { id: 'bench', hash: '00' },
  ...{ operation: { name: null, hash: '00' }, outcome: 'DISCLOSED', code: null, actions: [] },
  children: [{ id: child, asOf: new Date().toISOString(), facts: {}, agencies: {} }],
})
