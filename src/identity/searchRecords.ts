import { leadsToTwinsOf } from './blockingKeys.ts'
import { candidatesFor } from './candidates.ts'
import { decide, decideThoroughly, type Known } from './decideMatch.ts'
import { withoutNoEvidence } from './dropUninformativeValues.ts'
import type { LinkageModel } from './linkageModel.ts'
import { type Compared, scored } from './matchWeight.ts'
import type { Person } from './person.ts'
import type { Finding, FindOptions, RecordCandidate, RegisterOptions } from './registerTypes.ts'

/**
 * Whom the register's records show this to be. Protected records, and those of a service that reveals by being there
 * that are of nobody yet, are looked up like the others and then taken away, so that an asker who may not know of them
 * gets the answer of nobody on file, in the time of it too.
 */
export async function searchRecords(
  query: Person,
  options: FindOptions,
  { database, hash, revealsByBeing = () => false }: RegisterOptions,
  model: LinkageModel,
): Promise<Finding> {
  const { batch, record } = options
  const near = async (person: Person) => {
    const found = await candidatesFor(person, options.amongAdults ?? false, database, hash)
    return batch?.asNow(found) ?? found
  }
  const { records, isCut } = (record === undefined ? undefined : batch?.candidates(record)) ?? (await near(query))
  const own = records.find(({ id }) => id === record)?.holder
  const isSeen = ({ id, isProtected, childId, holder }: RecordCandidate) =>
    (options.mayKnowProtected || !isProtected) &&
    id !== record &&
    (childId !== null || holder === own || !revealsByBeing(holder))
  const visible = records.filter(isSeen)
  const compared: Compared = new Map()
  const matter = { query, model, isCut, refuted: options.refuted ?? none, compared }
  const around = async (person: Person) =>
    isCut || !leadsToTwinsOf(query, person) ? (await near(person)).records.filter(isSeen) : []
  const decided = async (merged: Merged) =>
    decideThoroughly({ ...matter, known: groupsOf(visible, merged) }, async (person) =>
      groupsOf(await around(person), merged),
    )
  const first = await decided(nothingMerged)
  const merged =
    first.outcome === 'ASK'
      ? oneOfSeveral(
          scored(withoutNoEvidence(query, model.register), visible, model, compared).map(({ candidate }) => candidate),
          model,
        )
      : nothingMerged
  const decision = merged === nothingMerged ? first : await decided(merged)
  if (decision.outcome !== 'SAME') return { decision, childId: null, records: [] }
  const found = visible.filter((record) => groupOf(record, merged) === decision.id)
  const childId = found.find((record) => record.childId !== null)?.childId ?? null
  return { decision, childId, records: inOrder(found, decision.seen[0]?.weighed.candidate.person).map(({ id }) => id) }
}

const none: ReadonlySet<string> = new Set()

/** Records of no child yet that are of one person with another, by what they are grouped under. */
type Merged = ReadonlyMap<string, string>
const nothingMerged: Merged = new Map()

const groupOf = (record: RecordCandidate, merged: Merged): string => merged.get(record.id) ?? ownGroup(record)
const ownGroup = ({ id, childId }: RecordCandidate): string => (childId === null ? `record ${id}` : `child ${childId}`)

function groupsOf(records: readonly RecordCandidate[], merged: Merged): readonly Known[] {
  const groups = new Map<string, Person[]>()
  for (const record of records) {
    const group = groupOf(record, merged)
    groups.set(group, [...(groups.get(group) ?? []), record.person])
  }
  return [...groups].map(([id, persons]) => ({ id, persons }))
}

/** The record that was found by its own evidence first: it is the one to be named. */
const inOrder = (records: readonly RecordCandidate[], best: Person | undefined): readonly RecordCandidate[] =>
  [...records].sort((one, other) => Number(isLike(other, best)) - Number(isLike(one, best)))
const isLike = ({ person }: RecordCandidate, best: Person | undefined): boolean =>
  person === best || (person.given === best?.given && person.family === best.family && person.birth === best.birth)

const isOneHolder = (one: RecordCandidate, other: RecordCandidate): boolean =>
  one.agency === other.agency && one.holder === other.holder

/** How many of those in question are compared with one another. */
const mostCompared = 6

/**
 * Two holders' records of one child are no rivals of one another, be they two forces. Of the likeliest records, those
 * of no child yet that would be linked to another holder's without a person are one with it; two records of one holder
 * are two people until a person says otherwise.
 */
function oneOfSeveral(likeliest: readonly RecordCandidate[], model: LinkageModel): Merged {
  const asked = likeliest.slice(0, mostCompared)
  const merged = new Map<string, string>()
  for (const [at, record] of asked.entries()) {
    if (record.childId !== null) continue
    const others = [...asked.slice(0, at), ...asked.slice(at + 1).filter(({ childId }) => childId !== null)]
    const one = others.find((other) => {
      const group = groupOf(other, merged)
      const members = asked.filter((member) => member !== record && groupOf(member, merged) === group)
      if (members.some((member) => isOneHolder(member, record))) return false
      return (
        decide({ query: record.person, known: [{ id: other.id, persons: [other.person] }], model }).outcome === 'SAME'
      )
    })
    if (one) merged.set(record.id, groupOf(one, merged))
  }
  return merged.size > 0 ? merged : nothingMerged
}
