import { scenarios } from '../../seeds/population/mistakes.ts'
import { chance } from '../../seeds/population/random.ts'
import type { LinkageModel } from '../../src/identity/linkageModel.ts'
import { learn } from './learnModel.ts'
import { askedAbout, type World } from './openWorld.ts'

/**
 * A model learnt from what agencies would hold: records with NHS numbers, half of them of children who moved. Labels
 * are not used.
 */
export function learnt({ all, index }: World, onFile: number, seed = 11): LinkageModel {
  const dice = chance(seed)
  const lessons = Math.min(120_000, all.length)
  const asked = Array.from({ length: lessons }, () => {
    const child = dice.of(all)
    const noise = dice.is(0.3) ? { ...scenarios.transfer, numbered: 1 } : { ...scenarios['with-nhs'], numbered: 1 }
    return askedAbout(child, noise, all, dice)
  })
  return learn({ index, asked, version: `synthetic-${index.length}`, onFile, random: dice.next }).model
}
