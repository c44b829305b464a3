import { type AgencyName, agencies } from '../../foundation/agencies.ts'
import { type RequiredFields, requiredByContracts } from '../../records/requiredFields.ts'
import type { SourceContract } from '../../sources/contract.ts'
import { answered, type Carried, carriedRowsOf, type SectionInput } from '../carriedRows.ts'
import { always, type Section } from '../section.ts'
import { known, partWithheld, withheldFrom, without } from '../sectionItems.ts'
import { day, phrase } from '../sectionWords.ts'
import { disclosureOf, listsTakenFrom } from '../transferableLists.ts'
import type { TransferItem } from '../transferTypes.ts'

/** Fields that each agency's contract uses to tell a record, for the lists that a transfer may carry. */
export const chronologyNeeds = (
  contracts: Readonly<Record<(typeof agencies)[number], SourceContract>>,
): RequiredFields =>
  requiredByContracts(
    Object.fromEntries(
      agencies.map((agency) => [
        agency,
        Object.fromEntries(narrated(contracts[agency]).map(([list, rule]) => [list, [...rule.fields]])),
      ]),
    ),
  )

const narrated = (contract: SourceContract) =>
  Object.entries(contract.lists).flatMap(([list, { chronology: rule, parent }]) =>
    rule && !parent && disclosureOf(contract, list) ? [[list, rule] as const] : [],
  )

/**
 * T14. Every agency's events in one line of time. An agency without an event says so, so that it is not merely absent.
 */
export const chronology: Section = {
  code: 'T14',
  title: 'Chronology',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'EDUCATION', 'HEALTH', 'POLICE', 'ADULT_SERVICES'],
  needs: {},
  everyList: true,
  fill: (input) => {
    const events = agencies.flatMap((agency) =>
      narrated(input.contracts[agency]).flatMap(([list, { tell }]) =>
        carriedRowsOf(input, agency, list).flatMap((row) => {
          const line = tell(row)
          const value = phrase(line.headline, line.action, line.impactOnChild)
          return value === null
            ? []
            : [{ at: at(row), item: known(day(row, 'eventAt') ?? 'no date', value, [row]), id: row.id, agency }]
        }),
      ),
    )
    const ordered = events.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
    const spoken = new Set<string>(events.map(({ agency }) => agency))
    // Whoever spoke says beside it what of theirs is withheld: the line of time is not the whole.
    const beside = agencies.flatMap((agency) =>
      spoken.has(agency) ? (withheldLists(input, agency)[0] ?? []) : silence(input, agency),
    )
    return [...ordered.map(({ item }) => item), ...beside]
  },
}

const at = (row: Carried): string => String(row.eventAt ?? '')

const labelOf = (input: SectionInput, agency: AgencyName): string => `Events known to ${input.contracts[agency].title}`

/** One item for each list of which something is withheld. */
const withheldLists = (input: SectionInput, agency: AgencyName): readonly TransferItem[] =>
  Object.keys(listsTakenFrom(input.contracts[agency])).flatMap((list) =>
    partWithheld(input, { agency, label: labelOf(input, agency), list }),
  )

const silence = (input: SectionInput, agency: AgencyName): TransferItem => {
  const { title, contact, agency: controller } = input.contracts[agency]
  const label = labelOf(input, agency)
  if (!answered(input, agency)) return without(label, 'MISSING', `${title} could not be reached.`, contact, controller)
  const [kept] = Object.keys(listsTakenFrom(input.contracts[agency])).flatMap(
    (list) => withheldFrom(input, { agency, label, list }, false) ?? [],
  )
  return (
    withheldLists(input, agency)[0] ??
    kept ??
    without(label, 'NOT_HELD', 'No event that may be disclosed.', contact, controller)
  )
}
