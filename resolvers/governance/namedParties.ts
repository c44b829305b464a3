import type { ChildFacts } from '../../src/policy/facts.ts'
import { governs, isOfSensitiveSetting, type Party } from '../../src/policy/namedParty.ts'
import type { GovernanceContext } from './governanceAccess.ts'

/** A record whose party may be another organisation and no more. */
export type Unnamed<T extends Party> = Omit<T, keyof Party> & { readonly [Name in keyof Party]: string | null }

/**
 * What of a list a reader of the child is told. A line whose place is not theirs to know stays, without its name. One
 * of a sensitive setting is left out: among lines with names, one without would tell of it. Governance is told of all.
 */
export async function named<T extends Party>(
  { governance }: GovernanceContext,
  childId: string,
  records: readonly T[],
): Promise<readonly Unnamed<T>[]> {
  const facts = await governance.facts(childId)
  return records.flatMap((record) => {
    const reading = facts ? governance.partyReading(facts, record) : 'PLACE'
    if (reading === 'SENSITIVE_SETTING') return []
    return reading === 'NAMED' ? [record] : [{ ...record, organisation: null, role: null }]
  })
}

/** The same of records about many children. */
export const namedEach = async <T extends Party & { readonly childId: string }>(
  context: GovernanceContext,
  records: readonly T[],
): Promise<readonly Unnamed<T>[]> =>
  (await Promise.all(records.map((record) => named(context, record.childId, [record])))).flat()

/** The same for who answers for the child, and so knows every place, but is told of no sensitive setting. */
export const withoutSensitive = <T extends Party>({ caller }: GovernanceContext, records: readonly T[]): readonly T[] =>
  records.filter(
    (record) => governs(caller) || record.organisation === caller.organisation || !isOfSensitiveSetting(record),
  )

/** Who signed `ROLE, ORGANISATION`; null for an operator, who signs with a name and is of no organisation. */
function partyOf(signature: string | null): Party | null {
  const parts = /^(.+), ([^,]+)$/.exec(signature ?? '')
  return parts && { role: parts[1] ?? '', organisation: parts[2] ?? '' }
}

/** A signature as this reader is told it; null where it is that of another organisation. */
export function signedFor(
  { governance }: GovernanceContext,
  facts: ChildFacts | null,
  signature: string | null,
): string | null {
  const party = partyOf(signature)
  if (!party) return signature
  return facts && governance.maySign(facts, party) ? signature : null
}

/** The code of an organisation that an entry names, as this reader is told it: a school's says where the child is. */
export function codeFor(
  { governance }: GovernanceContext,
  facts: ChildFacts | null,
  organisation: string | null,
): string | null {
  if (organisation === null || facts === null) return null
  return governance.partyReading(facts, { organisation, role: '' }) === 'NAMED' ? organisation : null
}

/**
 * An entry as this reader is told it: who signed it, and of the words that its author wrote all or none of them.
 *
 * @param signature field of the entry with its author.
 * @param words fields with sentences in an author's own words.
 */
export function entryFor<Entry extends object, Signature extends keyof Entry, Words extends keyof Entry>(
  context: GovernanceContext,
  facts: ChildFacts | null,
  entry: Entry,
  signature: Signature,
  words: readonly Words[],
): Omit<Entry, Signature | Words> & Readonly<Record<Signature | Words, string | null>> {
  const author = entry[signature]
  const signed = typeof author === 'string' ? author : null
  const isTold = facts !== null && context.governance.mayReadWords(facts, partyOf(signed))
  const hidden = Object.fromEntries(words.map((field) => [field, null]))
  return Object.assign({ ...entry }, { [signature]: signedFor(context, facts, signed) }, isTold ? {} : hidden) as Omit<
    Entry,
    Signature | Words
  > &
    Readonly<Record<Signature | Words, string | null>>
}
