/** Fields that say of what kind a record is: the first of them that a type has is what its list is filtered by. */
const kindFields: readonly string[] = [
  'kind',
  'type',
  'category',
  'code',
  'level',
  'setting',
  'service',
  'need',
  'quadrant',
  'tool',
  'medium',
  'relation',
  'vaccine',
  'platform',
  'offence',
  'outcome',
]

/** The field by which records of a type are told apart in kind; null where it has none. */
export const kindFieldOf = (fields: ReadonlySet<string>): string | null =>
  kindFields.find((field) => fields.has(field)) ?? null
