import type { Span } from '../../src/audit/entriesWithin.ts'
import type { AuditEntry } from '../../src/audit/entry.ts'
import { isOwn } from '../../src/audit/mayReadEntry.ts'
import type { Replay } from '../../src/disclosure/replayDecision.ts'
import { mayReadAccessLog } from '../../src/facts/registerEntitlement.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { type PersonAsked, personAsked } from '../../src/identity/describedPerson.ts'
import { saysAll } from '../../src/identity/matchesAllGiven.ts'
import { type Person, personOf } from '../../src/identity/person.ts'
import { type AccessEvent, accessEvent } from '../../src/obligations/accessEvents.ts'
import { diffPacks, type Motion, motionsOf } from '../../src/policy/diffPacks.ts'
import { hashOfPack, type Pack } from '../../src/policy/pack.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { ukDay } from '../../src/records/dayAndAge.ts'
import { allowed, type GovernanceContext, upTo } from './governanceAccess.ts'

/** What governance reads beyond the registers of one child. */
export interface Assurance {
  /** Entries of a span of the log, latest first. */
  within(span: Span): Promise<readonly AuditEntry[]>
  /** An entry by its id; null: there is none. */
  entry(id: string): Promise<AuditEntry | null>
  replay(entry: AuditEntry): Replay
  /** Every pack that is known, whether or not it has begun. */
  packs(): readonly Pack[]
}

type AssuranceContext = GovernanceContext & { readonly assurance: Assurance }

type FindingContext = AssuranceContext & {
  readonly find: (scheme: string, value: string) => Promise<readonly string[]>
  /** Null where this gateway was given no secret: a child is found by number alone. */
  readonly identity: { readonly likely: (person: Person) => Promise<{ readonly ids: readonly string[] }> } | null
}

interface Search {
  readonly from: string
  readonly to?: string | null
  readonly childId?: string | null
  readonly named?: string | null
  readonly person?: string | null
  readonly organisation?: string | null
  readonly purpose?: Purpose | null
  readonly first: number
  readonly after?: string | null
}

interface Found {
  readonly childId: string
  readonly person: string | null
  readonly event: AccessEvent
}

/** Entries that one question reads: whoever wants more asks for the next page. */
const mostRead = 2000
const readAtOnce = 200
/** Children of whom one question asks who answers for them. */
const mostChildren = 200

/** Who looked across children, packs beside each other, and a decision decided again. */
export const resolvers = {
  Query: {
    accessSearch: async (_: unknown, asked: Search, context: AssuranceContext) => {
      onlyGovernance(context, 'accessSearch')
      // Nobody may take an id that is none for a child at whom nobody looked.
      if (asked.childId && (await mayKnowOf(asked.childId, context)) === 'NO') throw new Refusal('NOT_FOUND')
      return search(asked, context)
    },
    governedChildren: async (_: unknown, { person }: { readonly person: PersonAsked }, context: FindingContext) => {
      onlyGovernance(context, 'governedChildren')
      const asked = personAsked(person, ukDay(context.clock.today()))
      if (!isEnough(asked)) throw new Refusal('BAD_INPUT', { message: notEnough })
      const ids = await candidates(asked, context)
      const borne = await Promise.all(ids.map((id) => isBorneBy(id, asked, context)))
      return ids.filter((_id, index) => borne[index])
    },
    policyPacks: (_: unknown, __: unknown, { assurance, governance, note }: AssuranceContext) => {
      note('policyPacks')
      return assurance.packs().map((pack) => {
        const hash = hashOfPack(pack)
        return { id: pack.id, hash, from: pack.effectiveFrom, inForce: hash === governance.policy.hash }
      })
    },
    policyChanges: (
      _: unknown,
      { after, before }: { readonly before: string; readonly after: string },
      { assurance, note }: AssuranceContext,
    ): readonly Motion[] => {
      note('policyChanges')
      const pack = (id: string): Pack => {
        const found = assurance.packs().find((each) => each.id === id)
        if (!found)
          throw new Refusal('BAD_INPUT', { message: 'There is no such policy pack. `policyPacks` lists them.' })
        return found
      }
      return motionsOf(diffPacks(pack(before), pack(after)))
    },
    replayDecision: async (_: unknown, { auditId }: { readonly auditId: string }, context: AssuranceContext) => {
      onlyGovernance(context, 'replayDecision')
      const entry = await context.assurance.entry(auditId)
      const answersFor = await Promise.all((entry?.children ?? []).map(({ id }) => mayKnowOf(id, context)))
      // Of an entry about several children, whoever may not know of one of them is told of none.
      if (!entry || answersFor.length === 0 || answersFor.includes('NO')) throw new Refusal('NOT_FOUND')
      if (!answersFor.every((each) => each === 'ANSWERS') && !isOwn(entry, context.caller))
        throw new Refusal('NOT_FOUND')
      const { leaf, ...replay } = context.assurance.replay(entry)
      return { auditId: leaf, ...replay }
    },
  },
}

const notEnough = 'Give an NHS number, a UPN, or a family name with a given name or a date of birth.'

/** Enough that nobody reads the register through by it. */
const isEnough = ({ birth, family, given, nhs, upn }: Person): boolean =>
  nhs !== '' || upn !== '' || (family !== '' && (given !== '' || birth !== ''))

/** Whom the gateway's index leads to; whether the officer may know of them is decided for each. */
async function candidates(asked: Person, { find, identity }: FindingContext): Promise<readonly string[]> {
  const [byNumber, byPupilNumber, likely] = await Promise.all([
    asked.nhs ? find('NHS_NUMBER', asked.nhs) : [],
    asked.upn ? find('UPN', asked.upn) : [],
    asked.family && identity ? identity.likely(asked) : { ids: [] },
  ])
  return [...new Set([...byNumber, ...byPupilNumber, ...likely.ids])]
}

/** Whether the officer answers for a child, and a file of an authority that does says all that was given. */
async function isBorneBy(id: string, asked: Person, context: FindingContext): Promise<boolean> {
  if ((await mayKnowOf(id, context)) !== 'ANSWERS') return false
  const facts = await context.governance.facts(id)
  return facts !== null && saysAll(await context.governance.personsInFile(facts), asked)
}

/** Whether a child bears a name, given or family, as a file of an authority has it: each child is looked up once. */
function nameOn(name: string | null, { caller, governance }: AssuranceContext): (id: string) => Promise<boolean> {
  if (name === null) return () => Promise.resolve(true)
  // A placeholder, such as Baby, is nobody's name: nothing would be left to compare.
  const asked = [personOf({ given: name }), personOf({ family: name })].filter(
    ({ family, given }) => family !== '' || given !== '',
  )
  const known = new Map<string, Promise<boolean>>()
  const look = async (id: string): Promise<boolean> => {
    const facts = await governance.facts(id)
    // By a name alone the authority that keeps the case asks, and no other: in an area nobody reads out who came.
    if (facts === null || facts.responsibleLa !== caller.la) return false
    const persons = await governance.personsInFile(facts)
    return asked.some((each) => saysAll(persons, each))
  }
  return (id) => {
    const found = known.get(id) ?? look(id)
    known.set(id, found)
    return found
  }
}

/** Those who govern information, and nobody else whatever their organisation. */
function onlyGovernance({ caller, note }: AssuranceContext, act: string): void {
  note(act)
  allowed(caller.role === 'INFORMATION_GOVERNANCE_OFFICER' && caller.la !== null ? 'ALLOWED' : 'ROLE_NOT_PERMITTED')
}

/** Whether the caller's authority answers for a child; else whether the caller may know that there is one. */
async function mayKnowOf(
  childId: string,
  { caller, governance }: AssuranceContext,
): Promise<'ANSWERS' | 'KNOWS' | 'NO'> {
  const facts = await governance.facts(childId)
  if (!facts || !governance.policy.reachable(caller, facts)) return 'NO'
  return mayReadAccessLog(caller, facts) === 'ALLOWED' ? 'ANSWERS' : 'KNOWS'
}

/**
 * Reads the span until enough is found, its end is reached, or a bound. A person is a filter among the caller's own
 * people alone: else it would tell what somebody of another agency looked at.
 */
async function search(asked: Search, context: AssuranceContext) {
  const bears = nameOn(asked.named ?? null, context)
  const { caller, clock, governance } = context
  const most = upTo(asked.first)
  const to = asked.to ?? new Date(clock.now().getTime() + 1000).toISOString()
  const hidden = (label: Parameters<typeof governance.policy.hides>[1]) => governance.policy.hides(caller, label)
  const found: Found[] = []
  const children = new Map<string, Awaited<ReturnType<typeof mayKnowOf>>>()
  let after = asked.after ?? null
  for (let read = 0; read < mostRead; read += readAtOnce) {
    const page = await context.assurance.within({ from: asked.from, to, after, most: readAtOnce })
    for (const entry of page) {
      if (found.length >= most || children.size >= mostChildren) return { found, endCursor: after }
      after = entry.id
      const own = isOwn(entry, caller)
      if (!matches(entry, asked, own)) continue
      const about = new Set(entry.children.map(({ id }) => id))
      for (const childId of about) {
        if (asked.childId && asked.childId !== childId) continue
        const known = children.get(childId) ?? (await mayKnowOf(childId, context))
        children.set(childId, known)
        if (known === 'NO' || (known === 'KNOWS' && !own)) continue
        if (asked.named && (known !== 'ANSWERS' || !(await bears(childId)))) continue
        const reader = { hidden, organisation: caller.organisation, governance: known === 'ANSWERS' }
        const event = accessEvent(entry, childId, reader)
        found.push({ childId, person: own ? entry.caller.subject : null, event })
      }
    }
    if (page.length < readAtOnce) return { found, endCursor: null }
  }
  return { found, endCursor: after }
}

const matches = ({ caller, erased }: AuditEntry, { organisation, person, purpose }: Search, own: boolean): boolean =>
  erased !== true &&
  (!organisation || caller.organisation === organisation) &&
  (!purpose || caller.purpose === purpose) &&
  (!person || (own && caller.subject === person))
