import { randomUUID } from 'node:crypto'
import type { AuditLog } from '../audit/entry.ts'
import { undisposedConcerns as undisposedIn } from '../childView/undisposedConcerns.ts'
import { auditEntryFor } from '../disclosure/auditEntry.ts'
import type { ChildAccess } from '../disclosure/childAccess.ts'
import type { AccessSetting } from '../disclosure/childAccessParts.ts'
import { type ChildPlan, planOfNeeds } from '../disclosure/needsPlan.ts'
import { type Exchange, openExchange } from '../exchange/exchange.ts'
import { type Service, services } from '../exchange/mailboxes.ts'
import { MessageStore } from '../exchange/messageStore.ts'
import { type AlertNotice, notify } from '../exchange/notifyOfAlert.ts'
import { proceduresOf, shippedProcedures } from '../exchange/procedures.ts'
import { type Declined, declinedForHarm, reopenDeclined } from '../exchange/reopenDeclined.ts'
import { messagesForSubject } from '../exchange/subjectMessages.ts'
import { followedNeeds } from '../facts/followedRelationships.ts'
import { leadAgency } from '../foundation/agencies.ts'
import type { Caller } from '../policy/caller.ts'
import type { Policy } from '../policy/compilePolicy.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { labels } from '../policy/labels.ts'
import { type Role, roles } from '../policy/vocabulary.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { uncorrected } from '../records/currentRows.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { Stores } from '../store/stores.ts'
import type { SubjectMessage } from '../subjectAccess/subjectAccess.ts'
import type { Catalogue } from './catalogue.ts'
import { type CircleSetting, careNeeds, circleOf } from './circleOfChild.ts'

export interface ExchangeSetting extends CircleSetting {
  readonly opening: AccessSetting
  readonly stores: Stores
  readonly catalogue: Catalogue
  readonly audit: AuditLog
  /** Which authority works by which procedures; null: all by the usual ones. */
  readonly localProcedures: string | null
}

/** The exchange of messages for one request. */
export function exchangeOf(
  setting: ExchangeSetting,
): (caller: Caller, access: ChildAccess, requestId: string) => Exchange {
  const { catalogue, opening, organisationOf, stores } = setting
  const shipped = shippedProcedures()
  const proceduresFor = proceduresOf(setting.localProcedures, shipped)
  const concernPlan = planOfNeeds(concernNeeds, catalogue.model)
  const carePlan = planOfNeeds(mergeNeeds(careNeeds, followedNeeds(catalogue.model.contracts)), catalogue.model)
  const store = new MessageStore(stores.gateway)
  return (caller, access, requestId) => {
    const record = recorder(setting, caller, () => access.policy, requestId)
    return openExchange({
      caller,
      store,
      record,
      concerns: (childId) => access.childrenReferenced.add(childId),
      organisationOf,
      registry: catalogue.registry,
      now: () => opening.clock.today(),
      proceduresOf: proceduresFor,
      proceduresById: (id) => shipped.get(id) ?? null,
      facts: (childId) => access.facts(childId),
      tokenReaches: (childId) => reachesMessage(access, childId),
      reachable: (facts) => access.policy.reachable(caller, facts),
      hides: (label) => access.policy.hides(caller, label),
      hiddenLabels: () => labels.filter((label) => access.policy.hides(caller, label)),
      undisposedConcerns: (childId) => undisposedConcerns(access, childId, concernPlan),
      circleOf: (childId, facts) => circleOf(setting, access, { childId, facts, plan: carePlan }),
      rolesKnowingPlace: (party, service, facts) => rolesKnowingPlace(access, { party, service, facts, caller }),
    })
  }
}

/** Whom the gateway itself is in an audit entry of its own. It opens nothing. */
const ownCaller: Caller = {
  ...{ issuer: 'wholeview', subject: 'gateway', clientId: 'gateway', tokenId: '', tokenHash: '' },
  ...{ organisation: 'gateway', agencyType: 'GOVERNANCE', la: null, force: null },
  ...{ role: 'INFORMATION_GOVERNANCE_OFFICER', purpose: 'AUDIT', expiresAt: 0 },
}

/** What was declined for harm to a child, and a way to have it decided again: for whoever watches children. */
export function declinesOf(setting: ExchangeSetting): {
  readonly about: (childId: string) => Promise<readonly Declined[]>
  readonly reopen: (declined: Declined) => Promise<void>
} {
  const { opening, stores } = setting
  const shipped = shippedProcedures()
  const store = new MessageStore(stores.gateway)
  const record = recorder(setting, ownCaller, () => opening.policy, 'exchange')
  const now = () => opening.clock.today()
  return {
    about: (childId) => declinedForHarm(store, childId, now()),
    reopen: async (declined) => {
      const auditId = await record(`message ${declined.messageId}`)
      const parts = { store, proceduresById: (id: string) => shipped.get(id) ?? null }
      await reopenDeclined(parts, declined, { now: now(), auditId })
    },
  }
}

/** What messages of a controller said of a child, as far as the child may read today that they were sent. */
export const messagesForSubjectOf = ({ opening, stores }: ExchangeSetting) => {
  const store = new MessageStore(stores.gateway)
  return (childId: string, organisations: readonly string[]): Promise<readonly SubjectMessage[]> =>
    messagesForSubject(store, { childId, organisations, day: ukDay(opening.clock.today()) })
}

/** Tells audiences what rules found, for whoever watches children: no request stands behind it. */
export function notifierOf(setting: ExchangeSetting): (notice: AlertNotice) => Promise<string> {
  const { opening, stores } = setting
  const parts = {
    store: new MessageStore(stores.gateway),
    now: () => opening.clock.today(),
    proceduresOf: proceduresOf(setting.localProcedures),
    record: recorder(setting, ownCaller, () => opening.policy, 'alerts'),
  }
  return (notice) => notify(parts, notice)
}

/**
 * Writes an audit entry of a message, in no child's log: who is not party to it must not read there that it was sent.
 */
const recorder =
  ({ audit, opening }: ExchangeSetting, caller: Caller, policyOf: () => Policy, requestId: string) =>
  async (action: string): Promise<string> => {
    const id = randomUUID()
    const policy = policyOf()
    await audit.append(
      auditEntryFor({
        ...{ id, requestId, caller, pack: { id: policy.pack.id, hash: policy.hash } },
        at: opening.clock.now(),
        operation: { name: null, text: '' },
        errors: [],
        disclosed: true,
        children: [],
        childrenReferenced: [],
        actions: [action],
        obligationsOf: policy.obligationsOf,
        layouts: opening.planning.layouts,
        hiddenLabels: policy.hiddenLabels,
      }),
    )
    return id
  }

/** A message is told whole: a token that is kept to some categories, or to one transfer, reads none. */
async function reachesMessage(access: ChildAccess, childId: string | null): Promise<boolean> {
  const { scope } = access.caller
  if (!scope) return true
  if (scope.categories !== null || scope.transfer !== null || childId === null) return false
  return access.tokenCovers(childId)
}

const concernNeeds = {
  socialCare: { contacts: ['provenance.supersedes', 'concerns', 'disposed'] },
} as const satisfies RequiredFields

/**
 * Read under the caller's own grants: whoever may not read concerns is not held up by them, and learns nothing of them.
 */
async function undisposedConcerns(access: ChildAccess, childId: string, plan: ChildPlan): Promise<readonly string[]> {
  const answers = await access.readForNeeds(childId, plan)
  if (!answers) return []
  const rows = uncorrected(rowsOf(answers as AnswersTo<typeof concernNeeds>, 'socialCare', 'contacts'))
  return [...new Set(rows.flatMap((row) => undisposedIn(row) ?? []))]
}

interface PlaceQuestion {
  readonly party: string
  readonly service: Service
  readonly facts: ChildFacts
  readonly caller: Caller
}

/**
 * The policy decides, as it would for somebody of that service who reads on the harm path: no further path opens a
 * place.
 */
function rolesKnowingPlace(access: ChildAccess, { caller, facts, party, service }: PlaceQuestion): readonly string[] {
  const [agencyType] = services[service].types
  const standing: ChildFacts = { ...facts, relationship: 'EPISODE', agreement: true, breakGlass: false }
  return services[service].roles.filter(isRole).filter((role) => {
    if (!agencyType) return false
    const reader: Caller = {
      ...caller,
      ...{ agencyType, role, organisation: party, la: null, force: null, purpose: 'STRATEGY_DISCUSSION' },
    }
    return access.grantAs(reader, standing, leadAgency).places === 'ALL'
  })
}

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)
