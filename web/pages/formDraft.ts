import type { Visit } from '../pageVisit.ts'

/** A form that keeps what is begun in it: its name as only this session reads it, and what was kept. */
export interface Draft {
  readonly ref: string
  readonly values: Readonly<Record<string, string>>
}

type Keeper = Pick<Visit, 'secrets' | 'parts' | 'session'>
type Sent = Pick<Visit, 'form' | 'parts' | 'session'>

/** @param name which form, and about what: text about one child never stands in another's form. */
export const draftFor = async ({ parts, secrets, session }: Keeper, name: string): Promise<Draft> => ({
  ref: secrets.seal('draft', name),
  values: (await parts.drafts.find(session.person, name)) ?? {},
})

/** Each row of a list with the draft of its own form. */
export const withDrafts = <Row extends object>(
  visit: Keeper,
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): Promise<readonly (Row & { readonly draft: Draft })[]> =>
  Promise.all(rows.map(async (row) => ({ ...row, draft: await draftFor(visit, nameOf(row)) })))

/** A form that was sent and could not be done stays begun: whoever typed it does not type it again. */
export const stayBegun = ({ form, parts, session }: Sent, name: string): Promise<void> =>
  parts.drafts.keep(session.person, name, typedIn(form))

/** What was done is no longer begun. */
export const noLongerBegun = ({ parts, session }: Sent, name: string): Promise<void> =>
  parts.drafts.drop(session.person, name)

/** What was typed, without what the form itself carries. */
export const typedIn = (form: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(form).filter(([name, value]) => !name.startsWith('_') && value.trim() !== ''))
