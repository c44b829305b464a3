import { z } from 'zod'
import type { Fields, StoredMessage } from '../message.ts'
import { objectsIn, text, textIn, textsIn, whoDid } from '../messageKind.ts'

/** What became of each concern: `ConcernDispositionInput` of `schema/exchange.graphql`. */
export const dispositions = z
  .array(
    z.strictObject({
      concern: z.string().regex(/^[A-Z0-9_]{1,60}$/),
      text,
      disposedBy: whoDid,
      disposedOn: z.iso.date(),
    }),
  )
  .max(30)

/** Which of these concerns nobody disposes of in what was written. */
export function leftOf(concerns: readonly string[], fields: Fields): readonly string[] {
  const disposed = new Set(objectsIn(fields, 'dispositions').map((each) => textIn(each, 'concern')))
  return [...new Set(concerns)].filter((concern) => !disposed.has(concern))
}

/** Concerns of a report that its outcome, if there is one, disposed of by no word of their own. */
export const concernsOfReport = ({ heading, events }: StoredMessage): readonly string[] =>
  events
    .filter(({ kind }) => kind === 'OUTCOME')
    .reduce((left, { fields }) => leftOf(left, fields), textsIn(heading.fields, 'concerns'))
