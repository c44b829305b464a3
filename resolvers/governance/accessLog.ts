import type { AuditEntry } from '../../src/audit/entry.ts'
import { isUndisclosed } from '../../src/audit/undisclosedAccess.ts'
import { mayReadAccessLog } from '../../src/facts/registerEntitlement.ts'
import { accessEvent, erasedEvent } from '../../src/obligations/accessEvents.ts'
import type { Label } from '../../src/policy/labels.ts'
import { entitled, type GovernanceContext, upTo } from './governanceAccess.ts'
import { named } from './namedParties.ts'

interface Reading {
  readonly childId: string
  readonly first: number
  readonly after?: string | null
}

/** Who looked at one child. */
export const resolvers = {
  Query: {
    accessLog: async (_: unknown, { childId, first, after }: Reading, context: GovernanceContext) => {
      await entitled(context, 'accessLog', childId, mayReadAccessLog)
      const { policy } = context.governance
      const { caller } = context
      const governance = caller.role === 'INFORMATION_GOVERNANCE_OFFICER'
      const entries = await tellable(context, childId, { most: upTo(first), after: after ?? null, governance })
      // A log that is cut short by `first` does not reach back to what was erased.
      const erased = entries.length < upTo(first) ? await context.auditTrail.erased() : null
      const hidden = (label: Label) => policy.hides(caller, label)
      const reader = { hidden, organisation: caller.organisation, governance }
      const events = (
        await named(
          context,
          childId,
          entries.map((entry) => accessEvent(entry, childId, reader)),
        )
      ).map(
        // What an unnamed organisation was given would say which it is.
        (event) => (event.organisation === null ? { ...event, disclosed: [], withheld: [] } : event),
      )
      return erased ? [...events, erasedEvent(erased.entry, erased.before)] : events
    },
  },
}

interface Part {
  readonly most: number
  readonly after: string | null
  readonly governance: boolean
}

/**
 * As many as were asked for, whatever is left out between them: a shorter list would tell that something was. The store
 * leaves it out, but what a gateway of an earlier version wrote is judged from the entry.
 */
async function tellable(
  { audit, governance: of }: GovernanceContext,
  childId: string,
  { most, after, governance }: Part,
): Promise<readonly AuditEntry[]> {
  const facts = await of.facts(childId)
  // A visit to a sensitive setting is told to governance alone, with broken glass too: whoever is told that some
  // organisation was there, among others that are named, is told which.
  const isSilent = (party: AuditEntry['caller']) =>
    facts !== null && of.partyReading(facts, party) === 'SENSITIVE_SETTING'
  const disclosed: AuditEntry[] = []
  for (let last = after; ; ) {
    const page = await audit.ofChild(childId, most, { after: last, withUndisclosed: governance })
    disclosed.push(
      ...(governance ? page : page.filter((entry) => !isUndisclosed(entry, childId) && !isSilent(entry.caller))),
    )
    if (disclosed.length >= most || page.length < most) return disclosed.slice(0, most)
    last = page.at(-1)?.id ?? null
  }
}
