import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { sampled } from '../support/sample.ts'
import { compareWorlds } from './support/nonInterference.ts'
import { hiddenChildren, principals, startTwins, type Twins } from './support/twins.ts'
import { worldsOf } from './support/worlds.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let twins: Twins
beforeAll(async () => {
  twins = await startTwins()
})
afterAll(() => twins?.close())

const whole = (child: string): readonly string[] => [
  `{ child(id: "${child}") { alerts(open: false) { id code since explanation count details { name value }
      evidence { recordId agency eventAt recordedAt } cleared }
    alertsNotJudged { code without { agency holder state label reason contact } }
    gaps { kind area expectedFrom state ask contact organisation }
    gapsNotJudged { area without { agency holder state label reason contact } } } }`,
]

const asked = { principals, children: hiddenChildren, about: () => hiddenChildren.map(({ id }) => id), doors: whole }

const worlds = sampled(
  worldsOf(demonstrationPack)
    .map((world, seed) => ({ name: world.name, world, seed }))
    // Some are hidden from nobody who may ask at all.
    .filter(({ world }) => principals.some(({ persona }) => world.hiddenFrom(persona))),
  10,
)

test.each(worlds)('no alert, no time, no order and no gap moves with $name', async ({ world, seed }) => {
  const size = { operations: 0, selections: 0, doors: 1, seed, oneIn: 3 }
  const { responses, findings } = await compareWorlds(twins, [world], size, asked)
  expect(findings.slice(0, 3)).toEqual([])
  expect(responses).toBeGreaterThan(0)
})
