import { type Grant, permits } from './grant.ts'
import { bitOf, type Label } from './labels.ts'

/**
 * Records of which their holder has not said what they are: without a code, or of a code system that nobody looked
 * through. No label stands for them, so no pack opens them: until they are classified the holder's own clinicians
 * read them, and nobody else.
 */
const general: Label = 'HEALTH_GENERAL'

/**
 * Whether a record that nobody classified is read: by the organisation that holds it, where its own general records
 * are read in full.
 */
export const readsUnclassified = (grant: Grant, organisation: string | null): boolean =>
  grant.own !== null &&
  grant.callerType === 'HEALTH' &&
  organisation === grant.organisation &&
  (grant.own.content & bitOf(general)) !== 0

/**
 * Whether a caller is told that there may be such records: whoever may know of general ones. From the grant alone,
 * and the same for every child: whether there are any is not looked at.
 */
export const tellsOfUnclassified = (grant: Grant): boolean =>
  permits(grant, bitOf(general), 'HEADLINE') || grant.withheld.some(({ label }) => label === general)
