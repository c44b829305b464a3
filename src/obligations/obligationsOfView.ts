import type { AgencyName } from '../foundation/agencies.ts'
import { agencies } from '../foundation/agencies.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { type Grant, permits } from '../policy/grant.ts'
import type { LabelObligation } from '../policy/labelMasks.ts'
import { bitOf, type Label } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { ObligationKind } from './obligations.ts'
import type { SharingDuty } from './sharingDuties.ts'

/** A duty of whoever reads one view. `ViewObligation` of `schema/governance.graphql`. */
export interface ObligationOfView {
  readonly kind: ObligationKind
  readonly agency: AgencyName | null
  readonly label: Label | null
  readonly text: string
  readonly dueOn: string | null
  /** Ids of the records that it rests on. */
  readonly grounds: readonly string[]
  /** It holds for any child, or whether it holds for this one cannot be told. */
  readonly isGeneric: boolean
}

export interface ViewOfObligations {
  readonly facts: ChildFacts
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly obligationsOf: (grant: Grant) => readonly LabelObligation[]
  /** What is not to be passed on, by the records that this reader reads. */
  readonly sharing: readonly SharingDuty[]
  /** States of the agencies that were asked. */
  readonly states: Readonly<Partial<Record<AgencyName, SourceAnswer['state']>>>
  /** Whose holds the reader answers for: the agency's register and their organisation. */
  readonly ownAgency: AgencyName | null
  readonly organisation: string
}

const texts: Readonly<Partial<Record<ObligationKind, string>>> = {
  RAISE_S47_PROMPT: 'Ask the responsible authority whether an enquiry under section 47 is needed.',
  RECORD_OVERRIDE_REASON: 'Consent was refused. Record why the record is used all the same.',
  INFORM_CHILD_UNLESS_UNSAFE: 'Tell the child or family what was shared, unless that is unsafe.',
  ESCALATE_TO_HOLDER: 'The holder decided not to disclose. Escalate to a named person if the child may be at risk.',
  HOLDER_TO_DECIDE: 'The holder is asked to decide.',
  ALERT_PRIVACY_OFFICER: 'Break-glass is in force: information governance reviews this access.',
  NOTIFY_RESPONSIBLE_LA: 'The responsible authority has been notified of this access.',
  SHOW_FACT_OPINION: 'Say of every statement whether it is a fact, an opinion or an allegation when you pass it on.',
  CHASE_MISSING_AGENCY: 'This agency did not answer. Ask it.',
  REVIEW_AGREEMENT: 'No sharing agreement is on file. The record was shared all the same: review the agreement.',
  ON_CALL_NOW: 'The holder withholds this. Ring who is on call for the holder now: they decide on what is known today.',
  CONFIRM_EMERGENCY: 'An emergency was declared. Record why; a manager confirms it by the next working day.',
  RECORD_MISSING_EPISODE:
    'No open missing episode of this child is known, nor one that ended in the last 72 hours. Have it recorded, or say why not.',
  TELL_HOLDER_OF_CONSENT: 'A consent opened this. Its holder is told, and looks whether that consent stands.',
  REVIEW_BY: 'A hold of your agency is to be reviewed.',
}

const day = (text: string): string | null => text || null

/**
 * What the reader of this view has to do. Pure, and from the grants and the rows that they let be read: what is hidden
 * from the reader is in neither, and so in no duty.
 */
export function obligationsOfView(view: ViewOfObligations): readonly ObligationOfView[] {
  const duties = new Map<string, ObligationOfView>()
  const add = (kind: ObligationKind, agency: AgencyName | null, label: Label | null, text?: string, dueOn?: string) =>
    duties.set([kind, agency, label, dueOn].join('|'), {
      kind,
      agency,
      label,
      text: text ?? texts[kind] ?? kind,
      dueOn: day(dueOn ?? ''),
      grounds: [],
      isGeneric: kind === 'SHOW_FACT_OPINION',
    })
  if (view.facts.breakGlass) {
    add('ALERT_PRIVACY_OFFICER', null, null)
    add('NOTIFY_RESPONSIBLE_LA', null, null)
  }
  for (const agency of agencies) {
    const grant = view.grants[agency]
    for (const { kind, label } of view.obligationsOf(grant)) {
      // About the child as a whole, however many labels bring it.
      if (aboutChild.has(kind)) add(kind, null, null)
      else add(kind, agency, label)
    }
    if (view.states[agency] === 'UNAVAILABLE' || view.states[agency] === 'STALE')
      add('CHASE_MISSING_AGENCY', agency, null)
  }
  for (const { kind, agency, label, ...said } of view.sharing)
    duties.set([kind, agency, label].join('|'), { kind, agency, label, dueOn: null, ...said })
  if (agencies.some((agency) => grantOfSomeRow(view.grants[agency]).content !== 0)) add('SHOW_FACT_OPINION', null, null)
  for (const hold of view.facts.holds)
    if (
      hold.agency === view.ownAgency &&
      hold.organisation === view.organisation &&
      view.facts.relationship !== 'NONE' &&
      mayKnowOf(view, hold.agency, hold.label)
    )
      add('REVIEW_BY', hold.agency, hold.label, undefined, hold.reviewOn)
  return [...duties.values()]
}

const aboutChild: ReadonlySet<ObligationKind> = new Set([
  'RAISE_S47_PROMPT',
  'RECORD_OVERRIDE_REASON',
  'INFORM_CHILD_UNLESS_UNSAFE',
  'ALERT_PRIVACY_OFFICER',
  'NOTIFY_RESPONSIBLE_LA',
  'REVIEW_AGREEMENT',
  'CONFIRM_EMERGENCY',
  'RECORD_MISSING_EPISODE',
])

/** A colleague's hold on what is hidden from this role too stays hidden. */
const mayKnowOf = ({ grants }: ViewOfObligations, agency: AgencyName, label: Label | null): boolean =>
  label !== null && permits(grantOfSomeRow(grants[agency]), bitOf(label), 'HEADLINE')
