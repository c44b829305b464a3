import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { personas } from '../../seeds/personas.ts'
import { readPack } from '../../src/policy/pack.ts'
import { startPostgres } from '../support/postgres-server.ts'
import { casesOf, startTapped } from './support/fetchProof.ts'
import { compareOverHttp, compareWorlds, type Outcome, type Size } from './support/nonInterference.ts'
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

const worlds = worldsOf(readPack())
const sized = (operations: number): Size => ({
  operations: Math.max(1, Math.round(operations * share)),
  selections: 10,
  seed: 2026,
})

async function proveTransfers(twins: Twins): Promise<Proof> {
  const recipient = personas.find(({ id }) => id === 'receiving-officer')
  if (!recipient) throw new Error('There is no receiving officer.')
  const faults: string[] = []
  let records = 0
  for (const child of ['C04', 'C01'])
    for (const world of worlds.filter(({ hiddenFrom }) => hiddenFrom(recipient))) {
      const difference = await transferDifference(twins, world, recipient, child)
      records += 1
      if (difference !== null) faults.push(`${world.name}, ${child}: ${difference}`)
    }
  return {
    line: `records that are sent: ${counted(records)} compared with their snapshots, ${counted(faults.length)} differ`,
    faults,
  }
}

async function proveFetched(databaseUrl: string): Promise<Proof> {
  const tapped = await startTapped({ DATABASE_URL: databaseUrl })
  const faults: string[] = []
  let cases = 0
  try {
    const shapesEach = Math.max(1, Math.round(5 * share))
    for (const [target, persona, shape] of casesOf(tapped.targets, personas, shapesEach, 2)) {
      cases += 1
      const found = await tapped.check(target, persona, shape)
      for (const fault of found.faults)
        faults.push(`${target.list.type.name}.${target.column.field} for ${persona.id}, ${shape.name}: ${fault}`)
    }
  } finally {
    await tapped.close()
  }
  return {
    line: `statements: ${counted(cases)} questions watched on their way to real PostgreSQL, ${counted(faults.length)} wrong`,
    faults,
  }
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
          told(outcomeLine('twin worlds on real PostgreSQL', await compareWorlds(twins, worlds, sized(6))))
          told(
            outcomeLine(
              'twin worlds over HTTP, headers too',
              await compareOverHttp(twins, worlds, { ...sized(1), oneIn: 3 }),
            ),
          )
          told(await proveTransfers(twins))
        })
        told(await proveFetched(watched))
      },
    )
    await withTwins([{}, {}], async (twins) =>
      told(
        outcomeLine(
          'twin worlds on the embedded store',
          await compareWorlds(twins, worlds, { ...sized(1), seed: 7, oneIn: 2 }),
        ),
      ),
    )
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
