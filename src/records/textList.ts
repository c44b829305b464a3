import type { FieldOf } from './currentRows.ts'

/** The texts of a list field; null where it is withheld or empty of meaning. */
export const textsOf = <Row extends object>(row: Row, field: FieldOf<Row>): readonly string[] | null => {
  const value: unknown = row[field]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null
}
