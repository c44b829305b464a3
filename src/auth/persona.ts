import type { AgencyType, Purpose, Role } from '../policy/vocabulary.ts'

/**
 * An invented practitioner for whom the development issuer makes tokens. Each is also an OAuth client of that issuer.
 */
export interface Persona {
  /** `client_id` at the development issuer, and what `--as` takes. */
  readonly id: string
  readonly name: string
  /** How a reader would introduce them. */
  readonly title: string
  /** `sub` of their tokens. */
  readonly subject: string
  readonly organisation: string
  readonly organisationName: string
  readonly agencyType: AgencyType
  readonly la: string | null
  readonly force: string | null
  readonly role: Role
  readonly defaultPurpose: Purpose
  /** All that this role may ask for; the default is among them. */
  readonly purposes: readonly Purpose[]
}
