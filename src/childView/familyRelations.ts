import { spoken } from '../foundation/codeInWords.ts'
import { textOf } from '../records/currentRows.ts'

/** `FamilyTieKind` of `schema/family.graphql`. */
export type FamilyTieKind =
  | 'PARENT'
  | 'STEP_PARENT'
  | 'ADOPTIVE_PARENT'
  | 'FOSTER_CARER'
  | 'COUPLE'
  | 'SIBLING'
  | 'HALF_SIBLING'
  | 'STEP_SIBLING'
  | 'ADOPTED_SIBLING'
  | 'RELATIVE'

/** What an adult of a household is to a child, as records mostly name it. */
export const adultRelations: readonly string[] = [
  ...['MOTHER', 'FATHER', 'STEPMOTHER', 'STEPFATHER', 'GRANDMOTHER', 'GRANDFATHER', 'AUNT', 'UNCLE'],
  ...['MOTHERS_PARTNER', 'FATHERS_PARTNER', 'FOSTER_CARER', 'GUARDIAN', 'ADULT'],
]

/** Whether a relation is that of the child's brother or sister, of whatever kind. */
export const isSibling = (relation: string): boolean => /BROTHER|SISTER|SIBLING|TWIN/.test(relation)

/** Generations above the child. Whoever's place is not known stands beside the parents, a child beside the child. */
export function generationOf(relation: string, isChild: boolean | null): number {
  if (/GREAT_?GRAND/.test(relation)) return 3
  if (/GRAND(MOTHER|FATHER|PARENT)/.test(relation)) return 2
  if (relation === 'SON' || relation === 'DAUGHTER') return -1
  if (isSibling(relation) || /COUSIN|NIECE|NEPHEW/.test(relation)) return 0
  return isChild ? 0 : 1
}

/** What a relation says of somebody's sex; `U` where it says nothing. */
export function sexOf(relation: string): 'F' | 'M' | 'U' {
  if (/PARTNER|SPOUSE/.test(relation)) return 'U'
  if (/GIRLFRIEND|MOTHER_FIGURE|MOTHER$|SISTER|AUNT|WIFE|NIECE|DAUGHTER|(^|_)FEMALE/.test(relation)) return 'F'
  if (/BOYFRIEND|FATHER|BROTHER|UNCLE|HUSBAND|NEPHEW|(^|_)SON$|(^|_)MALE/.test(relation)) return 'M'
  return 'U'
}

const ofParent = /PARTNER|BOYFRIEND|GIRLFRIEND|HUSBAND|WIFE/

/** What whoever has a relation is to the child. */
export function tieToChild(relation: string): FamilyTieKind {
  if (isSibling(relation)) {
    if (/ADOPT/.test(relation)) return 'ADOPTED_SIBLING'
    if (/HALF/.test(relation)) return 'HALF_SIBLING'
    return /STEP/.test(relation) ? 'STEP_SIBLING' : 'SIBLING'
  }
  if (/GRAND/.test(relation)) return 'RELATIVE'
  if (/FOSTER/.test(relation)) return 'FOSTER_CARER'
  if (/ADOPTIVE/.test(relation)) return 'ADOPTIVE_PARENT'
  if (/STEP/.test(relation) || ofParent.test(relation)) return 'STEP_PARENT'
  return /^(BIRTH_|BIOLOGICAL_)?(MOTHER|FATHER|PARENT)$/.test(relation) ? 'PARENT' : 'RELATIVE'
}

/** What is recorded of somebody around a child, as far as it decides whether he is a man who cares. */
export interface Recorded {
  readonly relation: string
  /** `M`, `F` or `U`; null where only the relation says it. */
  readonly sex: string | null
  readonly isChild: boolean | null
  readonly inHousehold: boolean | null
  readonly diedOn: string | null
}

/** Relations of whoever brings a child up: parents and those who stand in their place. */
const cares = (relation: string): boolean =>
  /^(PARENT|GUARDIAN|SPECIAL_GUARDIAN)$|CARER$|_FIGURE$/.test(relation) ||
  ['PARENT', 'STEP_PARENT', 'ADOPTIVE_PARENT', 'FOSTER_CARER'].includes(tieToChild(relation))

/** Relatives who may care: they do where they live with the child, and it is not known where no record says. */
const mayCare = (relation: string): boolean => /GRAND(FATHER|PARENT)|UNCLE/.test(relation)

/**
 * Whether this is a living man who is a parent, a parent's partner or another carer. A godfather, a neighbour or a
 * friend is one where he lives with the child; a boy, a former partner and a man who died are none.
 */
export function isMaleCarer({ relation, sex, isChild, inHousehold, diedOn }: Recorded, day: string): boolean {
  if (isChild === true || (diedOn !== null && diedOn <= day) || /(^|_)(EX|FORMER)_/.test(relation)) return false
  if (generationOf(relation, isChild) <= 0) return false
  const isHis = sex === null || sex === 'U' ? sexOf(relation) : sex
  // Of a parent's partner whose sex nobody recorded it is not assumed that she is a woman.
  if (isHis === 'F' || (isHis === 'U' && !(ofParent.test(relation) && !/FATHER/.test(relation)))) return false
  if (cares(relation)) return true
  if (mayCare(relation)) return inHousehold !== false
  return inHousehold === true && isChild === false
}

/** The father himself, who stays him when he died. */
const isFather = (relation: string): boolean => /^((BIRTH|BIOLOGICAL|ADOPTIVE)_)?FATHER$/.test(relation)

/** Whether a record says who the father is, or names a man who cares for the child. */
export const isFatherOrMaleCarer = (recorded: Recorded, day: string): boolean =>
  isFather(recorded.relation) || isMaleCarer(recorded, day)

/** A row of relatives, as far as the reader may read it. */
export const recordedOf = (row: {
  readonly relation?: unknown
  readonly sex?: unknown
  readonly isChild?: boolean | null | undefined
  readonly inHousehold?: boolean | null | undefined
  readonly diedOn?: unknown
}): Recorded => ({
  relation: textOf(row, 'relation') ?? '',
  sex: textOf(row, 'sex'),
  isChild: row.isChild ?? null,
  inHousehold: row.inHousehold ?? null,
  diedOn: textOf(row, 'diedOn'),
})

/** Relations that one person alone can have: two names for one of them are two words against each other. */
export const isOneAlone = (relation: string): boolean => /^(BIRTH_|BIOLOGICAL_)?(MOTHER|FATHER)$/.test(relation)

/** `ADOPTED_SIBLING` → `Adopted sibling`. */
export const relationText = (relation: string): string => {
  const words = spoken(relation)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
