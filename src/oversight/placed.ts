import type { AuthorisedChild } from '../disclosure/context.ts'
import type { ChildFacts } from '../policy/facts.ts'

/** Children that one answer gives; the next begin after the last of them. */
const mostPlaced = 200
/** Children whose facts are looked up together. */
const lookedUp = 200

export interface Placing {
  /** Ids of whoever may be among them, in order. */
  readonly candidates: AsyncIterable<readonly string[]>
  readonly factsOf: (id: string) => Promise<ChildFacts | null>
  readonly isPlaced: (facts: ChildFacts) => boolean
  readonly open: (id: string) => Promise<AuthorisedChild | null>
}

/**
 * Children of whom it is so that they are placed, as far as this caller may know of them and of where they live.
 * Whoever may be among them is looked at, however many they are: a part must not stand for the whole.
 */
export async function placedChildren({ candidates, factsOf, isPlaced, open }: Placing): Promise<AuthorisedChild[]> {
  const children: AuthorisedChild[] = []
  for await (const page of candidates)
    for (let from = 0; from < page.length; from += lookedUp) {
      const ids = page.slice(from, from + lookedUp)
      const facts = await Promise.all(ids.map(factsOf))
      const placed = ids.filter((_id, at) => {
        const found = facts[at]
        return found ? isPlaced(found) : false
      })
      for (let begun = 0; begun < placed.length && children.length < mostPlaced; ) {
        const taken = placed.slice(begun, begun + mostPlaced - children.length)
        begun += taken.length
        children.push(...(await Promise.all(taken.map(open))).filter(mayTellArea))
      }
      if (children.length >= mostPlaced) return children
    }
  return children
}

/** Placed by `la` in another authority's area: a family that moved there is not. */
export const isPlacedOut =
  (la: string) =>
  (facts: ChildFacts): boolean =>
    facts.isPlaced === true && facts.responsibleLa === la && facts.areaLa !== null && facts.areaLa !== la

/** Placed in the area of `la` by another authority, which stays responsible. */
export const isPlacedIn =
  (la: string) =>
  (facts: ChildFacts): boolean =>
    facts.isPlaced === true && facts.areaLa === la && facts.responsibleLa !== null && facts.responsibleLa !== la

/** Whether this caller may be disclosed in whose area the child lives. */
const mayTellArea = (child: AuthorisedChild | null): child is AuthorisedChild =>
  child !== null && child.grants.socialCare.places !== 'NONE'
