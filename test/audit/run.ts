import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../support/postgresServer.ts'
import { type Faulted, fillDisk, loseDatabase, mayMount, tearBatches } from './support/faults.ts'
import { type Killed, killEmbedded, killSeveral } from './support/killing.ts'
import type { ProofOfLog } from './support/proofOfLog.ts'
import { rotateKeys } from './support/rotating.ts'
import { tamper } from './support/tampering.ts'
import { setClockBack } from './support/unsteady.ts'

const help = `The full-size proofs of the audit log, one line each: real gateways over HTTP, killed and starved.

  node --import ./src/cli/typescript.mjs test/audit/run.ts [kills]

kills   how many gateways are killed altogether, 200 when left out; a fourth of them on the embedded store.
Progress goes to standard error. Ends with 1 when anything is not proved.
`

/** Folders beside each other, so that a second processor has something to do. */
const embeddedLanes = 2

const words = process.argv.slice(2)
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(help)
  process.exit(0)
}
const kills = Number(words[0] ?? 200)
if (!Number.isInteger(kills) || kills < 8) {
  process.stderr.write(`Not a number of kills, of which there must be eight at least: ${words[0]}\n\n${help}`)
  process.exit(2)
}

type Said = { readonly ok: boolean; readonly said: string }
let failed = false

async function prove(name: string, proof: () => Promise<Said>): Promise<void> {
  const began = performance.now()
  process.stderr.write(`        ${name} …\n`)
  const { ok, said } = await proof().catch((error: unknown): Said => ({ ok: false, said: String(error) }))
  if (!ok) failed = true
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${ok ? 'proved' : 'FAILED'}  ${name}: ${said} (${seconds} s)\n`)
}

/** A line every tenth kill. */
const counting = (total: number): (() => void) => {
  let done = 0
  return () => {
    done += 1
    if (done % 10 === 0) process.stderr.write(`        ${done} of ${total} killed\n`)
  }
}

const number = (value: number): string => value.toLocaleString('en-GB')

const whole = ({ problems, unrecorded }: ProofOfLog): boolean => {
  for (const problem of [...problems, ...unrecorded].slice(0, 5)) process.stderr.write(`        ${problem}\n`)
  return problems.length === 0 && unrecorded.length === 0
}

const covered = ({ leaves, problems, proved, unrecorded }: ProofOfLog): string =>
  `${number(proved)} proved by their leaf and its place in the tree, ${unrecorded.length} not; ${number(leaves)} leaves, ${problems.length} faults in the log`

const killed = (result: Killed): Said => ({
  ok: whole(result) && result.answers > 0,
  said: `${number(result.kills)} kills${result.together > 0 ? `, ${result.together} times both at one instant` : ''}; ${number(result.cutOff)} requests cut off, ${number(result.answers)} answers received, ${covered(result)}`,
})

const faulted = (result: Faulted): Said => {
  const { after, before, during, faults } = result
  const disclosed = [before, after].every(({ answers }) => answers.some((answer) => answer.disclosed))
  return {
    ok: whole(result) && disclosed && !during.codes.has('UNAUTHENTICATED'),
    said: `${number(faults)} times; ${number(before.answers.length + during.answers.length + after.answers.length)} answers received, ${covered(result)}; refused meanwhile with ${[...during.codes].sort().join(' ') || 'nothing'}`,
  }
}

/** Several logs, told as one. */
const together = (parts: readonly Killed[]): Killed => {
  const sum = (of: (part: Killed) => number) => parts.reduce((total, part) => total + of(part), 0)
  return {
    kills: sum((part) => part.kills),
    together: 0,
    answers: sum((part) => part.answers),
    cutOff: sum((part) => part.cutOff),
    leaves: sum((part) => part.leaves),
    proved: sum((part) => part.proved),
    problems: parts.flatMap((part) => part.problems),
    unrecorded: parts.flatMap((part) => part.unrecorded),
  }
}

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
  const embedded = Math.round(kills / 4)
  await prove('two gateways killed at random, one PostgreSQL', async () =>
    killed(await fresh((url) => killSeveral(url, kills - embedded, counting(kills - embedded)))),
  )
  await prove('one gateway killed at random, embedded store', async () => {
    const count = counting(embedded)
    const share = (lane: number) => Math.floor((embedded + lane) / embeddedLanes)
    const lanes = Array.from({ length: embeddedLanes }, (_, lane) => killEmbedded(share(lane), count, kills + lane))
    return killed(together(await Promise.all(lanes)))
  })
  await prove('database gone', async () => faulted(await fresh((url) => loseDatabase(url, Math.ceil(kills / 10)))))
  await prove('torn batches', async () => faulted(await fresh((url) => tearBatches(url, kills))))
  await prove('clock moved back', async () => {
    const result = await fresh((url) => setClockBack(url, kills * 50))
    return {
      ok: whole(result) && result.backwards > 0,
      said: `${number(result.backwards)} leaves dated before the one they follow; ${number(result.answers)} answers received, ${covered(result)}`,
    }
  })
  await prove('key rotation', async () => {
    const result = await fresh((url) => rotateKeys(url, Math.ceil(kills / 40)))
    return {
      ok: whole(result) && result.forged === 0 && result.answers > 0,
      said: `${number(result.rotations)} rotations, ${result.forged} later checkpoints of retired keys believed; ${number(result.answers)} answers received, ${covered(result)}`,
    }
  })
  if (mayMount()) await prove('full disk', async () => faulted(await fillDisk()))
  else process.stdout.write('left out  full disk: this user may not mount a file system to fill\n')
} finally {
  await server.stop()
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0
