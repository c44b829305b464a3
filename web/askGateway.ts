import { type Answer, dataOf, type Operation } from '../src/disclosure/answer.ts'
import type { Purpose } from '../src/policy/vocabulary.ts'
import { operations } from './operations.ts'
import type { Person } from './session/signedInPerson.ts'
import { problemInWords } from './words/messages.ts'
import type { Parts } from './workbenchParts.ts'

/** An answer, as a page reads it. */
export interface Asked<Data> {
  readonly data: Data | null
  /** Codes and sentences that the caller may read. */
  readonly errors: readonly { readonly code: string; readonly message: string }[]
  readonly auditId: string | null
}

/**
 * Nobody may ask for this person any more: the provider's entry changed, or they were put on the list of the denied.
 */
export class NotLetIn extends Error {
  override readonly name = 'NotLetIn'
}

type AskParts = Pick<Parts, 'gateway' | 'mint' | 'log'>

/** What the gateway answers a person, for a purpose: the way of every caller, with a token of their own. */
export const answerTo = async (
  { gateway, mint, log }: AskParts,
  person: Person,
  purpose: Purpose,
  operation: Operation,
): Promise<Answer> => {
  const minted = await mint.token(person, purpose, gateway.challenge()['dpop-nonce'])
  if (!minted) throw new NotLetIn('The provider does not speak for this organisation, role or purpose.')
  const presented = { proofs: [minted.proof], method: 'POST', certificate: null }
  const authentication = await gateway.authenticate([minted.authorization], presented)
  if (!authentication.ok) {
    log.warn('AUTHENTICATION_REFUSED', { reason: authentication.reason })
    throw new NotLetIn(authentication.reason)
  }
  return gateway.answer(authentication.caller, operation)
}

/**
 * Asks one of the pages' operations as a person, for a purpose. It goes the whole way of every caller: a token is made,
 * verified with its proof, and answered by the one pipeline, which records it before anything comes back.
 *
 * @typeParam Data what the operation selects; a test holds every operation against the schema.
 */
export const ask = async <Data>(
  parts: AskParts,
  person: Person,
  purpose: Purpose,
  name: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Asked<Data>> => {
  const query = operations.get(name)
  if (query === undefined) throw new Error(`There is no operation ${name}.`)
  const answer = await answerTo(parts, person, purpose, { query, operationName: null, variables })
  return {
    data: (dataOf(answer) ?? null) as Data | null,
    errors: answer.errors.map(({ message, extensions }) => ({
      code: extensions.code,
      message: problemInWords(message),
    })),
    auditId: answer.auditId,
  }
}
