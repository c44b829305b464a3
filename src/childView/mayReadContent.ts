import { type Grant, permits } from '../policy/grant.ts'
import { bitOf, type Label } from '../policy/labels.ts'
import { grantOfRow } from '../policy/ownRowGrants.ts'
import type { CommonRow } from '../sources/commonRowFields.ts'

/**
 * Whether a caller may read the content of a row of this label, which hangs on who holds the row. A picture asks it
 * where an empty field and a withheld one must not be taken for each other.
 */
export const readsContent =
  (grant: Grant, label: Label) =>
  (row: Pick<CommonRow, 'provenance.organisation'>): boolean =>
    permits(grantOfRow(grant, row), bitOf(label), 'CONTENT')
