import { Refusal } from '../foundation/errors.ts'
import type { Caller } from '../policy/caller.ts'
import { ukDay } from '../records/dayAndAge.ts'
import type { Database } from '../store/database.ts'

/** What is whole or nothing is not given under a token that narrows. */
export const keptToElse = (): Refusal =>
  new Refusal('FORBIDDEN', { message: 'Your access token is kept to something else.', detail: 'TOKEN_SCOPE' })

/** Whether a caller's token reaches a child at all, before any policy is asked. */
export type TokenScopeCheck = (childId: string) => Promise<boolean>

/**
 * Keeps a request to the child, transfer or episode that its token names; all that it names must fit. An id that names
 * nothing reaches nobody. Looked up once a request, and only for a token that narrows.
 */
export const tokenScopeCheck = (store: Database, caller: Caller, today: () => Date): TokenScopeCheck => {
  const { scope } = caller
  if (!scope) return async () => true
  const { child, transfer, episode } = scope
  let named: Promise<readonly (string | null)[]> | undefined
  const lookUp = () =>
    Promise.all([
      ...(child === null ? [] : [child]),
      ...(transfer === null ? [] : [childOf(store, transferText, 'scope_transfer', [transfer])]),
      ...(episode === null
        ? []
        : [childOf(store, episodeText, 'scope_episode', [episode, caller.organisation, ukDay(today())])]),
    ])
  return async (childId) => {
    named ??= lookUp()
    return (await named).every((one) => one === childId)
  }
}

const childOf = async (store: Database, text: string, name: string, values: readonly string[]) =>
  (await store.rows({ name, text, values }))[0]?.[0] ?? null

const transferText = 'select child_id from gateway.transfer where id = $1::text'
const episodeText = `select child_id from gateway.relationship
  where id = $1::text and organisation = $2::text
    and (from_on is null or from_on <= $3::date) and (to_on is null or to_on > $3::date)`
