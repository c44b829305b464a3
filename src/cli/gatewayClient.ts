import { z } from 'zod'
import { demonstrationSecret } from '../auth/developmentIssuer.ts'
import type { ProofKey } from '../auth/signDpopProof.ts'
import { requestToken, TokenRequestError } from '../auth/tokenClient.ts'
import { type Purpose, purposes } from '../policy/vocabulary.ts'
import { CommandFailure, UsageFailure } from './commandFailure.ts'
import { printable } from './terminalText.ts'

/** Who asks: a persona of the demonstration, and the purpose its token declares. */
export interface Asker {
  /** Where the gateway is, without a slash at the end. */
  readonly url: string
  readonly persona: string
  readonly purpose?: Purpose
  /** Binds the token to a key. */
  readonly proofKey?: ProofKey
}

/** One error of an answer, as the gateway tells it. */
export interface AnswerError {
  readonly message: string
  readonly code: string
}

export interface Answer {
  readonly data: unknown
  readonly errors: readonly AnswerError[]
  readonly auditId: string | null
  /** The response as it came. */
  readonly text: string
}

const answerShape = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).loose() }).loose())
    .optional(),
})

/** A token for the persona, by OAuth over HTTP, as any client would get one. */
export const tokenFor = async ({ url, persona, purpose, proofKey }: Asker): Promise<string> => {
  try {
    const issued = await requestToken({
      tokenUrl: `${url}/issuer/token`,
      personaId: persona,
      secret: demonstrationSecret,
      ...(purpose ? { purpose } : {}),
      ...(proofKey ? { proofKey } : {}),
    })
    return issued.token
  } catch (error) {
    // The secret is the demonstration's own, and nobody typed it: it is the name that is unknown.
    if (error instanceof TokenRequestError && error.isUnknown)
      throw new CommandFailure(`There is no persona "${printable(persona)}". There are: ${await personaNames()}.`)
    if (error instanceof TokenRequestError) throw new CommandFailure(error.message, { cause: error })
    throw error
  }
}

const personaNames = async (): Promise<string> => {
  const { everyPersona } = await import('../composition/everyPersona.ts')
  return (await everyPersona()).map(({ id }) => id).join(', ')
}

/** Posts one operation to a running gateway. */
export const ask = async (
  url: string,
  token: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  }).catch((cause: unknown) => {
    throw new CommandFailure(`No gateway answers at ${url}. Start one with \`npm start\`.`, { cause })
  })
  const text = await response.text()
  const read = answerShape.safeParse(parse(text))
  if (!read.success) throw new CommandFailure(`What answers at ${url} is not a Wholeview gateway.`)
  return {
    data: read.data.data ?? null,
    errors: (read.data.errors ?? []).map(({ message, extensions }) => ({ message, code: extensions.code })),
    auditId: response.headers.get('x-audit-id'),
    text,
  }
}

/**
 * Asks as a persona and reads the data in a known shape; a refusal of the whole answer fails the command with its
 * sentence.
 */
export const askAs = async <Shape>(
  asker: Asker,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  shape: z.ZodType<Shape>,
): Promise<{ readonly data: Shape; readonly answer: Answer }> => {
  const answer = await ask(asker.url, await tokenFor(asker), query, variables)
  const read = shape.safeParse(answer.data)
  if (read.success) return { data: read.data, answer }
  const [error] = answer.errors
  if (error) throw new CommandFailure(`${error.code}: ${error.message}`)
  const places = read.error.issues.map((issue) => issue.path.join('.')).join(', ')
  throw new CommandFailure(
    `The answer has another shape than expected, at ${places}. Are gateway and command of one version?`,
  )
}

/** The purpose as typed, or a failure that lists what there is. */
export const purposeOf = (text: string | undefined): Purpose | undefined => {
  if (text === undefined) return undefined
  const purpose = purposes.find((known) => known === text.toUpperCase())
  if (!purpose) throw new UsageFailure(`There is no purpose "${text}". There are: ${purposes.join(', ')}.`)
  return purpose
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
