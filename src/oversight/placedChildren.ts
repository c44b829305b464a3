import { keeperOf, type ToldAuthorities, toldAuthorities } from '../childView/authoritiesAsDisclosed.ts'
import { readableCaseStatus, readableCaseStatusNeeds } from '../childView/readableCaseStatus.ts'
import type { DisclosureRequest } from '../disclosure/disclosureRequest.ts'
import type { AuthorisedChild } from '../disclosure/requestContext.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { Contracts } from '../records/agencyAnswers.ts'

/** Children that one answer gives; the next begin after the last of them. */
const mostPlaced = 200

export interface Placing {
  /** Ids of whoever may be among them, in order. */
  readonly candidates: AsyncIterable<readonly string[]>
  readonly evaluate: DisclosureRequest['evaluate']
  readonly caller: Pick<Caller, 'la' | 'organisation'>
  readonly contracts: Contracts
  readonly registry: Registry
  readonly isPlaced: (told: ToldAuthorities) => boolean
  readonly open: (id: string) => Promise<AuthorisedChild | null>
}

/**
 * Children of whom this caller is told, by the view of each, that a placement is open and which authorities it
 * concerns. What the gateway itself knows decides nothing here: to be on such a list, or missing from it, would tell
 * where a child is who the view says may not be told. Whoever may be among them is looked at, however many they are: a
 * part must not stand for the whole. Those alone are opened who are given.
 */
export async function placedChildren(placing: Placing): Promise<AuthorisedChild[]> {
  const { candidates, evaluate, caller, contracts, registry, isPlaced, open } = placing
  const placed: string[] = []
  for await (const page of candidates) {
    await evaluate(once(page), readableCaseStatusNeeds, ({ child, answers }) => {
      const caseStatus = readableCaseStatus(answers, child.asOf)
      const ground = { grants: child.grants, contracts, answers }
      const told = toldAuthorities(caseStatus, ground, keeperOf(child.facts, caller, registry, true))
      if (caseStatus.isPlaced && isPlaced(told)) placed.push(child.id)
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
  ({ responsibleLa, areaLa }: ToldAuthorities): boolean =>
    responsibleLa === la && areaLa !== null && areaLa !== la

/** Placed in the area of `la` by another authority, which stays responsible. */
export const isPlacedIn =
  (la: string) =>
  ({ responsibleLa, areaLa }: ToldAuthorities): boolean =>
    areaLa === la && responsibleLa !== null && responsibleLa !== la
