import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import './day.ts'
import { hashOf, keyOf, readHashes, writeHashes } from './hashes.ts'

const help = `The gateway's answers over the whole schema: every persona for each purpose of theirs, each about a quarter of the
story cases.

  baseline                                   all of them against baseline.csv
  baseline --write                           writes baseline.csv anew
  baseline --show <persona> <purpose> <case> the answers at one point, to be compared between two checkouts
`

const [first = '', ...rest] = process.argv.slice(2)
const { askers, pointsOf, startDemonstration } = await import('./answers.ts')
const folder = mkdtempSync(join(tmpdir(), 'wholeview-baseline-'))

async function show([persona, purpose, ...name]: readonly string[]): Promise<boolean> {
  const asker = askers.find((known) => known.persona === persona && known.purpose === purpose)
  const demonstration = await startDemonstration(folder)
  const found = demonstration.cases.some((known) => known.name === name.join(' '))
  if (asker && found)
    process.stdout.write(
      `${JSON.stringify(await demonstration.answers({ ...asker, case: name.join(' ') }), null, 2)}\n`,
    )
  else process.stderr.write('There is no such persona, purpose of theirs, or case.\n')
  await demonstration.close()
  return asker !== undefined && found
}

async function all(): Promise<ReadonlyMap<string, string>> {
  const demonstration = await startDemonstration(folder)
  const points = pointsOf(demonstration.cases.map(({ name }) => name))
  const hashes = new Map<string, string>()
  for (const point of points) {
    hashes.set(keyOf(point), hashOf(await demonstration.answers(point)))
    if (hashes.size % 100 === 0) process.stderr.write(`  ${hashes.size} of ${points.length}\n`)
  }
  await demonstration.close()
  return hashes
}

async function compare(): Promise<boolean> {
  const [before, now] = [readHashes(), await all()]
  const different = [...new Set([...before.keys(), ...now.keys()])].filter((key) => before.get(key) !== now.get(key))
  process.stdout.write(`answers: ${now.size} points compared with the baseline, ${different.length} differ\n`)
  for (const key of different) process.stdout.write(`  ${key}\n`)
  return different.length === 0
}

try {
  if (first === '--help') process.stdout.write(help)
  else if (first === '--write') writeHashes(await all())
  else process.exitCode = (first === '--show' ? await show(rest) : await compare()) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
