import { createHash } from 'node:crypto'
import type { AuditEntry, EntryAgency, EntryChild } from '../audit/entry.ts'
import { recipientKey } from '../facts/recipientKey.ts'
import { type AgencyName, agencies, leadAgency } from '../foundation/agencies.ts'
import type { ConsentFact, CourtOrderFact, HoldFact } from '../policy/facts.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import type { Obligation } from '../policy/reasonCodes.ts'
import { laterDay, ukDay } from '../records/dayAndAge.ts'

/** Every duty that disclosure or its refusal can bring. `ObligationKind` in `schema/governance.graphql`. */
export const obligationKinds = [
  'RAISE_S47_PROMPT',
  'RECORD_OVERRIDE_REASON',
  'INFORM_CHILD_UNLESS_UNSAFE',
  'ESCALATE_TO_HOLDER',
  'HOLDER_TO_DECIDE',
  'QUEUE_FOR_HOLDER',
  'ALERT_PRIVACY_OFFICER',
  'NOTIFY_RESPONSIBLE_LA',
  'HANDLING',
  'DO_NOT_SHARE_WITH',
  'REVIEW_BY',
  'SHOW_FACT_OPINION',
  'CHASE_MISSING_AGENCY',
  'REVIEW_AGREEMENT',
  'ON_CALL_NOW',
  'CONFIRM_EMERGENCY',
  'RECORD_MISSING_EPISODE',
  'REVIEW_BARRED_LOOK',
  'TELL_HOLDER_OF_CONSENT',
  'TELL_HOLDER_OF_ORDER',
] as const
export type ObligationKind = (typeof obligationKinds)[number]

/** Days in which a duty is to be done; null for one that lasts as long as the record is kept. */
export const daysFor: Readonly<Record<ObligationKind, number | null>> = {
  RAISE_S47_PROMPT: 0,
  RECORD_OVERRIDE_REASON: 1,
  INFORM_CHILD_UNLESS_UNSAFE: 5,
  ESCALATE_TO_HOLDER: 1,
  HOLDER_TO_DECIDE: 1,
  QUEUE_FOR_HOLDER: 5,
  ALERT_PRIVACY_OFFICER: 5,
  NOTIFY_RESPONSIBLE_LA: 0,
  HANDLING: null,
  DO_NOT_SHARE_WITH: null,
  REVIEW_BY: null,
  SHOW_FACT_OPINION: null,
  CHASE_MISSING_AGENCY: 1,
  REVIEW_AGREEMENT: 5,
  ON_CALL_NOW: 0,
  CONFIRM_EMERGENCY: 1,
  RECORD_MISSING_EPISODE: 0,
  REVIEW_BARRED_LOOK: 1,
  TELL_HOLDER_OF_CONSENT: 5,
  TELL_HOLDER_OF_ORDER: 5,
}

/** A duty with its owner and clock, as the register keeps it. */
export interface NewObligation {
  /** The same duty has the same id however often it arises, so that a hundred readings are one duty. */
  readonly id: string
  readonly childId: string
  readonly kind: ObligationKind
  readonly owner: string
  readonly agency: AgencyName | null
  readonly label: Label | null
  readonly arisenAt: string
  readonly dueOn: string | null
  readonly leafId: string
  /** The order of a court that let a record be read, and the organisation that it let read it. */
  readonly courtOrder?: string | null
  readonly openedFor?: string | null
}

/** Who has to act: the holder decides, everybody else's duties are the reader's own. */
const ownedByHolder: ReadonlySet<string> = new Set<Obligation>([
  'HOLDER_TO_DECIDE',
  'QUEUE_FOR_HOLDER',
  'ON_CALL_NOW',
  'TELL_HOLDER_OF_CONSENT',
])
/** About one label of one agency; the others are about the child and one decision of the family or one day. */
const ofLabel: ReadonlySet<string> = new Set<Obligation>([
  'ESCALATE_TO_HOLDER',
  'HOLDER_TO_DECIDE',
  'QUEUE_FOR_HOLDER',
  'ON_CALL_NOW',
  'TELL_HOLDER_OF_CONSENT',
])
const ofConsent: ReadonlySet<string> = new Set<Obligation>([
  'RECORD_OVERRIDE_REASON',
  'INFORM_CHILD_UNLESS_UNSAFE',
  'HOLDER_TO_DECIDE',
  'TELL_HOLDER_OF_CONSENT',
])

/**
 * The duties that one entry brought. They follow from the log, and are never written while a child is read: so
 * recording them costs no reader anything, and a duty without its entry cannot be.
 */
export function obligationsOfEntry(entry: AuditEntry): readonly NewObligation[] {
  const day = ukDay(new Date(entry.at))
  const looks = barredLooks(entry, day)
  if (entry.outcome !== 'DISCLOSED') return looks
  // By what makes duties the same: a hundred items of one agency are one duty, which is worked out once.
  const found = new Map<string, NewObligation>()
  for (const child of entry.children)
    for (const agency of agencies) {
      const part = child.agencies[agency]
      if (!part) continue
      for (const { kind, label } of [...decided(entry, part), ...missing(part)]) {
        const duty = dutyOf(entry, child, agency, kind, label, day)
        if (!found.has(duty.key)) found.set(duty.key, newObligation(entry, child.id, kind, duty, day))
      }
      for (const duty of opened(entry, child, agency, part))
        found.set(duty.key, newObligation(entry, child.id, 'TELL_HOLDER_OF_ORDER', duty, day))
    }
  return [...looks, ...found.values()]
}

/**
 * Somebody who is barred from a child asked for them, and was answered as about a child that nobody knows: governance
 * is told.
 */
function barredLooks(entry: AuditEntry, day: string): readonly NewObligation[] {
  return entry.children.flatMap(({ id, facts }) => {
    const { barred, responsibleLa } = facts
    if (barred !== true || typeof responsibleLa !== 'string' || responsibleLa === 'NONE') return []
    const { issuer, subject } = entry.caller
    const key = ['REVIEW_BARRED_LOOK', id, responsibleLa, issuer, subject, day].join('|')
    const duty = { key, owner: recipientKey.governance(responsibleLa), agency: null, label: null }
    return [newObligation(entry, id, 'REVIEW_BARRED_LOOK', duty, day)]
  })
}

/** Whose duty it is, and about what; two of one `key` are the same. */
interface Duty extends Pick<NewObligation, 'owner' | 'agency' | 'label' | 'courtOrder' | 'openedFor'> {
  readonly key: string
}

function newObligation(
  { at, id }: AuditEntry,
  childId: string,
  kind: ObligationKind,
  { key, ...duty }: Duty,
  day: string,
): NewObligation {
  const days = daysFor[kind]
  return {
    id: createHash('sha256').update(key).digest('hex').slice(0, 32),
    childId,
    kind,
    ...duty,
    arisenAt: at,
    dueOn: days === null ? null : laterDay(day, days),
    leafId: id,
  }
}

/**
 * What an order of a court opened: each label that left and that an order for the reader's organisation covers, told
 * to its holder once for each order and organisation. What an authority reads of its own child needs no order.
 */
function opened(
  { caller: { organisation, purpose } }: AuditEntry,
  { id, facts }: EntryChild,
  agency: AgencyName,
  { disclosed = [] }: EntryAgency,
): readonly Duty[] {
  if (purpose !== 'COURT_ORDER' || (agency === leadAgency && organisation.startsWith(`${facts['responsibleLa']}-`)))
    return []
  const owner = recipientKey.agency(agency)
  const labels = [...new Set(disclosed.map((each) => each.split(' ')[0] ?? ''))].filter(isLabel)
  return ordersIn(facts['ordersSaid']).flatMap((order) =>
    labels
      .filter((label) => order.labels.length === 0 || order.labels.includes(label))
      .map((label) => ({
        ...{ owner, agency, label, courtOrder: order.id, openedFor: organisation },
        key: [id, 'TELL_HOLDER_OF_ORDER', owner, agency, label, order.id, organisation].join('|'),
      })),
  )
}

function ordersIn(said: string | boolean | undefined): readonly Pick<CourtOrderFact, 'id' | 'labels'>[] {
  const orders: unknown = typeof said === 'string' ? JSON.parse(said) : []
  return Array.isArray(orders) ? orders.filter(hasLabels) : []
}

interface Arising {
  readonly kind: ObligationKind
  readonly label: Label | null
}

const kinds: ReadonlySet<string> = new Set(obligationKinds)
const isKind = (kind: string): kind is ObligationKind => kinds.has(kind)

/** Break-glass writes its own duties with the session, whether or not anything is then read. */
const decided = ({ caller }: AuditEntry, part: EntryAgency): readonly Arising[] =>
  (part.obligations ?? []).flatMap(({ kind, label }) => {
    if (!isKind(kind) || kind === 'NOTIFY_RESPONSIBLE_LA') return []
    return kind === 'ALERT_PRIVACY_OFFICER' && caller.purpose !== 'EMERGENCY' ? [] : [{ kind, label }]
  })

const missing = (part: EntryAgency): readonly Arising[] =>
  part.state === 'UNAVAILABLE' || part.state === 'STALE' ? [{ kind: 'CHASE_MISSING_AGENCY', label: null }] : []

function dutyOf(
  entry: AuditEntry,
  child: EntryChild,
  agency: AgencyName,
  kind: ObligationKind,
  label: Label | null,
  day: string,
): Duty {
  const owner = ownerOf(entry, child, agency, kind)
  const named = ofLabel.has(kind) || kind === 'CHASE_MISSING_AGENCY'
  const about = { agency: named ? agency : null, label: ofLabel.has(kind) ? label : null }
  const basis = ofConsent.has(kind)
    ? consentsIn(
        child.facts['consents'],
        consentsAbout(child.facts['consentsSaid'], label),
        kind === 'TELL_HOLDER_OF_CONSENT' ? /:GIVEN$/ : /:(REFUSED|WITHDRAWN|EXPIRED)$/,
      )
    : kind === 'ESCALATE_TO_HOLDER' || kind === 'ON_CALL_NOW'
      ? holdsBehind(child.facts['holdsSaid'], agency, label)
      : day
  return { key: [child.id, kind, owner, about.agency, about.label, basis].join('|'), owner, ...about }
}

function ownerOf({ caller }: AuditEntry, { facts }: EntryChild, agency: AgencyName, kind: ObligationKind): string {
  if (ownedByHolder.has(kind)) return recipientKey.agency(agency)
  const { responsibleLa } = facts
  // An emergency that was declared is reviewed by whoever answers for the child, where anybody does.
  if (kind === 'ALERT_PRIVACY_OFFICER' && typeof responsibleLa === 'string' && responsibleLa !== 'NONE')
    return recipientKey.governance(responsibleLa)
  return recipientKey.organisation(caller.organisation)
}

/**
 * The holder's decisions that are to be escalated: those of this agency on this label. Any other hold of the child,
 * hidden ones among them, must not make a new duty of an old one, since the reader can count their duties.
 */
function holdsBehind(said: string | boolean | undefined, agency: AgencyName, label: Label | null): string {
  const holds: unknown = typeof said === 'string' ? JSON.parse(said) : []
  return (Array.isArray(holds) ? holds.filter(isHold) : [])
    .filter((hold) => hold.agency === agency && (hold.label === null || hold.label === label))
    .map(({ id }) => id)
    .sort()
    .join(' ')
}

/** Consents that speak of a label: one about what is hidden from the reader makes no new duty either. */
function consentsAbout(said: string | boolean | undefined, label: Label | null): ReadonlySet<string> | null {
  if (typeof said !== 'string' || label === null) return null
  const consents: unknown = JSON.parse(said)
  return new Set(
    (Array.isArray(consents) ? consents.filter(hasLabels) : [])
      .filter(({ labels }) => labels.length === 0 || labels.includes(label))
      .map(({ id }) => id),
  )
}

const hasLabels = (said: unknown): said is Pick<ConsentFact, 'id' | 'labels'> =>
  typeof said === 'object' && said !== null && 'id' in said && 'labels' in said && Array.isArray(said.labels)

const isHold = (hold: unknown): hold is Pick<HoldFact, 'id' | 'agency' | 'label'> =>
  typeof hold === 'object' && hold !== null && 'id' in hold && 'agency' in hold && 'label' in hold

/** The decisions of the family that were set aside, stood in the way or opened: `id:STATE`, as an entry keeps them. */
const consentsIn = (
  consents: string | boolean | undefined,
  about: ReadonlySet<string> | null,
  inState: RegExp,
): string =>
  String(consents ?? '')
    .split(' ')
    .filter((each) => inState.test(each))
    .map((each) => each.slice(0, each.lastIndexOf(':')))
    .filter((id) => about === null || about.has(id))
    .sort()
    .join(' ')
