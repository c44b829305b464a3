import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { casesOf, startTapped, type Tapped } from './support/fetchProof.ts'
import { joinedShapes } from './support/joinedShapes.ts'
import { randomFrom } from './support/random.ts'
import { shapes } from './support/shapes.ts'

// Hundreds of whole requests, one after another: a machine under load takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let tapped: Tapped
beforeAll(async () => {
  tapped = await startTapped()
})
afterAll(() => tapped?.close())

describe('what is sent to an agency', () => {
  test('selects a column exactly when its field is asked and permitted, and rows no wider than the grant', async () => {
    const faults: unknown[] = []
    let cases = 0
    for (const [target, persona, shape] of casesOf(tapped.targets, personas, 1, 13)) {
      cases += 1
      const found = await tapped.check(target, persona, shape)
      if (found.faults.length > 0)
        faults.push([`${target.list.type.name}.${target.column.field}`, persona.id, shape.name, ...found.faults])
    }
    expect(faults.slice(0, 5)).toEqual([])
    expect(cases).toBeGreaterThan(500)
  })

  test('for a field that the gateway joins is nothing that the decision closes', async () => {
    const faults: unknown[] = []
    for (const [index, field] of tapped.joined.entries())
      for (const [at, persona] of personas.entries()) {
        if ((index + at) % 4 !== 0) continue
        const shape = joinedShapes[(index + at) % joinedShapes.length]
        if (shape) faults.push(...(await tapped.checkJoined(field, persona, shape)))
      }
    expect(faults.slice(0, 5)).toEqual([])
    expect(tapped.joined.length).toBeGreaterThan(15)
  })

  test('does not depend on how the question is written, and neither does the answer', async () => {
    const random = randomFrom(3)
    const asking = shapes.filter(({ asks }) => asks)
    for (let turn = 0; turn < 12; turn += 1) {
      const target = random.pick(tapped.targets)
      const persona = random.pick(personas)
      const answers = new Set<string>()
      for (const shape of asking) answers.add(JSON.stringify((await tapped.check(target, persona, shape)).values))
      expect([`${target.list.type.name}.${target.column.field}`, persona.id, ...answers]).toHaveLength(3)
    }
  })
})
