import type { JWTVerifyGetKey } from 'jose'
import { rawHeaderValues } from '../auth/bearer.ts'
import { recentlyUsed } from '../auth/replayStore.ts'
import type { Clock } from '../foundation/clock.ts'
import { Refusal } from '../foundation/errors.ts'
import { peopleAddress, peopleAudience, peopleRequest, type ToldPerson } from '../sources/bindings/subgraph/people.ts'
import { proofHeader, provenGateway } from './senderProof.ts'
import type { SubgraphLog } from './subgraphErrors.ts'
import type { PostedOperation } from './subgraphHttp.ts'

export interface PeoplePage {
  readonly people: readonly ToldPerson[]
  /** What the next page is asked with; null: this is the last. */
  readonly next: string | null
}

/** A page of those whom a process knows; undefined where `after` is none of its own. */
export type ReadPeople = (after: string | null) => Promise<PeoplePage | undefined>

export interface PeopleEndpoint {
  readonly agency: string
  /** The one holder that is served; null: the agency as a whole. */
  readonly holder: string | null
  /** Of the agency as a whole, the holders whose people may be asked for by themselves. */
  readonly holders: readonly string[]
  readonly issuer: string
  readonly keys: JWTVerifyGetKey
  /** Where the gateway reaches the agency's GraphQL; null where that is not known here. */
  readonly address: URL | null
  readonly clock: Clock
  readonly log: SubgraphLog
  readonly people: ReadPeople
}

/**
 * Tells the gateway, and nobody else, whom the agency knows, so that its register finds the right child. A request is
 * believed by the gateway's proof over address and body, good once and for this holder alone; a router has none.
 *
 * @throws Refusal before anything is read.
 */
export const answerPeople = (endpoint: PeopleEndpoint) => {
  const { agency, issuer, keys, clock, address, log } = endpoint
  const replay = recentlyUsed()
  return async ({ request, requestId, body }: Pick<PostedOperation, 'request' | 'requestId' | 'body'>) => {
    const proofs = rawHeaderValues(request.rawHeaders, proofHeader)
    if (proofs.length === 0) throw new Refusal('GRANT_REQUIRED', { detail: 'people were asked for without a proof' })
    const asked = peopleRequest.safeParse(jsonOf(body)).data
    if (!asked) throw new Refusal('BAD_INPUT', { detail: 'no question for people' })
    const { holder, after } = asked
    const sender = await provenGateway({
      ...{ agency: peopleAudience(agency, holder), proofs, body, issuer, keys, replay, now: clock.now() },
      address: address && peopleAddress(address),
    })
    if (sender === null) throw new Refusal('GRANT_REFUSED', { detail: 'people were asked for by nobody proven' })
    const isServed =
      endpoint.holder === null ? holder === null || endpoint.holders.includes(holder) : holder === endpoint.holder
    if (!isServed) throw new Refusal('GRANT_REFUSED', { detail: 'people of another holder were asked for' })
    const page = await endpoint.people(after)
    if (!page) throw new Refusal('BAD_INPUT', { detail: 'no page of people' })
    const people = page.people.filter((person) => holder === null || person.holder === holder)
    log.info({ requestId, agency, detail: `${people.length} people of ${holder ?? agency}` }, 'people told')
    return { holders: holder === null ? endpoint.holders : [holder], people, next: page.next }
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
