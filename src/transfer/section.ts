import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Label } from '../policy/labels.ts'
import { dayOf } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { type CarriedRows, carriedRowsOf, everyWithheldOf, type FilledInput, type SectionInput } from './carriedRows.ts'
import { day } from './sectionWords.ts'
import { disclosureOf, listsTakenFrom } from './transferableLists.ts'
import type { SectionContent, SectionState, SupportedType, TransferItem, WithheldEntry } from './transferTypes.ts'

/** Facts that decide which sections must be there. */
export interface SummaryFacts {
  readonly type: SupportedType
  /** Whole years; null when no date of birth is known. */
  readonly age: number | null
  readonly isUnborn: boolean
}

/** One section of the record: what it needs, whether it must be there, and how it is filled. */
export interface Section {
  readonly code: string
  readonly title: string
  readonly mandatory: (facts: SummaryFacts) => boolean
  /** Values of the `Agency` enum. */
  readonly suppliers: readonly string[]
  /** Fields by agency and list. */
  readonly needs: RequiredFields
  /** Whether it draws on every list that a transfer takes, whatever agencies there are. */
  readonly everyList?: true
  /** Labels of single fields that differ from their list's: they are listed in `withheld` too. */
  readonly fieldLabels?: Readonly<Partial<Record<AgencyName, readonly Label[]>>>
  // A method, so that a section that is filled from its own rows stands among the others.
  fill(input: FilledInput): TransferItem[]
}

/** What a section with such needs is filled from. */
export type InputTo<Required extends RequiredFields> = FilledInput<CarriedRows<Required>>

/** A section whose rows have the fields that it needs, and no other. */
export const section = <const Required extends RequiredFields>(
  of: Omit<Section, 'needs' | 'fill'> & {
    readonly needs: Required
    fill(input: InputTo<Required>): TransferItem[]
  },
): Section => of

export const always = (): boolean => true
export const conditional = (): boolean => false
/** Compulsory school age, widely drawn: four to sixteen; a child whose age is unknown is taken to be of it. */
export const ofSchoolAge = ({ age, isUnborn }: SummaryFacts): boolean =>
  !isUnborn && (age === null || (age >= 4 && age <= 16))

export const factsOf = (input: SectionInput): SummaryFacts => ({
  type: input.transfer.type,
  age: ageOf(input),
  isUnborn: isUnborn(input),
})

/** No date of birth, and social care expects one. */
const isUnborn = (input: SectionInput): boolean =>
  ageOf(input) === null && carriedRowsOf(input, 'socialCare', 'person').some((row) => day(row, 'expectedDate') !== null)

const ageOf = (input: SectionInput): number | null => {
  const births = (['socialCare', 'health', 'education'] as const).flatMap((agency) =>
    carriedRowsOf(input, agency, 'person').flatMap((row) => day(row, 'dateOfBirth') ?? []),
  )
  const [born] = births
  if (born === undefined) return null
  const on = dayOf(input.child.asOf)
  return Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)
}

/**
 * The state of a section, by rule: a blank never satisfies, and none is complete or beside the point while some of it
 * is withheld, be it an item or a label of which nothing was read.
 */
export const sectionState = (
  items: readonly TransferItem[],
  mandatory: boolean,
  isWithheldInPart: boolean,
): SectionState => {
  const all = (state: TransferItem['state']): boolean => items.every((item) => item.state === state)
  if (items.length === 0 || all('MISSING')) return 'MISSING'
  if (all('WITHHELD')) return 'WITHHELD'
  if (!mandatory && !isWithheldInPart && all('NOT_HELD')) return 'NOT_APPLICABLE'
  const lacks = ({ state }: TransferItem): boolean => state === 'MISSING' || state === 'WITHHELD'
  return isWithheldInPart || items.some(lacks) ? 'PARTIAL' : 'COMPLETE'
}

/** Labels of a section that the recipient may not read, by agency, in the order of its needs. */
export const sectionWithheld = (section: Section, input: SectionInput): WithheldEntry[] => {
  return agencies.flatMap((agency) => {
    const contract = input.contracts[agency]
    const lists = Object.keys(section.everyList ? listsTakenFrom(contract) : (section.needs[agency] ?? {}))
    const labels = new Set<Label>([
      ...lists.flatMap((list) => disclosureOf(contract, list)?.label ?? []),
      ...(section.fieldLabels?.[agency] ?? []),
    ])
    return [...labels].flatMap((label) => everyWithheldOf(input, agency, label))
  })
}

export const fillSection = (section: Section, input: FilledInput): SectionContent => {
  const items = section.fill(input)
  const mandatory = section.mandatory(factsOf(input))
  const withheld = sectionWithheld(section, input)
  return {
    code: section.code,
    title: section.title,
    state: sectionState(items, mandatory, withheld.length > 0),
    mandatory,
    supplier: section.suppliers,
    missing: items.filter(({ state }) => state === 'MISSING').map(({ label }) => label),
    withheld,
    items,
  }
}
