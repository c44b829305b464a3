import type { SeedRow } from '../../../seeds/seedRecord.ts'
import { type AgencyName, agencies } from '../../../src/foundation/agencies.ts'
import type { Disclosure, Label } from '../../../src/policy/labels.ts'
import type { ListLayout } from '../../../src/sources/sourceLayout.ts'
import { links, seeds } from '../../seeds/records.ts'
import type { TestGateway } from '../../support/gateway.ts'

/** A text that a hold takes out of answers. What is read as headline passes a hold where there is harm. */
export interface Needle {
  readonly text: string
  readonly level: Disclosure
}

/** What a hold on one label concerns: texts that stand in what one organisation holds of a child, and nowhere else. */
export interface HeldContent {
  readonly child: string
  readonly agency: AgencyName
  readonly organisation: string
  readonly label: Label
  readonly needles: readonly Needle[]
}

/** Shorter texts stand in other words. */
const shortest = 12

/** Sentences and names, and no codes: a code stands in every schema. */
const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.length >= shortest && /[a-z]{3}/.test(value) ? [value] : []
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

interface Said extends Needle {
  readonly label: Label
}

/** What one row says, each text with the label and level under which it is read; the record's id under its type's. */
function saidIn(row: SeedRow, list: ListLayout): readonly Said[] {
  const texts = [...list.columns.values()].flatMap(({ field, label }) =>
    textsOf(row[`field.${field}`] ?? row[field]).map((text) => ({ text, label: label.label, level: label.level })),
  )
  return [{ text: row.id, label: list.type.label, level: list.type.level }, ...texts]
}

/** Everything that can be held back by a label, by child, organisation and label. */
export function everyHeld(gateway: TestGateway): readonly HeldContent[] {
  const childOf = new Map(links.map(({ child, agency, person }) => [`${agency} ${person}`, child]))
  const stored = agencies.flatMap((agency) =>
    [...gateway.opened.catalogue.model.layouts[agency].lists.values()].flatMap((list) =>
      (seeds[agency].records[list.list] ?? []).flatMap((row) =>
        saidIn(row, list).map((said) => ({
          ...said,
          row,
          key: `${childOf.get(`${agency} ${row.person}`) ?? ''} ${agency} ${row.organisation ?? ''} ${said.label}`,
        })),
      ),
    ),
  )
  const written = agencies
    .flatMap((agency) => Object.values(seeds[agency].records).flat())
    .map((row) => [row, JSON.stringify(row)] as const)
  const isOfKey = new Map<string, Set<SeedRow>>()
  for (const { key, row } of stored) isOfKey.set(key, (isOfKey.get(key) ?? new Set()).add(row))
  // What another organisation's row says too, or under another label, would be found there.
  const isAlone = ({ key, text }: (typeof stored)[number]): boolean =>
    written.every(([row, all]) => isOfKey.get(key)?.has(row) || !all.includes(text)) &&
    stored.every((other) => other.key === key || !other.text.includes(text))
  const found = new Map<string, Needle[]>()
  for (const one of stored.filter(isAlone)) found.set(one.key, [...(found.get(one.key) ?? []), one])
  return [...found].flatMap(([key, needles]): HeldContent[] => {
    const [child = '', name, organisation = '', label = ''] = key.split(' ')
    const agency = agencies.find((each) => each === name)
    return agency && child && organisation ? [{ child, agency, organisation, label: label as Label, needles }] : []
  })
}
