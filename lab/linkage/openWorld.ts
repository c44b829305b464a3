import { type Child, children } from '../../seeds/population/children.ts'
import { heldOf, type Noise, recordOf } from '../../seeds/population/mistakes.ts'
import { type Chance, chance } from '../../seeds/population/random.ts'
import { type Person, personOf } from '../../src/identity/person.ts'

/** An open world: children of whom a share is not on file. */
export interface World {
  readonly all: readonly Child[]
  /** Place in the index of each child, or -1 for one who is not on file. */
  readonly places: Int32Array
  readonly index: readonly Person[]
}

/** `size` children, a share of them on file, the same for the same seed. */
export const world = (size: number, onFile: number, seed = 20_261_120): World =>
  worldOf(children(size, seed), onFile, seed)

/** A world of these children. */
export function worldOf(all: readonly Child[], onFile: number, seed: number): World {
  const dice = chance(seed + 7)
  const places = new Int32Array(all.length).fill(-1)
  const index: Person[] = []
  for (const child of all) {
    if (!dice.is(onFile)) continue
    places[child.id] = index.length
    index.push(personOf(heldOf(child)))
  }
  return { all, places, index }
}

/** What is asked about a child, with mistakes. */
export const askedAbout = (child: Child, noise: Noise, all: readonly Child[], dice: Chance): Person =>
  personOf(
    recordOf(
      child,
      noise,
      () => {
        const elsewhere = dice.of(all)
        return { postcode: elsewhere.postcode, house: String(dice.whole(1, 140)) }
      },
      dice,
    ),
  )
