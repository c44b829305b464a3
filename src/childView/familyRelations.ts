import { spoken } from '../foundation/codeInWords.ts'
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

/** Whether an adult of this relation and sex is a man who is a parent, a parent's partner or another carer. */
export const isMaleCarer = (relation: string, sex: string, isChild: boolean | null): boolean =>
  isChild !== true &&
  generationOf(relation, isChild) > 0 &&
  (sex === 'M' || (sex === 'U' && ofParent.test(relation) && !/FATHER/.test(relation)))

/** Relations that one person alone can have: two names for one of them are two words against each other. */
export const isOneAlone = (relation: string): boolean => /^(BIRTH_|BIOLOGICAL_)?(MOTHER|FATHER)$/.test(relation)

/** `ADOPTED_SIBLING` → `Adopted sibling`. */
export const relationText = (relation: string): string => {
  const words = spoken(relation)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
