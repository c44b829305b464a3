import { randomUUID } from 'node:crypto'
import {
  mayReadRelationships,
  mayRecordRelationships,
  mayUseConsents,
  mayUseHolds,
} from '../../src/facts/registerEntitlement.ts'
import { leadAgency } from '../../src/foundation/agencies.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { type Grant, permits, toldOf } from '../../src/policy/grant.ts'
import { bitOf } from '../../src/policy/labels.ts'
import { ukDay } from '../../src/records/dayAndAge.ts'
import type { ConsentRecord } from '../../src/registers/consents.ts'
import { isForbidden, isLifted } from '../../src/registers/courtProhibition.ts'
import { toldPage } from '../../src/registers/disclosedPage.ts'
import type { HoldRecord, NewHold } from '../../src/registers/holds.ts'
import { recorderOf } from '../../src/registers/legalRecords.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'
import {
  type ConsentInput,
  type HoldInput,
  neededReason,
  newConsent,
  newHold,
  newRelationship,
  type RelationshipInput,
  reasonIn,
} from '../../src/registers/validateRegisterEntries.ts'
import type { RelationshipRecord } from '../../src/registers/workingRelationships.ts'
import {
  allowed,
  entitled,
  entitledRecord,
  type GovernanceContext,
  isOwnHold,
  ownHolder,
  signature,
  written,
} from './governanceAccess.ts'
import { holdsDisclosedTo, holdsTold, holdTold, mustHold, shownHold, withLabelOfRecord } from './holds.ts'
import { entryFor } from './namedParties.ts'
import { aboutChild, type ChildPaging, pageIn } from './registerPage.ts'

export type { GovernanceContext }

type Input<T> = { readonly input: T }

/** Registers of consents, holds and relationships. */
export const resolvers = {
  Query: {
    consents: async (_: unknown, { childId, ...page }: ChildPaging, context: GovernanceContext) => {
      await entitled(context, 'consents', childId, mayUseConsents)
      const { consents } = context.governance
      const now = context.clock.now()
      const register = {
        read: (of: RegisterPage) => consents.ofChild(childId, now, of),
        byId: aboutChild(childId, (id) => consents.byId(id, now)),
        told: async (records: readonly ConsentRecord[]) => {
          const facts = await context.governance.facts(childId)
          const read = records.flatMap((record) => readable(record, context))
          return read.map((record) => entryFor(context, facts, record, 'recordedBy', ['evidence']))
        },
      }
      return toldPage(register, pageIn(page))
    },
    holds: async (_: unknown, { childId, ...page }: ChildPaging, context: GovernanceContext) => {
      await entitled(context, 'holds', childId, mayUseHolds(context.contracts))
      const { holds } = context.governance
      const holder = ownHolder(context)
      const register = {
        read: (of: RegisterPage) => holds.ofChild(childId, holder, of),
        byId: aboutChild(childId, (id) => holds.byId(id)),
        told: async (records: readonly HoldRecord[]) => {
          const own = records.filter((record) => isOwnHold(record, context))
          return holdsTold(context, await holdsDisclosedTo(context, childId, own))
        },
      }
      return toldPage(register, pageIn(page))
    },
    relationships: async (_: unknown, { childId, ...page }: ChildPaging, context: GovernanceContext) => {
      const scope = await entitled(context, 'relationships', childId, mayReadRelationships)
      const { relationships } = context.governance
      const whose = scope === 'ALLOWED' ? null : context.caller.organisation
      const register = {
        read: (of: RegisterPage) => relationships.ofChild(childId, whose, of),
        byId: aboutChild(childId, (id) => relationships.byId(id)),
        told: async (records: readonly RelationshipRecord[]) => {
          const facts = await context.governance.facts(childId)
          const own = records.filter(({ organisation }) => whose === null || organisation === whose)
          return own.map((record) => {
            const { organisation } = record
            const isTold = facts && context.governance.partyReading(facts, { organisation, role: '' }) !== 'PLACE'
            const author = organisation === context.caller.organisation ? { organisation, role: '' } : null
            const isRead = facts && context.governance.mayReadWords(facts, author)
            // Casework sees which services a child uses; where the child is only who may know the place.
            return {
              ...record,
              organisation: isTold ? organisation : null,
              basis: isTold && isRead ? record.basis : null,
            }
          })
        },
      }
      return toldPage(register, pageIn(page))
    },
  },
  Mutation: {
    recordConsent: async (_: unknown, { input }: Input<ConsentInput>, context: GovernanceContext) => {
      await entitled(context, 'recordConsent', input.childId, mayUseConsents)
      const { governance, clock } = context
      const id = await governance.consents.record(
        newConsent(input, ukDay(clock.now())),
        signature(context),
        clock.now(),
      )
      return written(context, input.childId, await governance.consents.byId(id, clock.now()))
    },
    withdrawConsent: async (
      _: unknown,
      { id, reason }: { id: string; reason?: string | null },
      context: GovernanceContext,
    ) => {
      const { governance, clock } = context
      const stored = await governance.consents.byId(id, clock.now())
      const record = await entitledRecord(context, 'withdrawConsent', stored, mayUseConsents)
      if (readable(record, context).length === 0) throw new Refusal('NOT_FOUND')
      if (!(await governance.consents.withdraw(id, reasonIn(reason), clock.now()))) throw new Refusal('CONFLICT')
      const withdrawn = written(context, record.childId, await governance.consents.byId(id, clock.now()))
      const [told = null] = readable(withdrawn, context)
      const facts = await governance.facts(record.childId)
      return told && entryFor(context, facts, told, 'recordedBy', ['evidence'])
    },
    recordHold: async (_: unknown, { input }: Input<HoldInput>, context: GovernanceContext) => {
      await entitled(context, 'recordHold', input.childId, mayUseHolds(context.contracts))
      const { governance, clock } = context
      const now = clock.now()
      const asked = newHold(input, ownHolder(context), signature(context), now, ukDay(now))
      await mustHold(context, asked)
      const hold = await withLabelOfRecord(context, asked)
      if (hold.kind === 'COURT_PROHIBITED' && !isForbidden(await ordersOn(context, hold), hold.label, ukDay(now)))
        throw new Refusal('CONFLICT', {
          message: 'A confirmed order that forbids it, and names your organisation, has to be on record first.',
        })
      const record = await governance.holds.byId(await governance.holds.record(hold, now))
      return shownHold(written(context, input.childId, record), context)
    },
    releaseHold: async (_: unknown, { id, reason }: { id: string; reason: string }, context: GovernanceContext) => {
      const { governance, clock } = context
      const stored = await governance.holds.byId(id)
      const record = await entitledRecord(context, 'releaseHold', stored, mayUseHolds(context.contracts))
      if (!isOwnHold(record, context)) throw new Refusal('NOT_FOUND')
      if ((await holdsDisclosedTo(context, record.childId, [record])).length === 0) throw new Refusal('NOT_FOUND')
      if (record.kind === 'COURT_PROHIBITED' && !isLifted(await ordersOn(context, record), record, ukDay(clock.now())))
        throw new Refusal('CONFLICT', {
          message: 'A court’s prohibition is released once a later order that lifts it is on record and confirmed.',
        })
      if (!(await governance.holds.release(id, neededReason(reason), clock.now()))) throw new Refusal('CONFLICT')
      return holdTold(context, written(context, record.childId, await governance.holds.byId(id)))
    },
    recordRelationship: async (_: unknown, { input }: Input<RelationshipInput>, context: GovernanceContext) => {
      await entitled(context, 'recordRelationship', input.childId, mayRecordRelationships)
      const { governance, clock } = context
      const relationship = newRelationship(input, ukDay(clock.today()))
      // Nobody widens their own access by their own word: that of their own organisation follows from its records.
      if (relationship.organisation === context.caller.organisation) allowed('OWN_ORGANISATION')
      // Nor does one person alone open a child of whom a place must not be found. Whoever may not know that there is
      // such a place is not told by this either: of any child their word waits for a second.
      const facts = await governance.facts(input.childId)
      const isOpen =
        facts !== null && facts.placeProtected !== true && knowsOfPlaces(governance.grant(facts, leadAgency))
      const isSaid =
        isOpen || (await governance.relationships.isSeconded(relationship, recorderOf(context.caller), clock.now()))
      if (!isSaid) return { ...relationship, id: randomUUID(), to: null, confirmed: false }
      const id = await governance.relationships.record(relationship, signature(context), clock.now())
      return written(context, input.childId, await governance.relationships.byId(id))
    },
    endRelationship: async (_: unknown, { id }: { id: string }, context: GovernanceContext) => {
      const { governance, clock } = context
      const stored = await governance.relationships.byId(id)
      const record = await entitledRecord(context, 'endRelationship', stored, mayRecordRelationships)
      if (!(await governance.relationships.end(id, ukDay(clock.today())))) throw new Refusal('CONFLICT')
      return written(context, record.childId, await governance.relationships.byId(id))
    },
  },
}

/** Orders on record that forbid the holder a disclosure, or lift that. */
/** Whether a caller reads protected places, or is told that they are withheld. */
const knowsOfPlaces = (grant: Grant): boolean =>
  permits(grant, bitOf('ADDRESS_PROTECTED'), 'CONTENT') || toldOf(grant, 'ADDRESS_PROTECTED', 'CONTENT') !== undefined

const ordersOn = ({ governance }: GovernanceContext, { childId, organisation }: NewHold) =>
  governance.decisions.prohibitionsOf(childId, organisation)

/** Labels hidden from the reader are left out of a consent, and a consent about nothing else is left out whole. */
function readable(record: ConsentRecord, { governance, caller }: GovernanceContext): readonly ConsentRecord[] {
  const labels = record.labels.filter((label) => !governance.policy.hides(caller, label))
  if (labels.length === record.labels.length) return [record]
  return labels.length === 0 ? [] : [{ ...record, labels, evidence: null }]
}
