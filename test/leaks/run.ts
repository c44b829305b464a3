import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { personas } from '../../seeds/personas.ts'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { startPostgres } from '../support/postgresServer.ts'
import { withGlassBroken, worldsBehindGlass } from './support/brokenGlass.ts'
import { casesOf, startTapped } from './support/fetchProof.ts'
import { heldWorlds } from './support/heldWorlds.ts'
import { joinedShapes } from './support/joinedShapes.ts'
import { compareOverHttp, compareWorlds, type Outcome, type Size } from './support/nonInterference.ts'
import { compareSteps } from './support/steps.ts'
import { transferDifference } from './support/transferTwins.ts'
import { startTwins, type Twins } from './support/twins.ts'
import { worldsOf } from './support/worlds.ts'

/** How far a full run goes; 1 is the size of the reference, less is for a look. */
const share = Number(process.env['LEAKS_SHARE'] ?? 1)

interface Proof {
  readonly line: string
  readonly faults: readonly string[]
}

const counted = (count: number): string => count.toLocaleString('en-GB')

const outcomeLine = (name: string, { comparisons, responses, findings }: Outcome): Proof => ({
  line: `${name}: ${counted(comparisons)} answers in ${counted(responses)} responses compared byte for byte, ${counted(findings.length)} differ`,
  faults: findings.map(
    ({ world, asking, query, difference }) => `${world}, ${asking}: ${difference}\n  ${query.slice(0, 300)}`,
  ),
})

const worlds = worldsOf(demonstrationPack)
const sized = (operations: number): Size => ({
  operations: Math.max(1, Math.round(operations * share)),
  selections: 10,
  seed: 2026,
})

/**
 * Says on standard error how far a proof is, every few seconds: a proof takes minutes, and silence looks like a fault.
 */
function progressOf(name: string): (done: number, of: number) => void {
  const began = Date.now()
  let last = began
  return (done, of) => {
    const now = Date.now()
    if (now - last < everyMs) return
    last = now
    process.stderr.write(`  ${name}: ${counted(done)} of ${counted(of)} after ${Math.round((now - began) / 1000)} s\n`)
  }
}

const everyMs = 8000

async function proveTransfers(twins: Twins): Promise<Proof> {
  const recipient = personas.find(({ id }) => id === 'receiving-officer')
  if (!recipient) throw new Error('There is no receiving officer.')
  const cases = ['C04', 'C01'].flatMap((child) =>
    worlds.filter(({ hiddenFrom }) => hiddenFrom(recipient)).map((world) => ({ child, world })),
  )
  const progress = progressOf('records that are sent')
  const faults: string[] = []
  for (const [done, { child, world }] of cases.entries()) {
    const difference = await transferDifference(twins, world, recipient, child)
    if (difference !== null) faults.push(`${world.name}, ${child}: ${difference}`)
    progress(done + 1, cases.length)
  }
  return {
    line: `records that are sent: ${counted(cases.length)} compared with their snapshots, ${counted(faults.length)} differ`,
    faults,
  }
}

async function proveFetched(databaseUrl: string): Promise<Proof> {
  const tapped = await startTapped({ DATABASE_URL: databaseUrl })
  const faults: string[] = []
  const shapesEach = Math.max(1, Math.round(5 * share))
  const cases = [...casesOf(tapped.targets, personas, shapesEach, 2)]
  const joined = tapped.joined.flatMap((field) =>
    personas.flatMap((persona) =>
      joinedShapes.filter((_, index) => share === 1 || index % 4 === 0).map((shape) => ({ field, persona, shape })),
    ),
  )
  const of = cases.length + joined.length
  const progress = progressOf('statements')
  try {
    for (const [done, [target, persona, shape]] of cases.entries()) {
      const found = await tapped.check(target, persona, shape)
      for (const fault of found.faults)
        faults.push(`${target.list.type.name}.${target.column.field} for ${persona.id}, ${shape.name}: ${fault}`)
      progress(done + 1, of)
    }
    for (const [done, { field, persona, shape }] of joined.entries()) {
      for (const fault of await tapped.checkJoined(field, persona, shape))
        faults.push(`Child.${field.name} for ${persona.id}, ${shape.name}: ${fault}`)
      progress(cases.length + done + 1, of)
    }
  } finally {
    await tapped.close()
  }
  return {
    line: `statements: ${counted(of)} questions watched on their way to real PostgreSQL, ${counted(faults.length)} wrong`,
    faults,
  }
}

/**
 * The same worlds, and those that only a broken glass could open, for callers who broke the glass of children not
 * theirs.
 */
async function proveBrokenGlass(twins: Twins): Promise<Proof> {
  const size = { ...sized(2), doors: 4, oneIn: 2, onProgress: progressOf('twin worlds behind broken glass') }
  const outcome = await withGlassBroken(twins, (asked) =>
    compareWorlds(twins, worldsBehindGlass(demonstrationPack), size, asked),
  )
  return outcomeLine('twin worlds behind broken glass', outcome)
}

async function inDatabases<T>(
  serverUrl: string,
  names: readonly string[],
  use: (urls: readonly string[]) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  const urls = names.map((name) => {
    const address = new URL(serverUrl)
    address.pathname = `/${name}`
    return address.href
  })
  try {
    for (const name of names) await client.query(`create database ${name}`)
    return await use(urls)
  } finally {
    for (const name of names) await client.query(`drop database if exists ${name} with (force)`)
    await client.end()
  }
}

async function withTwins<T>(
  environments: readonly Readonly<Record<string, string>>[],
  use: (twins: Twins) => Promise<T>,
): Promise<T> {
  const twins = await startTwins(environments)
  try {
    return await use(twins)
  } finally {
    await twins.close()
  }
}

/** Every proof in turn; each line is told as soon as it is known. @returns whether all of them held. */
export async function proveLeaks(tell: (line: string) => void): Promise<boolean> {
  let held = true
  const told = ({ line, faults }: Proof): void => {
    tell(line)
    for (const fault of faults.slice(0, 5)) tell(`  ${fault}`)
    held &&= faults.length === 0
  }
  const scratch = mkdtempSync(join(tmpdir(), 'wholeview-leaks-'))
  chmodSync(scratch, 0o711)
  const server = await startPostgres(scratch)
  try {
    await inDatabases(
      server.url,
      ['leaks_plain', 'leaks_other', 'leaks_watched'],
      async ([plain = '', other = '', watched = '']) => {
        await withTwins([{ DATABASE_URL: plain }, { DATABASE_URL: other }], async (twins) => {
          const steps = await compareSteps(twins, worlds, progressOf('registers and the log'))
          told(outcomeLine('registers and the log, step by step', steps))
          const name = 'twin worlds on real PostgreSQL'
          const size = { ...sized(3), doors: 8, onProgress: progressOf(name) }
          told(outcomeLine(name, await compareWorlds(twins, worlds, size)))
          const held = 'what is held back, in twin worlds'
          const few = { ...sized(2), doors: 6, onProgress: progressOf(held) }
          told(outcomeLine(held, await compareWorlds(twins, heldWorlds, few)))
          told(await proveBrokenGlass(twins))
          const http = 'twin worlds over HTTP, headers too'
          const some = { ...sized(1), oneIn: 3, onProgress: progressOf(http) }
          told(outcomeLine(http, await compareOverHttp(twins, worlds, some)))
          told(await proveTransfers(twins))
        })
        told(await proveFetched(watched))
      },
    )
    await withTwins([{}, {}], async (twins) => {
      const name = 'twin worlds on the embedded store'
      const size = { ...sized(1), seed: 7, oneIn: 4, onProgress: progressOf(name) }
      told(outcomeLine(name, await compareWorlds(twins, worlds, size)))
    })
  } finally {
    await server.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
  return held
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const held = await proveLeaks((line) => process.stdout.write(`${line}\n`))
  process.exitCode = held ? 0 : 1
}
