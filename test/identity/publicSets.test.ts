import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../lab/linkage/evaluate.ts'
import { isWhole } from '../support/sample.ts'

const folder = fileURLToPath(new URL('../../../shared/data/linkage/', import.meta.url))
const arePresent = existsSync(folder)

const measured = (file: string, truth: string, ignore: readonly string[] = []) =>
  evaluate(
    [{ name: file, bytes: readFileSync(folder + file) }],
    { truth, ignore },
    { progress: () => undefined, milliseconds: () => 0 },
  )

describe.skipIf(!arePresent)('public sets, present beside the checkout', () => {
  it('links febrl 1 without its id number at F1 of .998 and better, none falsely by itself', () => {
    const { pairs, clustered, automatic } = measured('febrl/dataset1.csv', 'rec_id', ['soc_sec_id'])
    expect(pairs.f1).toBeGreaterThanOrEqual(0.998)
    expect(clustered.f1).toBeGreaterThanOrEqual(0.998)
    expect(automatic.false).toBe(0)
  })

  it.skipIf(!isWhole)('links febrl 2 without its id number at F1 of .998 and better, none falsely by itself', () => {
    const { pairs, clustered, automatic } = measured('febrl/dataset2.csv', 'rec_id', ['soc_sec_id'])
    expect(pairs.f1).toBeGreaterThanOrEqual(0.998)
    expect(clustered.f1).toBeGreaterThanOrEqual(0.998)
    expect(automatic.false).toBe(0)
  })

  it.skipIf(!isWhole)('links fake_1000, grouped, at F1 of .97 and better, none falsely by itself', () => {
    const { clustered, automatic } = measured('splink/fake_1000.csv', 'cluster')
    expect(clustered.f1).toBeGreaterThanOrEqual(0.97)
    expect(automatic.false).toBe(0)
  })
})
