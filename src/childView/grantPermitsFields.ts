import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { madeOnce } from '../foundation/madeOnce.ts'
import type { Grant, RowsGrant } from '../policy/grant.ts'
import { bitOf, type Label, maskOf } from '../policy/labels.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { FieldDisclosure, ListDisclosure } from '../sources/contract.ts'

export interface NeededList {
  readonly agency: AgencyName
  readonly list: string
  readonly fields: readonly string[]
}

export const noFields: readonly string[] = []

/** What is required is written down once with whoever requires it, and asked for of every child. */
export const listsIn = madeOnce((required: RequiredFields): readonly NeededList[] =>
  agencies.flatMap((agency) =>
    Object.entries<readonly string[]>(required[agency] ?? {}).map(([list, fields]) => ({ agency, list, fields })),
  ),
)

/** What some fields of a list need: masks by which a grant is tested at once, and each by itself to say what lacks. */
interface Needs {
  readonly each: readonly FieldDisclosure[]
  readonly headline: number
  readonly content: number
  /** What may also be read as a pseudonym. */
  readonly pseudonym: number
}

const needsOfList = madeOnce((disclosure: ListDisclosure) =>
  madeOnce((required: readonly string[]): Needs => {
    const { label, existence, fields } = disclosure
    // Fields that every record has, as its provenance, are read as its existence is.
    const each = [{ label, level: existence, pseudonym: null }, ...required.flatMap((field) => fields.get(field) ?? [])]
    const mask = (isIt: (need: FieldDisclosure) => boolean) => maskOf(each.filter(isIt).map((need) => need.label))
    return {
      each,
      headline: mask(({ level }) => level === 'HEADLINE'),
      content: mask(({ level, pseudonym }) => level !== 'HEADLINE' && pseudonym === null),
      pseudonym: mask(({ level, pseudonym }) => level !== 'HEADLINE' && pseudonym !== null),
    }
  }),
)

/** What these fields of a list need, that there is a record among it. */
export const needsOf = (disclosure: ListDisclosure, required: readonly string[]): Needs =>
  needsOfList(disclosure)(required)

/**
 * Single records of a list's label that a holder keeps back, whole or in the content that is needed: which list they
 * stand in is not told.
 */
export const heldPartsOf = ({ heldParts = [] }: Pick<Grant, 'heldParts'>, { label }: ListDisclosure, { each }: Needs) =>
  heldParts.filter(
    (part) =>
      part.label === label &&
      (part.level === 'HEADLINE' || each.some((need) => need.label === label && need.level === 'CONTENT')),
  )

export const permitsAll = (rows: RowsGrant, { headline, content, pseudonym }: Needs): boolean =>
  (headline & ~rows.headline) === 0 &&
  (content & ~rows.content) === 0 &&
  (pseudonym & ~(rows.content | rows.redact)) === 0

const permitsNeed = (rows: RowsGrant, { label, level, pseudonym }: FieldDisclosure): boolean => {
  const readable = level === 'HEADLINE' ? rows.headline : rows.content | (pseudonym === null ? 0 : rows.redact)
  return (readable & bitOf(label)) !== 0
}

export type Shut = Pick<FieldDisclosure, 'label' | 'level'>

export const shutNeeds = ({ each }: Needs, grant: RowsGrant): readonly Shut[] =>
  each.filter((need) => !permitsNeed(grant, need))

/** Labels that single rows of the list can bear besides, whose rows stay out: a row needs the content of each. */
export const rowLabelsShut = (labels: readonly Label[] | undefined, grant: RowsGrant): readonly Shut[] =>
  (labels ?? []).filter((label) => (grant.content & bitOf(label)) === 0).map((label) => ({ label, level: 'CONTENT' }))

/**
 * Rows that a service owns are read at their headline by that service alone: without the content of the list's own
 * label the others stay out.
 */
export const ownedShut = (
  { disclosure, ownedBy }: { readonly disclosure: ListDisclosure; readonly ownedBy: string | undefined },
  { content }: Pick<RowsGrant, 'content'>,
): readonly Shut[] =>
  ownedBy === undefined || (content & bitOf(disclosure.label)) !== 0
    ? []
    : [{ label: disclosure.label, level: 'CONTENT' }]
