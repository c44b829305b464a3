import { isFatherOrMaleCarer, recordedOf } from '../childView/familyRelations.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { ageOn } from '../records/dayAndAge.ts'
import type { RequiredFields } from '../records/requiredFields.ts'

/** `GapKind` of `schema/alerts.graphql`. */
export type GapKind = 'NOT_KNOWN' | 'NOT_CONNECTED' | 'NOT_LOOKED_FOR' | 'OVERDUE' | 'NEVER_ASKED'

const head = ['eventAt', 'provenance.supersedes'] as const

/** What gaps are looked for in. */
export const gapNeeds = {
  socialCare: {
    person: [...head, 'dateOfBirth', 'expectedDate'],
    addresses: [...head, 'from', 'to'],
    communication: [...head, 'whose', 'language'],
    family: [...head, 'relation', 'sex', 'isChild', 'inHousehold', 'diedOn'],
    voice: head,
    exploitation: head,
    plans: [...head, 'from', 'to'],
    involvements: [...head, 'kind', 'service', 'from', 'to', 'endReason'],
    meetings: [...head, 'status'],
    invitees: [...head, 'agency', 'invited'],
  },
  health: {
    registrations: [...head, 'from', 'to'],
    involvements: [...head, 'kind', 'service', 'from', 'to', 'endReason'],
  },
  education: { enrolments: [...head, 'from', 'to'] },
  adultServices: { services: head, housing: head, probation: head, substanceTreatment: head, requirements: head },
} as const satisfies RequiredFields

const bornNeeds = { socialCare: { person: gapNeeds.socialCare.person } } as const satisfies RequiredFields
/** What it takes to say that it is known where a child learns. */
export const schoolNeeds = { ...bornNeeds, education: gapNeeds.education } as const satisfies RequiredFields

export type GapAnswers = AnswersTo<typeof gapNeeds>

/** Something that ought to be on record: a gap where everything that could show it was read and nothing does. */
interface Expected {
  readonly kind: GapKind
  readonly area: string
  readonly from: keyof typeof gapNeeds
  readonly reads: RequiredFields
  readonly ask: string
  readonly isThere: (answers: GapAnswers, asOf: string) => boolean
  /** Whom it is expected of: everybody where nothing is said. */
  readonly applies?: (answers: GapAnswers, asOf: string) => boolean
}

const bornOn = (answers: AnswersTo<typeof bornNeeds>): string | null =>
  uncorrected(rowsOf(answers, 'socialCare', 'person'))
    .map((row) => textOf(row, 'dateOfBirth'))
    .find((day) => day !== null) ?? null

/** Whether nobody can say where a child of school age learns, nor then what was missed there. */
export const isSchoolUnknown = (answers: AnswersTo<typeof schoolNeeds>, asOf: string): boolean =>
  isOfSchoolAge(answers, asOf) && !isEnrolled(answers, asOf)

const isEnrolled = (answers: AnswersTo<typeof schoolNeeds>, asOf: string): boolean =>
  uncorrected(rowsOf(answers, 'education', 'enrolments')).some((row) => isOpen(row, asOf))

const isOfSchoolAge = (answers: AnswersTo<typeof bornNeeds>, asOf: string): boolean => {
  const born = bornOn(answers)
  const age = born === null ? -1 : ageOn(born, dayOf(asOf))
  return age >= 5 && age < 16
}

const isOpenCase = (answers: GapAnswers, asOf: string): boolean =>
  uncorrected(rowsOf(answers, 'socialCare', 'plans')).some((row) =>
    openOn(dayOf(asOf), textOf(row, 'from', 'eventAt'), textOf(row, 'to')),
  )

const isBornAndOpen = (answers: GapAnswers, asOf: string): boolean =>
  bornOn(answers) !== null && isOpenCase(answers, asOf)

/** From the age at which tools for exploitation are used. */
const isOldEnough = (answers: GapAnswers, asOf: string): boolean => {
  const born = bornOn(answers)
  return born !== null && ageOn(born, dayOf(asOf)) >= 10 && isOpenCase(answers, asOf)
}

/** Whether a row with a period goes on at that moment. */
export const isOpen = (
  row: { readonly from?: unknown; readonly to?: unknown; readonly eventAt?: unknown },
  asOf: string,
) => openOn(dayOf(asOf), textOf(row, 'from', 'eventAt'), textOf(row, 'to'))

/** What ought to be on record, of whom, and what to ask where it is not. */
export const expected: readonly Expected[] = [
  {
    kind: 'NOT_KNOWN',
    area: 'DATE_OF_BIRTH',
    from: 'socialCare',
    reads: { socialCare: { person: ['dateOfBirth', 'expectedDate'] } },
    ask: 'When was the child born, and who has seen proof of it?',
    isThere: (answers) =>
      uncorrected(rowsOf(answers, 'socialCare', 'person')).some(
        (row) => textOf(row, 'dateOfBirth', 'expectedDate') !== null,
      ),
    applies: isOpenCase,
  },
  {
    kind: 'NOT_KNOWN',
    area: 'ADDRESS',
    from: 'socialCare',
    reads: { socialCare: { addresses: ['from', 'to'] } },
    ask: 'Where does the child live now?',
    isThere: (answers, asOf) =>
      uncorrected(rowsOf(answers, 'socialCare', 'addresses')).some((row) => isOpen(row, asOf)),
    applies: isOpenCase,
  },
  {
    kind: 'NOT_KNOWN',
    area: 'LANGUAGE',
    from: 'socialCare',
    reads: { socialCare: { communication: ['whose', 'language'] } },
    ask: 'Which languages do the child and the carers speak, and who needs an interpreter?',
    isThere: (answers) => rowsOf(answers, 'socialCare', 'communication').length > 0,
    applies: isOpenCase,
  },
  {
    kind: 'NOT_KNOWN',
    area: 'FATHER_OR_MALE_CARER',
    from: 'socialCare',
    reads: { socialCare: { family: ['relation'] } },
    ask: 'Who is the father, and which men live with or care for the child?',
    isThere: (answers, asOf) =>
      uncorrected(rowsOf(answers, 'socialCare', 'family')).some((row) =>
        isFatherOrMaleCarer(recordedOf(row), dayOf(asOf)),
      ),
    applies: isOpenCase,
  },
  {
    kind: 'NOT_KNOWN',
    area: 'GENERAL_PRACTICE',
    from: 'health',
    reads: { health: { registrations: ['from', 'to'] } },
    ask: 'With which practice is the child registered?',
    isThere: (answers, asOf) =>
      uncorrected(rowsOf(answers, 'health', 'registrations')).some((row) => isOpen(row, asOf)),
    applies: isOpenCase,
  },
  {
    kind: 'NOT_KNOWN',
    area: 'SCHOOL',
    from: 'education',
    reads: { education: { enrolments: ['from', 'to'] } },
    ask: 'Where does the child learn, and who there is responsible for safeguarding?',
    isThere: isEnrolled,
    applies: isOfSchoolAge,
  },
  {
    kind: 'NOT_LOOKED_FOR',
    area: 'EXPLOITATION',
    from: 'socialCare',
    reads: { socialCare: { exploitation: ['eventAt'] } },
    ask: 'Was exploitation ever assessed, with which tool, and what did a professional judge?',
    isThere: (answers) => rowsOf(answers, 'socialCare', 'exploitation').length > 0,
    applies: isOldEnough,
  },
  {
    kind: 'NEVER_ASKED',
    area: 'VOICE_OF_THE_CHILD',
    from: 'socialCare',
    reads: { socialCare: { voice: ['eventAt'] } },
    ask: 'What does the child say? Who can ask, and where?',
    isThere: (answers) => rowsOf(answers, 'socialCare', 'voice').length > 0,
    applies: isBornAndOpen,
  },
  {
    kind: 'NEVER_ASKED',
    area: 'ADULT_SERVICES',
    from: 'adultServices',
    reads: {
      adultServices: { services: ['eventAt'], requirements: ['eventAt'] },
      socialCare: { invitees: ['agency', 'invited'] },
    },
    ask: 'Does an adult service know the adults of the household: substance use, probation, mental health, housing?',
    isThere: (answers) =>
      // Whatever one of them recorded shows that it knows the adult, whether or not the service stands in a list.
      rowsOf(answers, 'adultServices', 'services').length > 0 ||
      rowsOf(answers, 'adultServices', 'requirements').length > 0 ||
      rowsOf(answers, 'adultServices', 'probation').length > 0 ||
      rowsOf(answers, 'adultServices', 'substanceTreatment').length > 0 ||
      rowsOf(answers, 'adultServices', 'housing').length > 0 ||
      rowsOf(answers, 'socialCare', 'invitees').some((row) =>
        ['ADULT_SERVICES', 'PROBATION', 'SUBSTANCE_SERVICE', 'HOUSING', 'ADULT_SOCIAL_CARE'].includes(
          textOf(row, 'agency') ?? '',
        ),
      ),
    applies: isOpenCase,
  },
]
