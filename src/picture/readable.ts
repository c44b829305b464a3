import { textOf } from '../consent/period.ts'
import { type Grant, permits } from '../policy/grant.ts'
import { bitOf, type Label } from '../policy/labels.ts'
import type { Row } from '../sources/contract.ts'

/**
 * Whether a caller may read the content of a row of this label: by the grant, or because the row is their organisation's
 * own. A picture asks it where an empty field and a withheld one must not be taken for each other.
 */
export const readsContent =
  (grant: Grant, label: Label) =>
  (row: Row): boolean =>
    permits(grant, bitOf(label), 'CONTENT') ||
    ((grant.own & bitOf(label)) !== 0 && textOf(row, 'provenance.organisation') === grant.organisation)
