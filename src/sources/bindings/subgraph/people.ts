import { z } from 'zod'
import { parseUntrusted } from '../../parseUntrusted.ts'
import { post } from './post.ts'

/** Where a process at an agency tells whom it knows, beside the address of its GraphQL and in no schema. */
export const peopleAddress = (graphql: URL): URL => new URL('people', graphql)

/** For whom a proof of such a request is signed: it serves at no other holder, and for nothing else. */
export const peopleAudience = (kind: string, holder: string | null): string =>
  ['people', kind, ...(holder === null ? [] : [holder])].join('/')

export const peopleRequest = z.strictObject({
  /** The one holder whose people are asked for; null: everybody whom the process knows. */
  holder: z.string().min(1).max(100).nullable(),
  /** `next` of the page before. */
  after: z.string().min(1).max(400).nullable(),
})

const text = z
  .string()
  .max(500)
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)
const texts = z
  .array(z.unknown())
  .catch([])
  .transform((items) => items.filter(isShort).slice(0, 100))
const isShort = (item: unknown): item is string => typeof item === 'string' && item.length <= 500

/** A value of the wrong make costs itself; who is meant, and whether a place must not be found, is never guessed. */
const told = z.object({
  localId: z.string().min(1).max(200),
  holder: z.string().max(100).nullish(),
  described: z.object({
    ...{ given: text, middle: text, family: text, birth: text, expected: text, sex: text, upn: text },
    ...{ nhsNumber: text, nhsVerified: z.boolean().catch(false), postcode: text },
    ...{ otherFamily: texts, previousPostcodes: texts },
  }),
  isProtected: z.boolean(),
  hasProtectedPlace: z.boolean(),
  ownNumbers: texts,
})

const answer = z.object({
  /** Whose people are told; empty where the process does not tell its holders apart. */
  holders: z.array(z.string()).max(10_000),
  people: z.array(told).max(2000),
  next: z.string().min(1).max(400).nullable(),
})

/** What the identity register needs of one person: to find the right child, and for nothing else. */
export type ToldPerson = z.infer<typeof told>

export interface SubgraphPeopleOptions {
  /** Of the process's GraphQL. */
  readonly url: URL
  /** The one holder whose people are asked for; null: everybody whom the process knows. */
  readonly holder: string | null
  /** Whose people it must tell, so that it is known that they were looked through. */
  readonly holders: readonly string[]
  /** Headers that prove who sends a request: its address and its body. */
  readonly prove: (url: URL, body: string) => Promise<Readonly<Record<string, string>>>
  /** For each page its own. */
  readonly signal: () => AbortSignal
}

/** A register of a few million people; a chain that never ends is not followed for ever. */
const mostPages = 20_000

/**
 * Everybody whom a process at an agency knows, page by page.
 *
 * @throws where the pages break off: some people are never taken for all.
 */
export async function* subgraphPeople(options: SubgraphPeopleOptions): AsyncGenerator<readonly ToldPerson[]> {
  const { holders, holder, prove, signal } = options
  const url = peopleAddress(options.url)
  const seen = new Set<string>()
  for (let after: string | null = null; ; ) {
    const body = JSON.stringify({ holder, after })
    const json = parseUntrusted(await post(url, body, await prove(url, body), signal()))
    const page = answer.safeParse(json).data
    if (!page) throw new TypeError('it tells no people')
    const missing = holders.find((id) => !page.holders.includes(id))
    if (missing !== undefined) throw new TypeError(`the process there does not tell the people of ${missing}`)
    yield page.people
    if (page.next === null) return
    if (seen.has(page.next) || seen.size > mostPages) throw new TypeError('pages of people that do not end')
    seen.add(page.next)
    after = page.next
  }
}
