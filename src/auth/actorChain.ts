import type { Actor } from '../policy/caller.ts'
import { isName } from './claimFormats.ts'
import { isJsonObject } from './strictJson.ts'

/** More links than this and nobody can say any more who asks. */
const mostActors = 2

export type ActorRefusal = 'ACTOR' | 'ACTOR_CHAIN'

export type ReadActors =
  | { readonly ok: true; readonly actors: readonly Actor[] }
  | { readonly ok: false; readonly reason: ActorRefusal }

const members = ['sub', 'client_id', 'iss', 'act']

/** The chain of actors, the latest first. They give no rights: they are recorded, and a denied one denies the token. */
export const readActors = (claim: unknown): ReadActors => {
  const actors: Actor[] = []
  for (let link = claim; link !== undefined; ) {
    if (actors.length === mostActors) return { ok: false, reason: 'ACTOR_CHAIN' }
    if (!isJsonObject(link)) return { ok: false, reason: 'ACTOR' }
    const { sub, client_id: clientId, iss, act } = link
    const known = Object.keys(link).every((member) => members.includes(member))
    if (!known || !isName(sub) || (clientId !== undefined && !isName(clientId)) || (iss !== undefined && !isName(iss)))
      return { ok: false, reason: 'ACTOR' }
    actors.push({ subject: sub, clientId: clientId ?? null })
    link = act
  }
  return { ok: true, actors }
}
