import type { RequiredFields } from '../records/requiredFields.ts'
import { heldPartsOf, listsIn, needsOf, ownedShut, permitsAll, rowLabelsShut } from './grantPermitsFields.ts'
import type { Ground } from './whyCountIncomplete.ts'

/**
 * Whether every row of these lists may be read in full, whatever of it may be told: also no row that bears a further
 * label stays out, and no holder holds back more. From grants and contracts alone. Only then is it known that there is
 * none.
 */
export const isWhollyOpen = (required: RequiredFields, { grants, contracts }: Omit<Ground, 'answers'>): boolean =>
  listsIn(required).every(({ agency, list, fields }) => {
    const { disclosure, rowLabels, ownedBy } = contracts[agency].lists[list] ?? {}
    const grant = grants[agency]
    return (
      disclosure !== undefined &&
      [grant, ...(grant.apart ?? [])].every(
        (part) =>
          permitsAll(part, needsOf(disclosure, fields)) &&
          rowLabelsShut(rowLabels, part).length === 0 &&
          ownedShut({ disclosure, ownedBy }, part).length === 0,
      ) &&
      heldPartsOf(grant, disclosure, needsOf(disclosure, fields)).length === 0
    )
  })

/**
 * Whether these lists are open, be it with single rows kept back. What is hidden is answered as nothing held, and is no
 * reason to say that there is nobody.
 */
export const areOpen = (required: RequiredFields, { grants, contracts }: Omit<Ground, 'answers'>): boolean =>
  listsIn(required).every(({ agency, list, fields }) => {
    const { disclosure } = contracts[agency].lists[list] ?? {}
    return disclosure !== undefined && permitsAll(grants[agency], needsOf(disclosure, fields))
  })
