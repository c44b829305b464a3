import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { bytesReader } from '../../src/bytes/bytesReader.ts'
import { plainReader } from '../../src/sources/bindings/sql/plainReader.ts'
import { compareWorlds } from '../leaks/support/nonInterference.ts'
import { hiddenChildren, startTwins } from '../leaks/support/twins.ts'
import { worldsOf } from '../leaks/support/worlds.ts'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { isWhole, sampled, sized } from '../support/sample.ts'
import { type BothWays, startBothWays } from './support/bothWays.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

describe('records that are held plainly give the same bytes', () => {
  let both: BothWays
  beforeAll(async () => {
    both = await startBothWays()
  })
  afterAll(() => both.close())

  const some = personas.filter(({ id }) =>
    (isWhole ? ['social-worker', 'mash-analyst', 'gp'] : ['mash-analyst']).includes(id),
  )

  test.each(some)('to $id', async (persona) => {
    const differing: string[] = []
    for (const { id } of sampled(hiddenChildren, 3))
      for (const query of both.operations(id, 2, Number(id.slice(1)))) {
        const found = await both.difference(persona, query)
        if (found !== null) differing.push(`${query.slice(0, 200)}: ${found}`)
      }
    expect(differing).toEqual([])
  })
})

test('a world that is hidden from the caller is answered alike, plainly held here and as bytes there', async () => {
  const twins = await startTwins([{}, {}], [plainReader, bytesReader])
  try {
    const worlds = worldsOf(demonstrationPack).filter((_, nth) => nth % sized(36, 12) === 2)
    const { comparisons, findings } = await compareWorlds(twins, worlds, {
      operations: 1,
      selections: 6,
      seed: 11,
      oneIn: sized(12, 6),
    })
    expect(findings.slice(0, 3)).toEqual([])
    expect(comparisons).toBeGreaterThan(0)
  } finally {
    await twins.close()
  }
})
