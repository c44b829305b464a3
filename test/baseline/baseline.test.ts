import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import './day.ts'
import { askers, type Demonstration, type Point, startDemonstration } from './answers.ts'
import { hashOf, keyOf, readHashes } from './hashes.ts'
import { duties } from './questions.ts'

const hashes = readHashes()
const folder = mkdtempSync(join(tmpdir(), 'wholeview-baseline-'))
let demonstration: Demonstration
let points: readonly Point[]

/** Every persona three times and every case at least once; all of them are `npm run prove -- baseline`. */
const sampleOf = (cases: readonly string[]): readonly Point[] =>
  personas.flatMap(({ id, purposes }, index) =>
    [0, 1, 2]
      .map((time) => index + time * personas.length)
      .flatMap((turn) => {
        const [purpose, name] = [purposes[turn % purposes.length], cases[turn % cases.length]]
        return purpose && name ? [{ persona: id, purpose, case: name }] : []
      }),
  )

beforeAll(async () => {
  demonstration = await startDemonstration(folder)
  points = sampleOf(demonstration.cases.filter((known) => known !== duties).map(({ name }) => name))
}, 300_000)
afterAll(async () => {
  await demonstration?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the file has a line for every persona, purpose and case, and no other', () => {
  const wanted = askers.flatMap((asker) => demonstration.cases.map(({ name }) => keyOf({ ...asker, case: name })))
  expect([...hashes.keys()].sort()).toEqual(wanted.sort())
})

test('answers are those on file: see them by `npm run prove -- baseline --show <persona> <purpose> <case>`', async () => {
  const different: string[] = []
  for (const point of points)
    if (hashes.get(keyOf(point)) !== hashOf(await demonstration.answers(point))) different.push(keyOf(point))
  expect(different, 'persona, purpose and case of each answer that is another than on file').toEqual([])
}, 300_000)

test('the sample leaves out no persona and no case', () => {
  expect(new Set(points.map(({ persona }) => persona))).toEqual(new Set(askers.map(({ persona }) => persona)))
  expect(new Set(points.map((point) => point.case))).toEqual(
    new Set(demonstration.cases.filter((known) => known !== duties).map(({ name }) => name)),
  )
})
