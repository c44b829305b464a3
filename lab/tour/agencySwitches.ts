import type { AgencyName } from '../../src/foundation/agencies.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import type { AgencySource } from '../../src/sources/source.ts'

/** Switches agencies off and on while the gateway runs. */
export interface Switchboard {
  readonly wrap: (agency: AgencyName, source: AgencySource) => AgencySource
  off(agency: AgencyName): void
  on(agency: AgencyName): void
}

export const createSwitchboard = (): Switchboard => {
  const away = new Set<AgencyName>()
  return {
    wrap: (agency, source) => ({
      agency: source.agency,
      fetch: async (...asked) => {
        if (away.has(agency)) throw new Refusal('SOURCE_UNAVAILABLE', { detail: 'switched off' })
        return source.fetch(...asked)
      },
      health: async () => (away.has(agency) ? { ok: false, detail: 'switched off' } : source.health()),
      close: () => source.close(),
    }),
    off: (agency) => {
      away.add(agency)
    },
    on: (agency) => {
      away.delete(agency)
    },
  }
}
