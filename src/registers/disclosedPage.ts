import { Refusal } from '../foundation/errors.ts'
import type { RegisterPage } from './registerPage.ts'

/** How one list is read for one caller. */
export interface ToldList<Stored extends { readonly id: string }, Told> {
  readonly read: (page: RegisterPage) => Promise<readonly Stored[]>
  /** The entry of the list with this id; null where it has none. */
  readonly byId: (id: string) => Promise<Stored | null>
  /** What the caller is told of these entries. */
  readonly told: (entries: readonly Stored[]) => Promise<readonly Told[]> | readonly Told[]
}

/**
 * A page as its caller reads it: full, whatever is left out between its entries, since a shorter one would tell that
 * something is.
 *
 * @throws Refusal BAD_INPUT for an entry to go on after that there is not, or that the caller is not told: alike.
 */
export async function toldPage<Stored extends { readonly id: string }, Told>(
  { read, byId, told }: ToldList<Stored, Told>,
  { first, after }: RegisterPage,
): Promise<readonly Told[]> {
  if (after !== null) {
    const entry = await byId(after)
    if (entry === null || (await told([entry])).length === 0)
      throw new Refusal('BAD_INPUT', { message: 'The entry to go on after is not in this list.' })
  }
  const listed: Told[] = []
  for (let behind = after; ; ) {
    const entries = await read({ first, after: behind })
    listed.push(...(await told(entries)))
    const last = entries.at(-1)
    if (listed.length >= first || entries.length < first || !last) return listed.slice(0, first)
    behind = last.id
  }
}
