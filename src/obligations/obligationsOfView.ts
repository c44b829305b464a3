import type { AgencyName } from '../foundation/agencies.ts'
import { agencies } from '../foundation/agencies.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { type Grant, permits } from '../policy/grant.ts'
import { bitOf, type Label } from '../policy/labels.ts'
import type { LabelObligation } from '../policy/masks.ts'
import { grantOfSomeRow } from '../policy/ownRows.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { ObligationKind } from './obligations.ts'

/** A duty of whoever reads one view. `ViewObligation` of `schema/governance.graphql`. */
export interface ObligationOfView {
  readonly kind: ObligationKind
  readonly agency: AgencyName | null
  readonly label: Label | null
  readonly text: string
  readonly dueOn: string | null
}

export interface ViewOfObligations {
  readonly facts: ChildFacts
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly obligationsOf: (grant: Grant) => readonly LabelObligation[]
  /** States of the agencies that were asked. */
  readonly states: Readonly<Partial<Record<AgencyName, SourceAnswer['state']>>>
  /** Whose holds the reader answers for: the agency's register and their organisation. */
  readonly ownAgency: AgencyName | null
  readonly organisation: string
}

/**
 * With whom what a label permits is not to be shared. Said of whatever is recorded, since it follows from what may be
 * read alone.
 */
const notToShareWith: Readonly<Partial<Record<Label, string>>> = {
  ADDRESS_PROTECTED:
    'Where an address is protected, do not tell anyone in the family or near it where the child lives.',
  DOMESTIC_ABUSE:
    'Where domestic abuse is recorded, do not tell the person alleged to have used violence, nor a service that works for them.',
  CHILD_CONFIDENCE: 'What a child said in confidence is not for carers, unless the child agrees.',
  REFERRER_IDENTITY: 'Where a record says who raised a concern, do not tell anyone who it was.',
  WITNESS: 'Where a record names a witness, do not tell anyone who it is.',
}

const texts: Readonly<Partial<Record<ObligationKind, string>>> = {
  RAISE_S47_PROMPT: 'Ask the responsible authority whether an enquiry under section 47 is needed.',
  RECORD_OVERRIDE_REASON: 'Consent was refused. Record why the record is used all the same.',
  INFORM_CHILD_UNLESS_UNSAFE: 'Tell the child or family what was shared, unless that is unsafe.',
  ESCALATE_TO_HOLDER: 'The holder decided not to disclose. Escalate to a named person if the child may be at risk.',
  HOLDER_TO_DECIDE: 'The holder is asked to decide.',
  ALERT_PRIVACY_OFFICER: 'Break-glass is in force: information governance reviews this access.',
  NOTIFY_RESPONSIBLE_LA: 'The responsible authority has been notified of this access.',
  HANDLING: 'Intelligence: nothing goes further without the originator.',
  SHOW_FACT_OPINION: 'Say of every statement whether it is a fact, an opinion or an allegation when you pass it on.',
  CHASE_MISSING_AGENCY: 'This agency did not answer. Ask it.',
  REVIEW_AGREEMENT: 'No sharing agreement is on file. The record was shared all the same: review the agreement.',
  ON_CALL_NOW: 'The holder withholds this. Ring who is on call for the holder now: they decide on what is known today.',
  CONFIRM_EMERGENCY: 'An emergency was declared. Record why; a manager confirms it by the next working day.',
  RECORD_MISSING_EPISODE:
    'No open missing episode of this child is known, nor one that ended in the last 72 hours. Have it recorded, or say why not.',
  REVIEW_BY: 'A hold of your agency is to be reviewed.',
}

const day = (text: string): string | null => text || null

/**
 * What the reader of this view has to do. Pure, and from the grants alone: a label that is hidden from the reader is in
 * no grant and so in no duty, and whether anything is held is not looked at.
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
  const readable = (label: Label) =>
    agencies.some((agency) => permits(grantOfSomeRow(view.grants[agency]), bitOf(label), 'CONTENT'))
  if (readable('POLICE_INTELLIGENCE')) add('HANDLING', 'police', 'POLICE_INTELLIGENCE')
  // Keys of the table above are labels.
  for (const [label, text] of Object.entries(notToShareWith))
    if (readable(label as Label)) add('DO_NOT_SHARE_WITH', null, label as Label, text)
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
