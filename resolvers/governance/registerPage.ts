import type { RegisterPage } from '../../src/registers/registerPage.ts'
import { mostListed, upTo } from './governanceAccess.ts'

/** Which part of a list is asked for. */
export interface Paging {
  readonly first?: number
  readonly after?: string | null
}

/** Arguments of a list about one child. */
export type ChildPaging = Paging & { readonly childId: string }

/** @throws Refusal where more is asked for than is given at once. */
export const pageIn = ({ after, first }: Paging): RegisterPage => ({
  ...{ first: upTo(first ?? mostListed), after: after ?? null },
})

/** Reads an entry by its id, if it is about this child. */
export const aboutChild =
  <Stored extends { readonly childId: string }>(childId: string, byId: (id: string) => Promise<Stored | null>) =>
  async (id: string): Promise<Stored | null> => {
    const entry = await byId(id)
    return entry?.childId === childId ? entry : null
  }
