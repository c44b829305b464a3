/** Whose records a server holds, as the registry says: every record that is read of it is this organisation's. */
export interface FhirHolder {
  /** The code by which tokens and records name it. */
  readonly organisation: string | null
  /** Value of the `Agency` enum. */
  readonly service: string
  readonly la: string | null
  /** Zone of the days on which its local times fall. */
  readonly timeZone: string
}
