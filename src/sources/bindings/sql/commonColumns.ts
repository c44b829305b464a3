/**
 * Columns that every table has, by common name; the tables of a kind may map them to their own. `provenance.*` fields
 * of a row come from these.
 */
export const commonColumns = {
  id: 'record_id',
  person: 'person_id',
  parent: 'parent_id',
  eventAt: 'event_at',
  recordedAt: 'recorded_at',
  recordedBy: 'recorded_by',
  service: 'held_by_service',
  la: 'held_by_la',
  force: 'held_by_force',
  organisation: 'held_by_organisation',
  evidence: 'evidence_type',
  supersedes: 'supersedes',
  labels: 'row_labels',
  handling: 'row_handling',
  relevance: 'row_relevance',
} as const

export type CommonColumn = keyof typeof commonColumns
