import { type FormField, fieldsOf } from '../../forms/fields.ts'
import { operations } from '../../operations.ts'
import type { Visit } from '../../pageVisit.ts'
import { actTitle } from '../../words/actTitles.ts'
import { draftFor } from '../formDraft.ts'

const given: ReadonlySet<string> = new Set(['id'])

/** Questions of an act of governance, in the words of the schema; the entry it is about is in the address. */
export const actFields = ({ parts }: Pick<Visit, 'parts'>, act: string): readonly FormField[] =>
  fieldsOf(parts.schema, operations.get(act) ?? '', given)

export const actDraft = (act: string, id: string | null): string => `${act} ${id ?? 'of nobody'}`

/** The form of an act, about an entry or none, with what was begun in it. */
export const actForm = async (visit: Visit, act: string, id: string | null) => {
  const draft = await draftFor(visit, actDraft(act, id))
  const isBegun = Object.keys(draft.values).length > 0
  return { act, draft, isBegun, title: actTitle(act), fields: actFields(visit, act) }
}
