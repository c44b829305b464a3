import { textOf } from '../records/currentRows.ts'
import type { CommonRow, RecordHead } from '../sources/commonRowFields.ts'
import type { SourceContract } from '../sources/contract.ts'

/** `Provenance` of `schema/shared.graphql`. */
export interface Provenance {
  readonly agency: string
  readonly la: string | null
  readonly force: string | null
  readonly organisation: string | null
  readonly system: string
  readonly sourceRecordId: string
  readonly recordedBy: string | null
  readonly recordedAt: string | null
  readonly evidence: string
  readonly supersedes: string | null
}

/** The service that holds a row, or the agency as a whole where the row does not say. */
export const serviceOf = (row: Pick<CommonRow, 'provenance.agency'>, contract: SourceContract): string =>
  textOf(row, 'provenance.agency') ?? contract.agency

/** Where a row of a picture comes from. What nobody graded is called uncorroborated, never a fact. */
export const provenanceOf = (
  row: RecordHead & Omit<CommonRow, 'eventAt' | 'sensitivity'>,
  contract: SourceContract,
): Provenance => ({
  agency: serviceOf(row, contract),
  la: textOf(row, 'provenance.la'),
  force: textOf(row, 'provenance.force'),
  organisation: textOf(row, 'provenance.organisation'),
  system: contract.system,
  sourceRecordId: row.id.slice(row.id.indexOf(':') + 1),
  recordedBy: textOf(row, 'provenance.recordedBy'),
  recordedAt: textOf(row, 'provenance.recordedAt'),
  evidence: textOf(row, 'provenance.evidence') ?? 'UNCORROBORATED',
  supersedes: textOf(row, 'provenance.supersedes'),
})
