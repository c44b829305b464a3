import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Grant, WithheldLabel } from '../policy/grant.ts'
import type { Label } from '../policy/labels.ts'
import { carriedRowsOf, type SectionInput } from './carriedRows.ts'
import { disclosureOf, neverWritten } from './transferableLists.ts'
import type { TransferItem } from './transferTypes.ts'

/** A part of the records of one label that the recipient may not read, beside what it reads of them. */
export interface HeldInPart {
  readonly agency: AgencyName
  readonly label: Label
  /** The organisation that withholds it; null where it is withheld of every holder, or whose it is may not be told. */
  readonly by: string | null
  readonly reason: string
  readonly contact: string | null
}

/** From the grant alone, so that no record moves what is said of it. */
export function heldInPart(input: SectionInput, agency: AgencyName, label: Label): readonly HeldInPart[] {
  const grant = input.child.grants[agency]
  if (neverWritten.has(label)) return []
  const contact = input.contracts[agency].contact ?? null
  const common = grant.withheld.filter((one) => one.label === label && one.level === 'HEADLINE')
  return [
    ...common.map(({ reason }): HeldInPart => ({ agency, label, by: null, reason, contact })),
    ...heldByOne(grant, label).map(
      ({ by, reason }): HeldInPart => ({
        ...{ agency, label, by, reason },
        contact: contactOf(input, agency, label, by) ?? contact,
      }),
    ),
  ]
}

/** What single holders keep back of a label: all of it, its content, or one record. */
const heldByOne = (
  { withheld, apart = [], heldParts = [] }: Grant,
  label: Label,
): readonly (Pick<WithheldLabel, 'reason'> & { readonly by: string | null })[] => {
  const isCommon = (one: WithheldLabel): boolean =>
    withheld.some((other) => other.label === label && other.level === one.level && other.reason === one.reason)
  const all = [
    ...apart.flatMap(({ heldBackBy, withheld: more }) =>
      more
        .filter((one) => one.label === label && !isCommon(one))
        .map(({ reason }) => ({ by: heldBackBy as string | null, reason })),
    ),
    ...heldParts
      .filter((part) => part.label === label)
      .map(({ organisation, reason }) => ({ by: organisation || null, reason })),
  ]
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

const contactOf = ({ registry }: SectionInput, agency: AgencyName, label: Label, by: string | null): string | null => {
  const holder = [...registry.holders.values()].find(({ kind, organisation }) => kind === agency && organisation === by)
  return holder?.contact?.byLabel?.[label] ?? holder?.contact?.office ?? null
}

/**
 * The same items, in which each that rests on records of a kind of which a part is withheld says so, and behind them
 * one for each such part, with the reason and whom to ask: what was read would else pass for all that there is.
 *
 * @param title of the section, for parts of what several items tell of.
 */
export function sayingWhatIsHeld(
  items: readonly TransferItem[],
  input: SectionInput,
  { title, isByEvent }: { readonly title: string; readonly isByEvent: boolean },
  listsOf: (agency: AgencyName) => readonly string[],
): readonly TransferItem[] {
  const lacking = new Map<string, readonly HeldInPart[]>()
  for (const agency of agencies)
    for (const list of listsOf(agency)) {
      const label = disclosureOf(input.contracts[agency], list)?.label
      const parts = label === undefined ? [] : heldInPart(input, agency, label)
      if (parts.length > 0) for (const { id } of carriedRowsOf(input, agency, list)) lacking.set(id, parts)
    }
  if (lacking.size === 0) return items
  const lackingOf = (item: TransferItem): readonly HeldInPart[] =>
    item.state === 'KNOWN' ? [...new Set(item.records.flatMap((id) => lacking.get(id) ?? []))] : []
  const told = new Map<string, { readonly part: HeldInPart; readonly labels: Set<string> }>()
  for (const item of items)
    for (const part of lackingOf(item)) {
      const key = JSON.stringify([part.agency, part.by, part.reason])
      const known = told.get(key) ?? { part, labels: new Set<string>() }
      told.set(key, { ...known, labels: known.labels.add(item.label) })
    }
  const said = isByEvent ? items : items.map((item) => withWhatIsHeld(item, lackingOf(item)))
  return [
    ...said,
    ...[...told.values()].map(({ part: { agency, by, reason, contact }, labels: [label = title, ...more] }) => ({
      label: `${more.length > 0 ? title : label}: a part${by === null ? '' : `, withheld by ${by}`}`,
      ...{ state: 'WITHHELD' as const, value: null, reason, contact },
      ...{ agency: input.contracts[agency].agency, la: null, records: [] },
    })),
  ]
}

const withWhatIsHeld = (item: TransferItem, parts: readonly HeldInPart[]): TransferItem => {
  if (parts.length === 0) return item
  const whose = [...new Set(parts.flatMap(({ by }) => by ?? []))]
  return { ...item, value: `${item.value}; more is withheld${whose.length > 0 ? ` by ${whose.join(', ')}` : ''}` }
}
