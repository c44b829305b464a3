import type { AgencyName } from '../foundation/agencies.ts'
import { type Grant, permits } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import { grantOfRow } from '../policy/ownRowGrants.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { textsOf } from '../records/textList.ts'
import { type CommonRow, provenanceFields, type RecordHead } from '../sources/commonRowFields.ts'
import { isPseudonym, Pseudonyms, personMark } from '../sources/pseudonyms.ts'
import { isSibling } from './familyRelations.ts'

/** What a family is put together from. */
export const familyNeeds = {
  socialCare: {
    family: [
      ...provenanceFields,
      ...(['relation', 'name', 'parentalResponsibility', 'inHousehold', 'isChild', 'restriction'] as const),
      ...(['sex', 'diedOn', 'childOf', 'partnerOf', 'laChildId'] as const),
    ],
    addresses: [...provenanceFields, 'livingWith', 'from', 'to'],
    communication: [...provenanceFields, 'whose'],
  },
  adultServices: {
    person: [...provenanceFields, 'relation', 'name'],
    services: [...provenanceFields, 'relation', 'service', 'worker', 'contact', 'from', 'to', 'endReason'],
  },
} as const satisfies RequiredFields

export type FamilyAnswers = AnswersTo<typeof familyNeeds>

/** A record as far as every list of them has it. */
export type FamilyRow = RecordHead & Omit<CommonRow, 'sensitivity'>

/** One record that names a person of the family. */
export interface Mention {
  readonly agency: AgencyName
  readonly list: string
  readonly row: FamilyRow
  readonly relation: string
  readonly name: string | null
  /** What tells whether two names are one person's; null where nobody is named. */
  readonly mark: string | null
  /** Whether this caller may read who it is, were it recorded. From the grant alone. */
  readonly namesOpen: boolean
  readonly sex: string | null
  readonly isChild: boolean | null
  readonly inHousehold: boolean | null
  readonly parentalResponsibility: boolean | null
  readonly diedOn: string | null
  readonly restriction: string | null
  readonly childOf: readonly string[]
  readonly partnerOf: readonly string[]
  readonly laChildId: string | null
}

/** A person, by all the records that name them, those of social care first. */
export interface DraftPerson {
  readonly relation: string
  readonly mentions: readonly [Mention, ...Mention[]]
}

const unknown = {
  ...{ name: null, mark: null, sex: null, isChild: null, inHousehold: null, parentalResponsibility: null },
  ...{ diedOn: null, restriction: null, childOf: [], partnerOf: [], laChildId: null },
} as const

const namesThirdParties = (grant: Grant, row: FamilyRow): boolean =>
  permits(grantOfRow(grant, row), bitOf('THIRD_PARTY'), 'CONTENT')

/** Everybody whom a record that this caller may read names as family, household or carer. */
export function mentionsOf(
  answers: FamilyAnswers,
  grants: Readonly<Record<AgencyName, Grant>>,
  asOf: string,
): readonly Mention[] {
  const named = (agency: 'socialCare' | 'adultServices', row: FamilyRow, name: string | null) => ({
    name,
    mark: name === null ? null : personMark(grants[agency].pseudonymKey, name),
    namesOpen: namesThirdParties(grants[agency], row),
  })
  const relatives = uncorrected(rowsOf(answers, 'socialCare', 'family')).map(
    (row): Mention => ({
      ...{ agency: 'socialCare', list: 'family', row, relation: textOf(row, 'relation') ?? 'NOT_STATED' },
      ...named('socialCare', row, textOf(row, 'name')),
      sex: textOf(row, 'sex'),
      isChild: row.isChild ?? null,
      inHousehold: row.inHousehold ?? null,
      parentalResponsibility: row.parentalResponsibility ?? null,
      diedOn: textOf(row, 'diedOn'),
      restriction: textOf(row, 'restriction'),
      childOf: textsOf(row, 'childOf') ?? [],
      partnerOf: textsOf(row, 'partnerOf') ?? [],
      laChildId: textOf(row, 'laChildId'),
    }),
  )
  const adults = uncorrected(rowsOf(answers, 'adultServices', 'person')).flatMap((row): readonly Mention[] => {
    const who = named('adultServices', row, textOf(row, 'name'))
    const relation = textOf(row, 'relation')
    // A household, of which nobody is told: whoever may read a name would read it here.
    if (relation === null && who.name === null && who.namesOpen) return []
    return [
      {
        ...unknown,
        ...{ agency: 'adultServices', list: 'person', row, relation: relation ?? 'NOT_STATED' },
        ...who,
        isChild: false,
      },
    ]
  })
  const spoken = uncorrected(rowsOf(answers, 'socialCare', 'communication')).flatMap((row) =>
    bare('communication', row, textOf(row, 'whose'), null, grants),
  )
  const day = dayOf(asOf)
  const hosts = uncorrected(rowsOf(answers, 'socialCare', 'addresses'))
    .filter((row) => (textOf(row, 'to') ?? '9') > day)
    .flatMap((row) => bare('addresses', row, textOf(row, 'livingWith'), true, grants))
  return [...relatives, ...adults, ...spoken, ...hosts]
}

/** A record that says no more than that there is somebody of a relation. */
const bare = (
  list: string,
  row: FamilyRow,
  relation: string | null,
  inHousehold: boolean | null,
  grants: Readonly<Record<AgencyName, Grant>>,
): readonly Mention[] =>
  relation === null || relation === 'CHILD' || !/^[A-Z]+(_[A-Z]+)*$/.test(relation)
    ? []
    : [
        {
          ...unknown,
          ...{ agency: 'socialCare', list, row, relation, inHousehold },
          namesOpen: namesThirdParties(grants.socialCare, row),
        },
      ]

/**
 * One person for one name; of one relation, where one of two lists names nobody. Two records of one list are two people
 * unless their name is the same: an agency does not write the same down twice without saying so.
 */
export function peopleOf(mentions: readonly Mention[]): readonly DraftPerson[] {
  const people: { relation: string; mentions: [Mention, ...Mention[]] }[] = []
  for (const mention of mentions) {
    const known =
      people.find((person) => person.mentions.some(({ mark }) => mark !== null && mark === mention.mark)) ??
      people.find((person) => isSameByRelation(person, mention))
    if (!known) people.push({ relation: mention.relation, mentions: [mention] })
    else {
      known.mentions.push(mention)
      if (known.relation === 'NOT_STATED') known.relation = mention.relation
    }
  }
  return people
}

const isSameByRelation = ({ relation, mentions }: DraftPerson, mention: Mention): boolean =>
  relation === mention.relation &&
  relation !== 'NOT_STATED' &&
  !mentions.some(({ list, agency }) => list === mention.list && agency === mention.agency) &&
  (mention.mark === null || mentions.every(({ mark }) => mark === null))

/** Whether a person is a child, or may be one: a brother or sister whose age nobody recorded counts as one. */
export const mayBeChild = ({ relation, mentions }: DraftPerson): boolean =>
  mentions.some(({ isChild }) => isChild === true) ||
  (isSibling(relation) && !mentions.some(({ isChild }) => isChild === false))

/** How a person is called to this caller. */
export interface TellName {
  readonly name: string | null
  readonly nameAs: 'NAME' | 'PSEUDONYM' | 'WITHHELD' | 'NOT_RECORDED'
}

/**
 * The name as the records give it. Another child of whom the caller may not know by themselves is a pseudonym, save in
 * what the caller's own organisation wrote.
 *
 * @param isEntitled whether the caller may know of that child.
 */
export function nameOf(
  person: DraftPerson,
  grants: Readonly<Record<AgencyName, Grant>>,
  isEntitled: boolean,
): TellName {
  const naming = person.mentions.find(({ name }) => name !== null)
  if (!naming?.name) {
    // From the grant and never from the row: whether there is a name is as hidden as the name.
    const open = person.mentions.every(({ namesOpen }) => namesOpen)
    return { name: null, nameAs: open ? 'NOT_RECORDED' : 'WITHHELD' }
  }
  if (isPseudonym(naming.name)) return { name: naming.name, nameAs: 'PSEUDONYM' }
  const grant = grants[naming.agency]
  const isOwn = textOf(naming.row, 'provenance.organisation') === grant.organisation
  if (isEntitled || isOwn || !mayBeChild(person)) return { name: naming.name, nameAs: 'NAME' }
  const pseudonym = new Pseudonyms(grant.pseudonymKey).of('CHILD', naming.name)
  return { name: typeof pseudonym === 'string' ? pseudonym : null, nameAs: 'PSEUDONYM' }
}
