import type { FieldOf } from '../records/currentRows.ts'
import type { ContactOrReferralRow } from '../records/generated.ts'

/** The texts of a list field; null where it is withheld or empty of meaning. */
export const textsOf = <Row extends object>(row: Row, field: FieldOf<Row>): readonly string[] | null => {
  const value: unknown = row[field]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null
}

/**
 * Concerns raised in a contact that nobody disposed of; null where they may not be read. Each needs its own
 * disposition.
 */
export const undisposedConcerns = (
  contact: Pick<ContactOrReferralRow, 'concerns' | 'disposed'>,
): readonly string[] | null => {
  const raised = textsOf(contact, 'concerns')
  if (raised === null) return null
  const disposed = new Set(textsOf(contact, 'disposed') ?? [])
  return raised.filter((concern) => !disposed.has(concern))
}
