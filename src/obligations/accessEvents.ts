import type { AuditEntry, EntryAgency, EntryChild } from '../audit/entry.ts'
import { aboutHolds } from '../audit/undisclosedAccess.ts'
import { agencies } from '../foundation/agencies.ts'
import type { Label } from '../policy/labels.ts'
import type { Purpose } from '../policy/vocabulary.ts'

/** `AccessEvent` of `schema/governance.graphql`. */
export interface AccessEvent {
  readonly id: string
  readonly at: string
  readonly role: string
  readonly organisation: string
  readonly purpose: Purpose
  readonly disclosed: readonly string[]
  readonly withheld: readonly string[]
  readonly outcome: AuditEntry['outcome']
  readonly code: string | null
  readonly pack: string
  readonly kind: AccessKind
  readonly actions: readonly string[]
  readonly breakGlass: boolean
}

export type AccessKind =
  | 'DISCLOSURE'
  | 'REFUSAL'
  | 'FAILURE'
  | 'BREAK_GLASS'
  | 'TRANSFER'
  | 'CHANGE'
  | 'SUBJECT_ACCESS'
  | 'ERASURE'

/**
 * The last line of a log whose older entries were erased: that it begins there is not that nobody looked before. The
 * same line stands under every child's log, so that it tells nothing of any.
 */
export const erasedEvent = (entry: AuditEntry, before: string): AccessEvent => ({
  ...accessEvent({ ...entry, children: [] }, '', { hidden: () => true, organisation: '', governance: false }),
  kind: 'ERASURE',
  actions: [`erased before ${before.slice(0, 10)}`],
})

/** Who reads the log. */
export interface LogReader {
  /** Whether a label is hidden from them. */
  readonly hidden: (label: Label) => boolean
  readonly organisation: string
  readonly governance: boolean
}

/**
 * What an entry says of one child, for one who may read the log. A label that is hidden from the reader is left out:
 * that the police read intelligence would tell that there is some. From which lists a record came is for governance and
 * for the organisation that read it: to others it would tell of records that are held back from them.
 */
export function accessEvent(
  entry: AuditEntry,
  childId: string,
  { hidden, organisation, governance }: LogReader,
): AccessEvent {
  const tellsWhatCame = governance || entry.caller.organisation === organisation
  const actions = governance ? entry.actions : entry.actions.filter((action) => !aboutHolds.has(action))
  const children = entry.children.filter((child) => child.id === childId)
  return {
    id: entry.id,
    at: entry.at,
    role: entry.caller.role,
    organisation: entry.caller.organisation,
    purpose: entry.caller.purpose,
    disclosed: linesOf(children, (agency) =>
      agency.disclosed === undefined || !tellsWhatCame
        ? permitted(agency, hidden)
        : agency.disclosed.filter((one) => !hidden(labelOf(one))),
    ),
    withheld: linesOf(children, (agency) =>
      agency.withheld.filter(({ label }) => !hidden(label)).map(({ label, reason }) => `${label} ${reason}`),
    ),
    outcome: entry.outcome,
    code: entry.code,
    pack: entry.pack.id,
    kind: kindOf(entry.outcome, actions),
    actions,
    breakGlass: children.some((child) => child.facts['breakGlass'] === true),
  }
}

const kinds: readonly (readonly [AccessKind, RegExp])[] = [
  ['BREAK_GLASS', /^(breakGlass|confirmBreakGlass|closeReview)$/],
  ['SUBJECT_ACCESS', /^subjectAccess$/],
  ['TRANSFER', /transfer/i],
  ['CHANGE', /^(record|withdraw|release|review|escalate|decide|end|discharge)[A-Z]/],
]

const kindOf = (outcome: AuditEntry['outcome'], actions: readonly string[]): AccessKind => {
  if (outcome === 'REFUSED') return 'REFUSAL'
  if (outcome === 'FAILED') return 'FAILURE'
  return kinds.find(([, pattern]) => actions.some((action) => pattern.test(action)))?.[0] ?? 'DISCLOSURE'
}

/** What could have left, of an entry that does not say what did, or to whom that is not told. */
const permitted = (agency: EntryAgency, hidden: (label: Label) => boolean): readonly string[] => [
  ...shown(agency.content, hidden),
  ...shown(agency.headline, hidden)
    .filter((label) => !agency.content.includes(label))
    .map((label) => `${label} headline`),
  ...shown(agency.redacted, hidden).map((label) => `${label} pseudonym`),
]

/** The label of `POLICE_RECORD headline`. An entry names no other. */
const labelOf = (disclosed: string): Label => disclosed.split(' ')[0] as Label

const shown = (list: readonly Label[], hidden: (label: Label) => boolean): Label[] =>
  list.filter((label) => !hidden(label))

/** One child may stand in an entry twice, at two dates; each line is given once. */
const linesOf = (
  children: readonly EntryChild[],
  lines: (agency: EntryAgency) => readonly string[],
): readonly string[] => [
  ...new Set(
    children.flatMap((child) =>
      agencies.flatMap((name) => {
        const agency = child.agencies[name]
        return agency ? lines(agency).map((line) => `${name} ${line}`) : []
      }),
    ),
  ),
]
