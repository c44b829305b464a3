import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { sampled } from '../support/sample.ts'
import { compareWorlds } from './support/nonInterference.ts'
import { oversightDoors } from './support/questionsOfEveryKind.ts'
import { hiddenChildren, principals, startTwins, type Twins } from './support/twins.ts'
import { worldsOf } from './support/worlds.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const supervising = new Set([
  ...['team-manager', 'reviewing-officer', 'mash-analyst', 'designated-nurse', 'school-dsl'],
  // From these every label is hidden that is hidden from all who do not work with the child.
  ...['quality-assurance', 'information-governance'],
])

describe('questions over many children', () => {
  let twins: Twins
  beforeAll(async () => {
    twins = await startTwins()
  })
  afterAll(() => twins?.close())

  const asked = {
    principals: [
      ...principals.filter(({ persona }) => supervising.has(persona.id)),
      ...principals
        .filter(({ persona }) => persona.id === 'team-manager')
        .slice(0, 1)
        .map((principal) => ({ ...principal, purpose: 'PRACTICE_REVIEW' as const })),
    ],
    children: hiddenChildren,
    about: () => hiddenChildren.slice(0, 1).map(({ id }) => id),
    doors: () => oversightDoors,
  }
  // Of a world that is hidden from none of them nothing could be compared.
  const worlds = worldsOf(demonstrationPack).filter(({ hiddenFrom }) =>
    asked.principals.some(({ persona }) => hiddenFrom(persona)),
  )
  test.each(
    sampled(
      worlds.map((world, seed) => ({ name: world.name, world, seed })),
      1,
    ),
  )('no list, order, count or cell moves with $name', async ({ world, seed }) => {
    const size = { operations: 0, selections: 0, doors: oversightDoors.length, seed, oneIn: 3 }
    const { responses, findings } = await compareWorlds(twins, [world], size, asked)
    expect(findings.slice(0, 3)).toEqual([])
    expect(responses).toBeGreaterThan(0)
  })
})
