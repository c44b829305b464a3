import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../support/postgres-server.ts'
import { type Faulted, fillDisk, loseDatabase, mayMount, tearBatches } from './support/faults.ts'
import { type Killed, killEmbedded, killSeveral } from './support/killing.ts'
import { tamper } from './support/tampering.ts'

/**
 * The full-size proofs of the audit log, one line each: real gateways over HTTP, killed and starved. Ends with 1 when any of them fails.
 * `node --import tsx test/audit/run.ts 20` kills a tenth as often.
 */
const kills = Number(process.argv[2]) || 200
let failed = false

async function prove(name: string, proof: () => Promise<{ ok: boolean; said: string }>): Promise<void> {
  const began = performance.now()
  const { ok, said } = await proof().catch((error: unknown) => ({ ok: false, said: String(error) }))
  if (!ok) failed = true
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${ok ? 'proved' : 'FAILED'}  ${name}: ${said} (${seconds} s)\n`)
}

const number = (value: number): string => value.toLocaleString('en-GB')

const killed = ({ answers, kills: count, leaves, problems, unrecorded }: Killed) => ({
  ok: problems.length === 0 && unrecorded.length === 0 && answers > 0,
  said: `${number(count)} kills, ${number(answers)} answers received, ${unrecorded.length} without a leaf, ${number(leaves)} leaves, ${problems.length} faults in the log`,
})

const faulted = ({ after, before, during, faults, leaves, problems, unrecorded }: Faulted) => ({
  ok: problems.length === 0 && unrecorded.length === 0 && before.named.length > 0 && after.named.length > 0,
  said: `${number(faults)} times, ${number(before.named.length + during.named.length + after.named.length)} answers received, ${unrecorded.length} without a leaf, refused meanwhile with ${[...during.codes].join(' ') || 'nothing'}, ${number(leaves)} leaves, ${problems.length} faults in the log`,
})

const scratch = mkdtempSync(join(tmpdir(), 'wholeview-prove-'))
chmodSync(scratch, 0o711)
const server = await startPostgres(scratch)
const fresh = async <Result>(work: (url: string) => Promise<Result>): Promise<Result> => {
  const name = `prove_${Math.random().toString(36).slice(2)}`
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const address = new URL(server.url)
  address.pathname = `/${name}`
  return work(address.href)
}

try {
  await prove('tampering', async () => {
    const { changes, proofs, unseen } = await fresh((url) => tamper(url, kills))
    return { ok: unseen.length === 0 && proofs === 30, said: `${number(changes)} changes, ${unseen.length} not found` }
  })
  const embedded = Math.max(1, Math.round(kills / 4))
  await prove('kill -9, embedded', async () => killed(await killEmbedded(embedded)))
  await prove('kill -9, three gateways on one PostgreSQL', async () =>
    killed(await fresh((url) => killSeveral(url, kills - embedded, 3))),
  )
  await prove('database gone', async () => faulted(await fresh((url) => loseDatabase(url, Math.ceil(kills / 10)))))
  await prove('torn batches', async () => faulted(await fresh((url) => tearBatches(url, kills))))
  if (mayMount()) await prove('full disk', async () => faulted(await fillDisk()))
  else process.stdout.write('left out  full disk: this user may not mount a file system to fill\n')
} finally {
  await server.stop()
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0
