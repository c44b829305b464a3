import type { Erasure } from '../src/audit/erasePersons.ts'
import type { Prover, StoredEntry } from '../src/audit/logProofs.ts'
import { isOwn, mayReadEntry } from '../src/audit/mayReadEntry.ts'
import { payloadFrom, storedAuditEntry } from '../src/audit/readEntry.ts'
import type { RequestContext } from '../src/disclosure/requestContext.ts'
import { Refusal } from '../src/foundation/errors.ts'

/** What these resolvers need of a request. */
export type AuditContext = RequestContext & {
  readonly auditTrail: { readonly prover: Prover; readonly latestErasure: () => Promise<Erasure | null> }
}

const mostEntries = 1000

/** How an organisation verifies what was disclosed to it, without reading what was disclosed to others. */
export const resolvers = {
  Query: {
    auditProof: async (_: unknown, { auditId }: { auditId: string }, context: AuditContext) => {
      context.note('auditProof')
      const { prover } = context.auditTrail
      const entry = await prover.byId(auditId)
      // Unknown and another organisation's look the same.
      if (entry === null || !mayReadEntry(storedAuditEntry(entry.leaf), context.caller)) throw new Refusal('NOT_FOUND')
      const receipt = await prover.receipt(entry)
      return { auditId, index: entry.index, receipt, persons: personsFor(entry, context) }
    },
    auditLeaves: async (_: unknown, { from, first }: { from: number; first: number }, context: AuditContext) => {
      context.note('auditLeaves')
      if (!(first >= 1 && first <= mostEntries) || from < 0)
        throw new Refusal('BAD_INPUT', { message: `Ask for 1 to ${mostEntries}, from 0 on.` })
      const { prover } = context.auditTrail
      const leaves = await prover.leaves(from, first)
      return {
        // Read after the entries, so that it covers them.
        checkpoint: await prover.checkpoint(),
        leaves: leaves.map(({ index, hash, leaf }) => ({
          index,
          hash,
          leaf: mayReadEntry(storedAuditEntry(leaf), context.caller) ? leaf : null,
        })),
      }
    },
    auditErasure: (_: unknown, __: unknown, { auditTrail }: AuditContext) => auditTrail.latestErasure(),
  },
}

/**
 * Names and salts are for the practitioner to whom they were disclosed, and for nobody beside them in the same
 * organisation.
 */
function personsFor({ leaf, payload }: StoredEntry, { caller }: AuditContext): string | null {
  const stored = storedAuditEntry(leaf)
  if (payload === null || !isOwn(stored, caller) || stored.caller.issuer !== caller.issuer) return null
  return payloadFrom(payload).caller.subject === caller.subject ? payload : null
}
