import type { FieldClass } from './classify.ts'
import type { RowsGrant } from './grant.ts'
import { placeReading } from './placePrecision.ts'
import { isNamed, type PersonGrain } from './whichPersonsNamed.ts'

/** How a field is read under one part of a grant. */
export type FieldReading = 'VALUE' | 'PSEUDONYM' | 'NOTHING'

/**
 * How a field may be read. One function for the statement, the schema's own check and whoever writes from bytes.
 *
 * @param person whom the field names in the row at hand, where a row can say so; what the field's class says otherwise.
 */
export function fieldReading(
  grant: RowsGrant,
  field: FieldClass,
  person: PersonGrain | null = field.person,
): FieldReading {
  if (placeReading(grant.places, field.place) === 'NOTHING') return 'NOTHING'
  const readable = field.level === 'HEADLINE' ? grant.headline : grant.content
  const isReadable = (readable & field.bit) !== 0
  if (isReadable && isNamed(grant.names, person)) return 'VALUE'
  const isSubstituted = isReadable || (grant.redact & field.bit) !== 0
  return field.pseudonym !== null && isSubstituted ? 'PSEUDONYM' : 'NOTHING'
}
