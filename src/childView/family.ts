import { type AnswersTo, type Contracts, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, textOf, uncorrected } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { holderIn } from '../sources/servedHolders.ts'
import type { Status } from './banner.ts'
import { type Completeness, completenessOf, listed, ofNone, type Reads } from './countCompleteness.ts'
import {
  type DraftPerson,
  type FamilyRow,
  familyNeeds,
  type Mention,
  mayBeChild,
  mentionsOf,
  nameOf,
  peopleOf,
  type TellName,
} from './familyPeople.ts'
import { generationOf, isMaleCarer, isOneAlone, relationText, sexOf } from './familyRelations.ts'
import { arePartners, childKey, type FamilyTie, type KeyedPerson, tiesOf } from './familyTies.ts'
import { isWhollyOpen } from './listsMayBeRead.ts'
import { nameNeeds, names, personField, sexNeeds } from './namesAndIdentifiers.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import type { Ground, Without } from './whyCountIncomplete.ts'
import { type Withheld, withheldBy } from './withheld.ts'

/** What the family of a child rests on, and the child's own place in it. */
export const wholeFamilyNeeds = mergeNeeds(familyNeeds, nameNeeds, sexNeeds)

const peopleReads = {
  grounds: [{ socialCare: { family: ['relation'] }, adultServices: { person: ['relation'] } }],
} as const satisfies Reads
const servicesReads = { grounds: [{ adultServices: { services: ['service'] } }] } as const satisfies Reads
const relations: RequiredFields = peopleReads.grounds[0]

/** `FamilyService` of `schema/family.graphql`. */
export interface FamilyService {
  readonly id: string
  readonly service: string | null
  readonly worker: string | null
  readonly contact: string | null
  readonly from: string | null
  readonly to: string | null
  readonly endReason: string | null
  readonly provenance: Provenance
}

/** `FamilyPerson` of `schema/family.graphql`. */
export interface FamilyPerson extends TellName {
  readonly key: string
  readonly relation: string
  readonly relationText: string
  readonly generation: number
  readonly sex: string
  readonly isChild: boolean | null
  readonly inHousehold: boolean | null
  readonly parentalResponsibility: boolean | null
  readonly maleCarer: boolean
  readonly diedOn: string | null
  readonly restriction: string | null
  readonly sources: readonly {
    readonly recordId: string
    readonly recordType: string
    readonly relation: string
    readonly provenance: Provenance
  }[]
  readonly confidence: 'CORROBORATED' | 'RECORDED' | 'STATED' | 'DISPUTED'
  readonly services: readonly FamilyService[] | null
  readonly withheld: readonly Withheld[]
  readonly childId: string | null
  readonly status: Status | null
}

/** `Family` of `schema/family.graphql`. */
export interface Family extends Completeness {
  readonly people: readonly FamilyPerson[] | null
  readonly ties: readonly FamilyTie[] | null
  readonly maleCarerRecorded: boolean | null
  readonly without: readonly Without[]
}

/** A child of the family of whom the caller may know by themselves, by the authority's own number. */
export interface KnownRelative {
  readonly childId: string
  readonly status: Status
}

type Answers = AnswersTo<typeof wholeFamilyNeeds>

/** Another child as a record of a family names them: by the number of the holder whose record it is. */
export interface NumberedRelative {
  readonly number: string
  /** Null where holders are not told apart. */
  readonly holder: string | null
}

/** Two authorities may give one number to two children. */
export const relativeKey = ({ number, holder }: NumberedRelative): string => `${holder ?? ''} ${number}`

const numberedIn = (row: { readonly id: string; readonly laChildId?: unknown }): NumberedRelative | null => {
  const number = textOf(row, 'laChildId')
  return number === null ? null : { number, holder: holderIn(row.id, 'socialCare') }
}

/** Other children whom the records of a family number, as far as this caller may read them. */
export const numberedRelatives = (answers: Answers): readonly NumberedRelative[] => {
  const numbered = uncorrected(rowsOf(answers, 'socialCare', 'family')).flatMap((row) => numberedIn(row) ?? [])
  return [...new Map(numbered.map((relative) => [relativeKey(relative), relative])).values()]
}

/** The people around a child, and what they are to each other. */
export function family(
  answers: Answers,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
  relatives: ReadonlyMap<string, KnownRelative>,
): Family {
  const ground = { grants, contracts, answers }
  const completeness = completenessOf(peopleReads, ground)
  const people = peopleOf(mentionsOf(answers, grants, asOf)).map(
    (person, index): KeyedPerson => ({ ...person, key: `P${index + 1}` }),
  )
  const told = people.map((person) => tell(person, people, ground, relatives, asOf))
  const isSeen = told.some(({ maleCarer }) => maleCarer)
  const isKnown = completeness.completeness === 'WHOLE' && isWhollyOpen(relations, ground)
  return {
    people: listed([theChild(answers, contracts), ...told], completeness, told.length),
    ties: listed(tiesOf(people), completeness),
    maleCarerRecorded: isSeen || (isKnown ? false : null),
    ...(told.length === 0 ? ofNone(completeness) : completeness),
  }
}

/** The child as the first of the people, so that whoever draws has one list. */
function theChild(answers: Answers, contracts: Contracts): FamilyPerson {
  const [name] = names(answers, contracts)
  return {
    ...{ key: childKey, relation: 'CHILD', relationText: 'The child', generation: 0 },
    name: name ? [name.given, name.family].filter((part) => part !== null).join(' ') : null,
    nameAs: name ? 'NAME' : 'NOT_RECORDED',
    sex: sexWord(personField(answers, 'sex')) ?? 'U',
    ...{ isChild: true, inHousehold: null, parentalResponsibility: null, maleCarer: false, diedOn: null },
    ...{ restriction: null, sources: [], confidence: 'RECORDED', services: null, withheld: [] },
    ...{ childId: null, status: null },
  }
}

/** Health codes sex by number. */
const sexWord = (code: string | null): string | null =>
  code === '1' || code === 'M' ? 'M' : code === '2' || code === 'F' ? 'F' : null

const relativeOf = (
  { row, laChildId }: Mention,
  relatives: ReadonlyMap<string, KnownRelative>,
): KnownRelative | null => {
  const numbered = numberedIn({ id: row.id, laChildId })
  return (numbered && relatives.get(relativeKey(numbered))) ?? null
}

function tell(
  person: KeyedPerson,
  people: readonly KeyedPerson[],
  ground: Ground & { readonly answers: Answers },
  relatives: ReadonlyMap<string, KnownRelative>,
  asOf: string,
): FamilyPerson {
  const { key, relation, mentions } = person
  const { contracts, grants } = ground
  const known = mentions.map((mention) => relativeOf(mention, relatives)).find((one) => one !== null) ?? null
  const first = <Field extends keyof Mention>(field: Field): Mention[Field] | null =>
    mentions.find((mention) => mention[field] !== null)?.[field] ?? null
  const isChild = first('isChild') ?? (mayBeChild(person) ? null : false)
  const sex = sexWord(first('sex')) ?? sexOf(relation)
  const [inHousehold, diedOn] = [first('inHousehold'), first('diedOn')]
  const name = nameOf(person, grants, known !== null)
  return {
    ...{ key, relation, relationText: relationText(relation), sex, isChild, ...name },
    generation: generationOf(relation, isChild),
    inHousehold,
    parentalResponsibility: first('parentalResponsibility'),
    maleCarer: isMaleCarer({ relation, sex, isChild, inHousehold, diedOn }, dayOf(asOf)),
    diedOn,
    restriction: first('restriction'),
    sources: mentions.map(({ agency, list, row, relation: as }) => ({
      ...{ recordId: row.id, recordType: list, relation: as },
      provenance: provenanceOf(row, contracts[agency]),
    })),
    confidence: confidenceOf(person, people, ground),
    services: isChild === true || mayBeChild(person) ? null : servicesOf(person, ground),
    withheld:
      name.nameAs === 'WITHHELD'
        ? withheldBy(grants[mentions[0].agency], contracts[mentions[0].agency]).filter(
            ({ category }) => category === 'THIRD_PARTY',
          )
        : [],
    childId: known?.childId ?? null,
    status: known?.status ?? null,
  }
}

function confidenceOf(
  person: KeyedPerson,
  people: readonly KeyedPerson[],
  { contracts }: Ground,
): FamilyPerson['confidence'] {
  const { relation, mentions, key } = person
  // Two mothers who are a couple are two mothers; two names for one mother are two words against each other.
  const isAnother = (other: KeyedPerson) =>
    other.key !== key && other.relation === relation && !arePartners(person, other)
  if (isOneAlone(relation) && people.some(isAnother)) return 'DISPUTED'
  const provenance = mentions.map(({ agency, row }) => provenanceOf(row, contracts[agency]))
  if (new Set(provenance.map(({ agency, organisation }) => organisation ?? agency)).size > 1) return 'CORROBORATED'
  return provenance.some(({ evidence }) => evidence === 'FACT') ? 'RECORDED' : 'STATED'
}

/** Services of an adult: of the same person there, or where that is not told, of the same relation. */
function servicesOf(
  { relation, mentions }: DraftPerson,
  ground: Ground & { readonly answers: Answers },
): readonly FamilyService[] | null {
  const persons = new Set(
    mentions.filter(({ agency }) => agency === 'adultServices').map(({ row }) => row.person || null),
  )
  const isTheirs = (row: FamilyRow & { readonly relation: unknown }): boolean =>
    (row.person !== '' && persons.has(row.person)) || row.relation === relation
  const rows = uncorrected(rowsOf(ground.answers, 'adultServices', 'services')).filter(isTheirs)
  return listed(
    rows.map((row) => ({
      id: row.id,
      service: textOf(row, 'service'),
      worker: textOf(row, 'worker'),
      contact: textOf(row, 'contact'),
      from: textOf(row, 'from', 'eventAt'),
      to: textOf(row, 'to'),
      endReason: textOf(row, 'endReason'),
      provenance: provenanceOf(row, ground.contracts.adultServices),
    })),
    completenessOf(servicesReads, ground),
  )
}
