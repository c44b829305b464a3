import type { Visit } from '../pageVisit.ts'

/** What a page elsewhere already knows of a form, for example the gap that a message asks about. */
type Begun = Readonly<Record<string, string>>

/** Behind the address of a form; none of the values stands there in the clear. */
export const beginsWith = ({ secrets }: Pick<Visit, 'secrets'>, values: Begun): string =>
  Object.keys(values).length > 0 ? `?with=${secrets.seal('begun', JSON.stringify(values))}` : ''

export const begunWith = ({ query, secrets }: Pick<Visit, 'query' | 'secrets'>): Begun => {
  const text = secrets.unseal('begun', query['with'] ?? '')
  return text === null ? {} : JSON.parse(text)
}
