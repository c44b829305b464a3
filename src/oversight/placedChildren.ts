import type { DisclosureRequest } from '../disclosure/disclosureRequest.ts'
import type { AuthorisedChild } from '../disclosure/requestContext.ts'
import { Refusal } from '../foundation/errors.ts'
import type { ChildFacts } from '../policy/facts.ts'

/** Children that one answer gives; the next begin after the last of them. */
const mostPlaced = 200

export interface Placing {
  /** Ids of whoever may be among them, in order. */
  readonly candidates: AsyncIterable<readonly string[]>
  readonly evaluate: DisclosureRequest['evaluate']
  readonly isPlaced: (facts: ChildFacts) => boolean
  readonly open: (id: string) => Promise<AuthorisedChild | null>
}

/**
 * Children of whom it is so that they are placed, as far as this caller may know of them and of where they live.
 * Whoever may be among them is looked at, however many they are: a part must not stand for the whole. Those alone are
 * opened who are given.
 */
export async function placedChildren({ candidates, evaluate, isPlaced, open }: Placing): Promise<AuthorisedChild[]> {
  const placed: string[] = []
  for await (const page of candidates) {
    await evaluate(once(page), {}, ({ child }) => {
      if (isPlaced(child.facts) && mayTellArea(child)) placed.push(child.id)
    })
    if (placed.length >= mostPlaced) break
  }
  const children = await Promise.all(placed.sort().slice(0, mostPlaced).map(open))
  return children.filter((child) => child !== null)
}

/**
 * The id that a page goes on after. Children whose ids come after it are given whatever it is, so that what is no id at
 * all would be read as that there are no more: it is refused, and a child that the caller may not know of alike.
 */
export async function placedAfter(
  after: string | null | undefined,
  { readForNeeds }: Pick<DisclosureRequest, 'readForNeeds'>,
): Promise<string> {
  if (after === null || after === undefined) return ''
  if (await readForNeeds(after, {})) return after
  throw new Refusal('BAD_INPUT', { message: 'The child to go on after is none that you may know of.' })
}

async function* once(page: readonly string[]): AsyncIterable<readonly string[]> {
  yield page
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
const mayTellArea = ({ grants }: AuthorisedChild): boolean => grants.socialCare.places !== 'NONE'
