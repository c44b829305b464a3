import { randomUUID } from 'node:crypto'
import {
  type AlertWatcher,
  type Look,
  type SentNotice,
  AlertWatcher as Watcher,
  type Watching,
} from '../alerts/alertWatcher.ts'
import { type Around, WatchList } from '../alerts/alertWatchList.ts'
import { evaluate } from '../alerts/evaluateRules.ts'
import type { Rule } from '../alerts/rule.ts'
import { alertRules } from '../alerts/rules.ts'
import { makingWay } from '../alerts/yieldToRequests.ts'
import type { AuditLog } from '../audit/entry.ts'
import type { RegisteredOrganisation } from '../auth/issuers.ts'
import { auditEntryFor } from '../disclosure/auditEntry.ts'
import { releaseChild } from '../disclosure/auditedChild.ts'
import { ChildAccess } from '../disclosure/childAccess.ts'
import type { AccessSetting } from '../disclosure/childAccessParts.ts'
import { type ChildPlan, planOfNeeds } from '../disclosure/needsPlan.ts'
import { partyOf, serviceNames, services } from '../exchange/mailboxes.ts'
import type { AlertNotice } from '../exchange/notifyOfAlert.ts'
import { forceOf, type Registry } from '../foundation/registry.ts'
import { alertParametersOf } from '../policy/alertParameters.ts'
import type { Caller } from '../policy/caller.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { Log } from '../server/log.ts'
import type { Database } from '../store/database.ts'
import type { Catalogue } from './catalogue.ts'

export interface AlertWatchSetting {
  readonly opening: AccessSetting
  readonly database: Database
  readonly catalogue: Catalogue
  readonly audit: AuditLog
  readonly organisationOf: (code: string) => RegisteredOrganisation | null
  /** All that some issuer speaks for. */
  readonly organisations: () => readonly RegisteredOrganisation[]
  readonly log: Log
  /** Carries a notice to its audience. */
  readonly notify: (notice: SentNotice) => Promise<void>
  /** What else follows; nothing by itself. */
  readonly followUp?: (childId: string) => Promise<void>
  readonly everyMilliseconds?: number
  /** How often anybody asked since the start; nobody, when left out. */
  readonly asked?: () => number
}

/** Until the records of a child about whom no clock runs are looked at again. */
const usualInterval = 15 * 60_000

/** The watcher over this gateway's children, with grants, log and notices of its own. */
export function openAlertWatcher(setting: AlertWatchSetting): AlertWatcher {
  const { opening, database, catalogue, log, notify, everyMilliseconds = usualInterval } = setting
  const plans = new Map<string, ChildPlan>()
  return new Watcher({
    list: new WatchList(database),
    clock: opening.clock,
    rules: alertRules,
    everyMilliseconds,
    organisationsAround: (around) => organisationsAround(around, catalogue.registry, setting),
    look: (childId, as, rules) => lookAs(setting, catalogue, plans, childId, as, rules),
    notify,
    followUp: setting.followUp ?? (async () => undefined),
    onFailure: (reason) => log.warn('ALERTS_BEHIND', { reason }),
    makeWay: makingWay(setting.asked ?? (() => 0)),
  })
}

/** What has an audience by the area alone, as `relationshipOf` lets it in. */
const ofArea: ReadonlySet<string> = new Set(['SOCIAL_CARE', 'MASH'])

/**
 * Those with whom a relationship is recorded, or of whose holder a record of the child is, and by area the authority,
 * its front door and the force. Each may still be one that may not know of the child.
 */
function organisationsAround(
  { organisations, holders, las }: Around,
  registry: Registry,
  setting: Pick<AlertWatchSetting, 'organisationOf' | 'organisations'>,
): readonly RegisteredOrganisation[] {
  const forces = new Set(las.flatMap((la) => forceOf(registry, la) ?? []))
  const codes = [...organisations, ...holders.flatMap((id) => registry.holders.get(id)?.organisation ?? [])]
  const byArea = setting
    .organisations()
    .filter(
      ({ agencyType, la, force }) =>
        (la !== null && las.includes(la) && ofArea.has(agencyType)) ||
        (force !== null && forces.has(force) && agencyType === 'POLICE'),
    )
  return [...new Set([...codes.flatMap((code) => setting.organisationOf(code) ?? []), ...byArea])]
}

async function lookAs(
  { opening, audit }: AlertWatchSetting,
  { model, registry }: Catalogue,
  plans: Map<string, ChildPlan>,
  childId: string,
  as: Watching,
  rules: readonly Rule[],
): Promise<Look | null> {
  const caller = watchingCaller(as)
  const access = new ChildAccess(opening, caller)
  const plan = plans.get(as.role) ?? planOfNeeds(mergeNeeds(...rules.map(({ needs }) => needs)), model)
  plans.set(as.role, plan)
  const child = await access.open(childId, null, plan)
  if (!child) return null
  const evaluation = evaluate(rules, {
    answers: await child.answers(),
    grants: child.grants,
    contracts: model.contracts,
    registry,
    parameters: alertParametersOf(access.policy.pack),
    asOf: child.asOf,
  })
  const entry = () =>
    auditEntryFor({
      ...{ id: randomUUID(), requestId: caller.tokenId, caller, at: opening.clock.now() },
      pack: { id: access.policy.pack.id, hash: access.policy.hash },
      operation: { name: 'alertWatch', text: '' },
      errors: [],
      disclosed: true,
      children: access.opened,
      childrenReferenced: access.childrenReferenced,
      actions: ['alertNotice'],
      obligationsOf: access.policy.obligationsOf,
      layouts: model.layouts,
      hiddenLabels: access.policy.hiddenLabels,
    })
  return {
    evaluation,
    record: () => audit.append(entry()),
    release: () => {
      for (const opened of access.opened) releaseChild(opened)
    },
  }
}

/** The gateway itself, as people of one role could ask. It holds no token, and nobody can ask as it. */
export const watchingCaller = ({ organisation, role, purpose }: Watching): Caller => ({
  issuer: 'wholeview:alerts',
  subject: 'alert-watch',
  clientId: 'wholeview',
  tokenId: randomUUID(),
  organisation: organisation.code,
  agencyType: organisation.agencyType,
  la: organisation.la,
  force: organisation.force,
  role,
  purpose,
  expiresAt: Number.MAX_SAFE_INTEGER,
})

/** A notice as the exchange carries it: to one role of the service that its audience works in, and to nobody beside. */
export const carriedBy =
  (
    organisationOf: AlertWatchSetting['organisationOf'],
    send: (notice: AlertNotice) => Promise<unknown>,
  ): AlertWatchSetting['notify'] =>
  async ({ childId, code, version, explanation, organisation, role, key }) => {
    const registered = organisationOf(organisation)
    const service = serviceNames.find(
      (name) =>
        registered && services[name].types.includes(registered.agencyType) && services[name].roles.includes(role),
    )
    if (!registered || !service) return
    const to = { party: partyOf(registered, service), service, role, duty: 'INFORM' as const }
    await send({ childId, code, rule: `${code}/${version}`, explanation, to, key })
  }

/** Turns the watcher while the gateway runs: at once again while children are due, else after a pause. */
export function keepWatching(watcher: AlertWatcher, log: Log, pauseMilliseconds = 2000): { stop(): Promise<void> } {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const turn = (): void => {
    running = watcher
      .turn()
      .catch(() => {
        log.warn('ALERTS_BEHIND', { reason: 'the store could not be asked' })
        return 0
      })
      .then((looked) => {
        if (isStopped) return
        timer = setTimeout(turn, looked > 0 ? 10 : pauseMilliseconds)
        timer.unref()
      })
  }
  turn()
  return {
    stop: async () => {
      isStopped = true
      watcher.stop()
      clearTimeout(timer)
      await running
    },
  }
}
