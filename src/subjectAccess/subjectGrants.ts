import { type AgencyName, eachAgency } from '../foundation/agencies.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Grant, WithheldLabel } from '../policy/grant.ts'
import { type Label, labels, maskOf } from '../policy/labels.ts'
import type { AgencyType } from '../policy/vocabulary.ts'

/**
 * Absent without a word, whether or not anything is held: to say that it is left out would tell what the exemption
 * keeps. DPA 2018 Sch 2 paras 2 (crime), 16 (others), 19 (privilege), Sch 4 (adoption). That the child is a victim is
 * the child's own to know; another victim is a pseudonym here as every other child is.
 */
const absent: ReadonlySet<Label> = new Set<Label>([
  'ADOPTION',
  'LEGAL_PRIVILEGE',
  'REFERRER_IDENTITY',
  'WITNESS',
  'POLICE_INTELLIGENCE',
  'MANAGED_OFFENDER',
])

/** Left out and listed, so that whoever prepares the answer asks the one who can decide. */
const listed: Readonly<Partial<Record<Label, string>>> = {
  COURT_CONFIDENTIAL: 'W_COURT_PERMISSION',
  ADULT_HEALTH: 'W_OTHER_PERSON',
  ADULT_JUSTICE: 'W_OTHER_PERSON',
  ADDRESS_PROTECTED: 'W_SAFETY_OF_ADDRESS',
  CHILD_CONFIDENCE: 'W_CHILD_ASKED',
}

export interface SubjectGrantQuestion {
  readonly facts: ChildFacts
  readonly labelsOf: Readonly<Record<AgencyName, readonly Label[]>>
  /** Whose records are prepared: an organisation of the officer's own controller. */
  readonly organisation: string
  readonly homes: Readonly<Record<AgencyName, AgencyType>>
  readonly pseudonymKey?: string
  readonly asOf: string
}

/**
 * What the one whom the records are about may have: not a caller's grant but the exemptions, label by label. Others are
 * pseudonyms, records that are neither confirmed nor denied are not read, and a holder's judgement of serious harm
 * stands (DPA 2018 Sch 3). Each controller answers for its own records (UK GDPR Art 15): rows of every other
 * organisation are closed, and so is what services for adults hold, which is about another person.
 */
export const subjectGrants = ({
  facts,
  labelsOf,
  organisation,
  homes,
  pseudonymKey = '',
  asOf,
}: SubjectGrantQuestion): Readonly<Record<AgencyName, Grant>> =>
  eachAgency((agency) => {
    const holds = facts.holds.filter(
      (hold) => hold.agency === agency && hold.kind !== 'NOT_RELEVANT' && isForFamily(hold),
    )
    const held = (label: Label) =>
      holds.some((hold) => hold.recordId === null && (hold.label === null || hold.label === label))
    const content = labels.filter(
      (label) => !absent.has(label) && listed[label] === undefined && label !== 'THIRD_PARTY' && !held(label),
    )
    const redacted: readonly Label[] = held('THIRD_PARTY') ? [] : ['THIRD_PARTY']
    const isOfAdults = homes[agency] === 'ADULT'
    const rows = { ncnd: false, conditions: false, undecided: true, notRelevant: true }
    return {
      agency,
      childId: facts.childId,
      persons: facts.persons[agency] ?? [],
      headline: 0,
      content: 0,
      redact: 0,
      rows,
      names: 'KNOWN',
      places: 'NONE',
      heldRecords: [],
      own: isOfAdults
        ? null
        : {
            headline: maskOf([...content, ...redacted]),
            content: maskOf(content),
            redact: maskOf(redacted),
            rows,
            names: 'KNOWN',
            // What is prepared for the child or a parent can come into the hands of whom the child is kept from.
            places: facts.placeProtected ? 'NONE' : 'ALL',
            heldRecords: holds.flatMap((hold) => (hold.recordId === null ? [] : [hold.recordId])),
          },
      withheld: labelsOf[agency].flatMap((label) => withheldAs(label)),
      organisation,
      callerType: 'GOVERNANCE',
      keeper: facts.placeProtected ? facts.responsibleLa : null,
      pseudonymKey,
      asOf,
    }
  })

/** One that a holder recorded against a single recipient says nothing of the family. */
const isForFamily = ({ recipient, recipientOrganisation }: ChildFacts['holds'][number]): boolean =>
  recipient == null && recipientOrganisation == null

const withheldAs = (label: Label): readonly WithheldLabel[] => {
  const reason = listed[label]
  return reason === undefined ? [] : [{ label, level: 'HEADLINE', reason, rule: 'subject access', requestable: true }]
}
