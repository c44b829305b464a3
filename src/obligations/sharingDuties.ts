import type { AgencyName } from '../foundation/agencies.ts'
import { type Grant, permits } from '../policy/grant.ts'
import { bitOf, type Disclosure, type Label } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'

const happened = ['eventAt', 'provenance.supersedes'] as const
const marked = [...happened, 'sensitivity'] as const

/** Records from which a duty follows not to pass something on. */
export const sharingNeeds = {
  socialCare: {
    addresses: [...marked, 'protected'],
    placements: marked,
    family: marked,
    contacts: [...happened, 'referrer'],
  },
  education: { concerns: [...happened, 'inConfidence'] },
  police: { domesticAbuse: happened, intelligence: happened },
} as const satisfies RequiredFields

export type SharingAnswers = AnswersTo<typeof sharingNeeds>

/** A duty not to pass something on. */
export interface SharingDuty {
  readonly kind: 'DO_NOT_SHARE_WITH' | 'HANDLING'
  readonly agency: AgencyName | null
  readonly label: Label
  readonly text: string
  /** Ids of the records that it rests on, as far as this caller reads them. */
  readonly grounds: readonly string[]
  /** It may hold for any child: whether it holds for this one cannot be told now. */
  readonly isGeneric: boolean
}

interface Rule extends Pick<SharingDuty, 'kind' | 'label' | 'agency'> {
  /** What of the label has to be read before there is anything to pass on. */
  readonly level: Disclosure
  /** Whose records it follows from. */
  readonly from: readonly AgencyName[]
  readonly said: string
  /** The same where it is not known whether there is such a record. */
  readonly inGeneral: string
  readonly grounds: (answers: SharingAnswers) => readonly { readonly id: string }[]
}

const bears = (label: Label) => (row: { readonly sensitivity?: readonly string[] | null | undefined }) =>
  row.sensitivity?.includes(label) === true

const rules: readonly Rule[] = [
  {
    kind: 'DO_NOT_SHARE_WITH',
    label: 'ADDRESS_PROTECTED',
    agency: null,
    level: 'CONTENT',
    from: ['socialCare'],
    said: 'The address is protected: do not tell anyone in the family or near it where the child lives.',
    inGeneral: 'Where an address is protected, do not tell anyone in the family or near it where the child lives.',
    grounds: (answers) => [
      ...uncorrected(rowsOf(answers, 'socialCare', 'addresses')).filter(
        (row) => row.protected === true || bears('ADDRESS_PROTECTED')(row),
      ),
      ...uncorrected(rowsOf(answers, 'socialCare', 'placements')).filter(bears('ADDRESS_PROTECTED')),
    ],
  },
  {
    kind: 'DO_NOT_SHARE_WITH',
    label: 'DOMESTIC_ABUSE',
    agency: null,
    level: 'HEADLINE',
    from: ['police', 'socialCare'],
    said: 'Domestic abuse is recorded: do not tell the person alleged to have used violence, nor a service that works for them.',
    inGeneral:
      'Where domestic abuse is recorded, do not tell the person alleged to have used violence, nor a service that works for them.',
    grounds: (answers) => [
      ...uncorrected(rowsOf(answers, 'police', 'domesticAbuse')),
      ...uncorrected(rowsOf(answers, 'socialCare', 'family')).filter(bears('DOMESTIC_ABUSE')),
    ],
  },
  {
    kind: 'DO_NOT_SHARE_WITH',
    label: 'CHILD_CONFIDENCE',
    agency: null,
    level: 'CONTENT',
    from: ['education'],
    said: 'The child said something in confidence: it is not for carers, unless the child agrees.',
    inGeneral: 'What a child said in confidence is not for carers, unless the child agrees.',
    grounds: (answers) =>
      uncorrected(rowsOf(answers, 'education', 'concerns')).filter((row) => typeof row.inConfidence === 'string'),
  },
  {
    kind: 'DO_NOT_SHARE_WITH',
    label: 'REFERRER_IDENTITY',
    agency: null,
    level: 'CONTENT',
    from: ['socialCare'],
    said: 'A record says who raised a concern: do not tell anyone who it was.',
    inGeneral: 'Where a record says who raised a concern, do not tell anyone who it was.',
    grounds: (answers) =>
      uncorrected(rowsOf(answers, 'socialCare', 'contacts')).filter((row) => typeof row.referrer === 'string'),
  },
  {
    kind: 'HANDLING',
    label: 'POLICE_INTELLIGENCE',
    agency: 'police',
    level: 'HEADLINE',
    from: ['police'],
    said: 'Intelligence: nothing of it goes further without the originator.',
    inGeneral: 'Where there is intelligence, nothing of it goes further without the originator.',
    grounds: (answers) => uncorrected(rowsOf(answers, 'police', 'intelligence')),
  },
]

/**
 * What is not to be passed on of this child, and by which record. From what this caller reads alone: what is hidden
 * from them is in no row of theirs. While an agency does not answer its rule is told as one for any child.
 */
export const sharingDuties = (
  answers: SharingAnswers,
  grants: Readonly<Record<AgencyName, Grant>>,
): readonly SharingDuty[] =>
  rules.flatMap(({ kind, agency, label, level, from, said, inGeneral, grounds }) => {
    const reading = from.filter((each) => permits(grantOfSomeRow(grants[each]), bitOf(label), level))
    if (reading.length === 0) return []
    const ids = grounds(answers).map(({ id }) => id)
    const isKnown = ids.length > 0
    if (!isKnown && reading.every((each) => answers[each].state === 'ANSWERED')) return []
    return [{ kind, agency, label, text: isKnown ? said : inGeneral, grounds: ids, isGeneric: !isKnown }]
  })
