import type { AgencyName } from '../foundation/agencies.ts'

/** Fields of which a holder's value was refused since the gateway started. No value is kept, and of no child. */
export class RefusedValues {
  readonly #fields = new Map<AgencyName, Set<string>>()

  note(agency: AgencyName, list: string, field: string): void {
    const known = this.#fields.get(agency) ?? new Set<string>()
    this.#fields.set(agency, known.add(`${list}.${field}`))
  }

  /** Of one kind of agency, in order. */
  of(agency: AgencyName): readonly string[] {
    return [...(this.#fields.get(agency) ?? [])].sort()
  }
}
