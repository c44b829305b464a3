import { Refusal } from '../../src/foundation/errors.ts'
import type { RegisterPage } from '../../src/registers/page.ts'
import { mostListed, upTo } from './entitled.ts'

/** Arguments of a list of a register. */
export interface Paging {
  readonly childId: string
  readonly first?: number
  readonly after?: string | null
}

/** @throws Refusal where more is asked for than is given at once. */
export const pageIn = ({ after, first }: Omit<Paging, 'childId'>): RegisterPage => ({
  ...{ first: upTo(first ?? mostListed), after: after ?? null },
})

interface Entry {
  readonly id: string
  readonly childId: string
}

/** How one register is read for one caller. */
export interface ToldRegister<Stored extends Entry, Told> {
  readonly childId: string
  readonly read: (page: RegisterPage) => Promise<readonly Stored[]>
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
export async function toldPage<Stored extends Entry, Told>(
  { childId, read, byId, told }: ToldRegister<Stored, Told>,
  { first, after }: RegisterPage,
): Promise<readonly Told[]> {
  if (after !== null) {
    const entry = await byId(after)
    if (entry?.childId !== childId || (await told([entry])).length === 0)
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
