import DataLoader from 'dataloader'
import { Refusal } from '../foundation/errors.ts'
import type { Grant } from '../policy/grant.ts'
import { type AgencySource, type FieldSelection, type SourceAnswer, selectionKey } from '../sources/source.ts'

/** One child's records, asked for behind a grant that has been opened. */
export interface RecordRequest {
  readonly grant: Grant
  readonly selection: FieldSelection
}

export type Answered = Extract<SourceAnswer, { state: 'ANSWERED' }>
export type RecordLoader = DataLoader<RecordRequest, Answered>

/** Joins all children of one call into one fetch. Made for one request; nothing is kept for another. */
export const recordLoader = (source: AgencySource, signal: () => AbortSignal): RecordLoader =>
  new DataLoader<RecordRequest, Answered>(
    async (requests) => {
      const selection = unionOf(requests.map((request) => request.selection))
      const answers = await Promise.all(
        roundsOf(requests.map((request) => request.grant)).map(async (grants) => {
          const answered = await source.fetch(grants, selection, signal())
          return grants.map((grant) => [grant, answered.get(grant.childId)] as const)
        }),
      ).catch((cause: unknown) => unavailable(source.agency, cause))
      const byGrant = answers instanceof Refusal ? null : new Map(answers.flat())
      return requests.map(({ grant }) =>
        answers instanceof Refusal
          ? answers
          : (byGrant?.get(grant) ?? unavailable(source.agency, 'no answer for a child')),
      )
    },
    { cache: false },
  )

/**
 * An answer is found by child. Two grants for one child, of different dates, go in different fetches, or one would be
 * read with the other's.
 */
const roundsOf = (grants: readonly Grant[]): Grant[][] => {
  const rounds: Map<string, Grant>[] = []
  for (const grant of grants) {
    if (rounds.some((round) => round.get(grant.childId) === grant)) continue
    const free = rounds.find((round) => !round.has(grant.childId))
    if (free) free.set(grant.childId, grant)
    else rounds.push(new Map([[grant.childId, grant]]))
  }
  return rounds.map((round) => [...round.values()])
}

/**
 * Aliases may ask for different fields of one record: what any of them selects is fetched, each resolver takes its own.
 */
const unionOf = (selections: readonly FieldSelection[]): FieldSelection => {
  const [only] = selections
  if (only && selections.every((selection) => selectionKey(selection) === selectionKey(only))) return only
  const lists = new Map<string, Set<string>>()
  for (const selection of selections) {
    for (const [list, fields] of selection.lists) lists.set(list, new Set([...(lists.get(list) ?? []), ...fields]))
  }
  return { lists, holdings: selections.some((selection) => selection.holdings) }
}

/** Only the kind of a failure is written to the log: a database may quote a record in its message. */
const unavailable = (agency: string, cause: unknown): Refusal =>
  new Refusal('SOURCE_UNAVAILABLE', {
    detail:
      cause instanceof Refusal ? (cause.detail ?? cause.code) : cause instanceof Error ? cause.name : String(cause),
    cause,
    extensions: { agency },
  })
