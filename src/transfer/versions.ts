import type { AuthorisedChild } from '../disclosure/requestContext.ts'
import { Refusal } from '../foundation/errors.ts'
import { roleAndOrganisation, roleOf, subjectOf } from './actor.ts'
import { compileTransfer } from './compile.ts'
import { openedText, type SinceCompiled, sinceCompiled } from './grantsAtCompilation.ts'
import { conflict } from './refusals.ts'
import { sign } from './sign.ts'
import { receiptOf } from './snapshotReceipt.ts'
import {
  begun,
  type NewEvent,
  type StoredContribution,
  type StoredRequest,
  type StoredTransfer,
  type StoredVersion,
} from './storedTransfer.ts'
import type { TransferParts } from './transferParts.ts'
import type { TransferHead } from './transferTypes.ts'
import { firstSteps, partyView, type Steps, type TransferView, versionText } from './transferView.ts'

/** Refuses what cannot be: the decision before it has already answered for a transfer that is not there. */
export const present = <Transfer extends StoredRequest>(transfer: Transfer | null): Transfer => {
  if (transfer === null) throw new Refusal('NOT_A_PARTY')
  return transfer
}

/**
 * The latest version, for a party, as far as it may be read today. A transfer whose first compilation was cut off is
 * compiled now.
 *
 * @param opened the child, where the step before has already opened it for the recipient.
 */
export const readTransfer = async (
  parts: TransferParts,
  transfer: StoredTransfer,
  opened?: AuthorisedChild,
): Promise<TransferView> => {
  const version = await parts.store.latest(transfer.id)
  if (version === null) return compileNext(parts, transfer, { by: transfer.created_by, contribution: null })
  const child = opened ?? (await openedFor(parts, transfer))
  // What was compiled before something of it was withheld is served no more, and what was compiled under a hold that
  // was released lacks what may be read now. Its hash stays, and the history tells its readers.
  const since = sinceCompiled(version.opened, child.grants)
  if (since !== 'THE_SAME')
    return compileNext(parts, transfer, {
      ...{ by: transfer.created_by, contribution: null, child },
      replaces: { version: version.version, since },
    })
  const [steps, receipt] = await Promise.all([stepsOf(parts, transfer), receiptOf(parts, transfer, version)])
  return partyView(transfer, version, steps, receipt)
}

/** The child, as the recipient opens them: before anything is written of a record that nobody could read then. */
export const openedFor = async (parts: TransferParts, transfer: StoredTransfer): Promise<AuthorisedChild> => {
  const child = await parts.openForRecipient(transfer.child_id, transfer.to_la)
  if (child === null) throw conflict('The record cannot be read: the child can no longer be opened.')
  return child
}

/** The first page of what happened, and how much there is. */
const stepsOf = async ({ store }: TransferParts, { id }: StoredTransfer): Promise<Steps> => {
  const [events, summary] = await Promise.all([store.events(id, firstSteps), store.summary(id)])
  return { ...summary, events }
}

const attempts = 4

interface Replaced {
  readonly version: number
  readonly since: Exclude<SinceCompiled, 'THE_SAME'>
}

/** What a version is compiled for: by whom, and the word of a supplier that makes it necessary, if one does. */
export interface Occasion {
  readonly by: string
  readonly contribution: StoredContribution | null
  /** The child, where the step before has already opened it for the recipient. */
  readonly child?: AuthorisedChild
  /** The version before, where something that is in it may be read no more, or may be that is not. */
  readonly replaces?: Replaced
}

/**
 * Compiles, signs and stores the next version; the ones before stay. When another request stored a version first, the
 * word of a supplier is compiled again on top of it, so that none is lost; without one, that other version is the
 * answer.
 */
export const compileNext = async (
  parts: TransferParts,
  transfer: StoredTransfer,
  occasion: Occasion,
  attempt = 1,
): Promise<TransferView> => {
  const child = occasion.child ?? (await parts.openForRecipient(transfer.child_id, transfer.to_la))
  if (child === null) throw conflict('The record cannot be compiled: the child can no longer be opened.')
  const view = await storeNext(parts, transfer, child, occasion)
  if (view !== null) return view
  const fresh = present(begun(present(await parts.store.find(transfer.id))))
  if (occasion.contribution === null) return readTransfer(parts, fresh)
  if (attempt === attempts) throw conflict('The record is being changed by others. Try again.')
  return compileNext(parts, fresh, occasion, attempt + 1)
}

const storeNext = async (
  parts: TransferParts,
  transfer: StoredTransfer,
  child: AuthorisedChild,
  { by, contribution, replaces }: Occasion,
): Promise<TransferView | null> => {
  const { clock, contracts, key, registry, store } = parts
  const [answers, { hasPassed }, given, previous] = await Promise.all([
    child.answers(),
    store.summary(transfer.id),
    store.contributions(transfer.id),
    store.latest(transfer.id),
  ])
  const contributions = contribution === null ? given : [...given.filter(other(contribution)), contribution]
  const now = clock.now().toISOString()
  const head = headOf(transfer, previous, contributions, hasPassed)
  const content = compileTransfer({ transfer: head, child, answers, contracts, registry, contributions, now })
  const { canonical, fingerprint, jws } = await sign(content, key)
  const opened = openedText(child.grants)
  const version = { version: transfer.version + 1, content: canonical, jws, fingerprint, opened }
  const event: NewEvent = { at: now, state: 'SENT', by, note: noteOf(head.version, replaces) }
  const state = renews(transfer.state) ? 'SENT' : transfer.state
  if (!(await store.addVersion({ transfer, state, version, contribution, event }))) return null
  const [steps, receipt] = await Promise.all([stepsOf(parts, transfer), receiptOf(parts, transfer, version)])
  return partyView({ ...transfer, state, version: version.version }, version, steps, receipt)
}

/** Whoever read the version before is notified that it is not to be used any more, and not what changed or why. */
function noteOf(version: string, replaces: Replaced | undefined): string {
  if (replaces === undefined) return `Version ${version}`
  const before = `Version ${version}. It replaces version ${versionText(replaces.version)}, part of which`
  return replaces.since === 'WITHHELD'
    ? `${before} has been withheld since: do not use that version.`
    : `${before} was withheld and may be read now: use this version.`
}

/** A new version has to be read anew; a later state, such as a booked conference, is not undone by it. */
const renews = (state: StoredTransfer['state']): boolean =>
  ['NOTIFIED', 'REQUESTED', 'COMPILING', 'SENT', 'RECEIVED', 'ACKNOWLEDGED'].includes(state)

const other =
  (one: StoredContribution) =>
  (contribution: StoredContribution): boolean =>
    contribution.agency !== one.agency || contribution.la !== one.la || contribution.force !== one.force

const headOf = (
  transfer: StoredTransfer,
  previous: StoredVersion | null,
  contributions: readonly StoredContribution[],
  responsibilityPassed: boolean,
): TransferHead => ({
  id: transfer.id,
  type: transfer.type,
  childId: transfer.child_id,
  fromLa: transfer.from_la,
  toLa: transfer.to_la,
  notifiedAt: transfer.notified_at,
  clockStart: transfer.clock_start,
  clockRule: transfer.clock_rule,
  workingDays: transfer.working_days,
  dueOn: transfer.due_on,
  createdAt: transfer.created_at,
  author: roleAndOrganisation(transfer.created_by),
  authorisedBy: authoriserOf(transfer, contributions),
  responsibilityPassed,
  version: versionText(transfer.version + 1),
  previous: previous?.fingerprint ?? null,
})

/**
 * A team manager of the sending authority authorises by confirming its part; nobody authorises what they asked for
 * themselves.
 */
const authoriserOf = (transfer: StoredTransfer, contributions: readonly StoredContribution[]): string | null => {
  const given = contributions.find(
    ({ agency, by, la, state }) =>
      agency === 'CHILDRENS_SOCIAL_CARE' &&
      la === transfer.from_la &&
      state === 'CONTRIBUTED' &&
      roleOf(by) === 'TEAM_MANAGER' &&
      subjectOf(by) !== subjectOf(transfer.created_by),
  )
  return given ? roleAndOrganisation(given.by) : null
}
