import type { Row } from '../sources/contract.ts'

/** The texts of a list field; null where it is withheld or empty of meaning. */
export const textsOf = (row: Row, field: string): readonly string[] | null => {
  const value = row[field]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null
}

/** Concerns raised in a contact that nobody disposed of; null where they may not be read. Each needs its own disposition. */
export const undisposedConcerns = (contact: Row): readonly string[] | null => {
  const raised = textsOf(contact, 'concerns')
  if (raised === null) return null
  const disposed = new Set(textsOf(contact, 'disposed') ?? [])
  return raised.filter((concern) => !disposed.has(concern))
}
