import type { AgencyName } from '../foundation/agencies.ts'
import type { CommonRow } from '../sources/commonRowFields.ts'
import { field } from './sectionWords.ts'

/** A supplier by service and place, before its state is known. */
export interface SupplierKey {
  readonly source: AgencyName
  readonly agency: string
  readonly la: string | null
  readonly force: string | null
}

/** One text for each supplier. */
export const supplierKey = ({ agency, la, force }: Pick<SupplierKey, 'agency' | 'la' | 'force'>): string =>
  `${agency}|${la ?? ''}|${force ?? ''}`

type HeldRow = { readonly id: string } & Pick<CommonRow, 'provenance.agency' | 'provenance.la' | 'provenance.force'>

/** Health is one supplier for each area and the police one for each force; every other service answers for itself. */
export const supplierOf = (source: AgencyName, row: HeldRow, fallback: string): SupplierKey => {
  const service = field(row, 'provenance.agency') ?? fallback
  if (service === 'POLICE') return { source, agency: service, la: null, force: field(row, 'provenance.force') }
  const agency = service.startsWith('HEALTH') ? 'HEALTH' : service
  return { source, agency, la: field(row, 'provenance.la'), force: null }
}
