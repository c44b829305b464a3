import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import './day.ts'
import { askers, type Demonstration, type Point, pointsOf, startDemonstration } from './answers.ts'
import { hashOf, keyOf, readHashes } from './hashes.ts'
import { duties } from './questions.ts'

const hashes = readHashes()
const folder = mkdtempSync(join(tmpdir(), 'wholeview-baseline-'))
let demonstration: Demonstration
let points: readonly Point[]

/** Every persona once, and every case at least once; all of them are `npm run prove -- baseline`. */
const sampleOf = (cases: readonly string[]): readonly Point[] => {
  const all = pointsOf(cases)
  return personas.flatMap(({ id }, nth) => {
    const own = all.filter(({ persona }) => persona === id)
    const wanted = cases[nth % cases.length]
    return own.find((point) => point.case === wanted) ?? own[nth % own.length] ?? []
  })
}

beforeAll(async () => {
  demonstration = await startDemonstration(folder)
  points = sampleOf(demonstration.cases.filter((known) => known !== duties).map(({ name }) => name))
}, 300_000)
afterAll(async () => {
  await demonstration?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the file has a line for every point, and no other', () => {
  const wanted = pointsOf(demonstration.cases.map(({ name }) => name)).map(keyOf)
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
