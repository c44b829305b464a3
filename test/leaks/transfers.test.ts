import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { readPack } from '../../src/policy/pack.ts'
import { transferDifference } from './support/transferTwins.ts'
import { startTwins, type Twins } from './support/twins.ts'
import { worldsOf } from './support/worlds.ts'

const recipient = personas.find(({ id }) => id === 'receiving-officer')
let twins: Twins
beforeAll(async () => {
  twins = await startTwins()
})
afterAll(() => twins?.close())

describe('a record that is sent is the same, whatever is hidden from the authority that receives it', () => {
  // Every world stands in the full run.
  const hidden = worldsOf(readPack())
    .filter(({ hiddenFrom }) => recipient && hiddenFrom(recipient))
    .filter((_, index) => index % 3 === 0)
  test.each(hidden.map((world) => ({ name: world.name, world })))('$name', async ({ world }) => {
    if (!recipient) throw new Error('There is no receiving officer.')
    expect(await transferDifference(twins, world, recipient)).toBeNull()
  })
})
