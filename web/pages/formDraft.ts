import type { Visit } from '../pageVisit.ts'

/** A form that keeps what is begun in it: its name as only this session reads it, and what was kept. */
export interface Draft {
  readonly ref: string
  readonly values: Readonly<Record<string, string>>
}

type Keeper = Pick<Visit, 'secrets' | 'parts' | 'session'>

/** @param name which form, and about what: text about one child never stands in another's form. */
export const draftFor = async ({ parts, secrets, session }: Keeper, name: string): Promise<Draft> => ({
  ref: secrets.seal('draft', name),
  values: (await parts.drafts.find(session.person, name)) ?? {},
})

/** What was typed, without what the form itself carries. */
export const typedIn = (form: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(form).filter(([name, value]) => !name.startsWith('_') && value.trim() !== ''))
