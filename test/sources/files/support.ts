import { loadCatalogue } from '../../../src/composition/catalogue.ts'
import type { AgencyName } from '../../../src/foundation/agencies.ts'
import type { ImportFile } from '../../../src/sources/bindings/files/incoming.ts'
import type { RecordOwner } from '../../../src/sources/bindings/files/storedRecord.ts'

const catalogue = await loadCatalogue({ demonstration: true, registryFile: null })

export const layoutOfKind = (kind: AgencyName) => catalogue.model.layouts[kind]

/** Services of which a file is read in a test; of a kind that was added, the whole kind. */
const services: Readonly<Partial<Record<AgencyName, RecordOwner['service']>>> = {
  socialCare: 'CHILDRENS_SOCIAL_CARE',
  police: 'POLICE',
  education: 'EDUCATION',
  health: 'HEALTH_GP',
  adultServices: 'HOUSING',
}

/** Whose files are read in a test. */
export const ownerOfKind = (kind: AgencyName): RecordOwner => ({
  ...{
    id: 'H1',
    kind,
    service: services[kind] ?? layoutOfKind(kind).contract.agency,
    organisation: 'LA2-CSC',
    la: 'LA2',
    force: null,
  },
  timeZone: 'Europe/London',
})

export const now = new Date('2026-11-20T12:00:00Z')

export const fileOf = (name: string, content: string | Uint8Array): ImportFile => ({
  name,
  bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
})
