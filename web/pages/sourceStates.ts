import { agencies } from '../../src/foundation/agencies.ts'
import { storeName } from '../../src/server/portToGateway.ts'
import type { Page } from '../pageVisit.ts'
import { choices } from './session.ts'

interface Holder {
  readonly service: string
  readonly state: string
}

const codes: Readonly<Record<string, string>> = {
  health: 'HEALTH',
  education: 'EDUCATION',
  police: 'POLICE',
  adultServices: 'ADULT_SERVICES',
  socialCare: 'CHILDRENS_SOCIAL_CARE',
}

/** Whether each source answers now: for whoever wonders at a gap, and the first screen of whoever runs the gateway. */
export const sourcesPage: Page = {
  method: 'GET',
  path: '/sources',
  answer: async (visit) => {
    const readiness = await visit.parts.gateway.readiness()
    // A kind may have several bindings: `police`, `police south`.
    const source = (name: string) => {
      const bindings = readiness.filter((each) => each.name === name || each.name.startsWith(`${name} `))
      return { name: codes[name] ?? name, ok: bindings.length === 0 ? null : bindings.every(({ ok }) => ok) }
    }
    const asked = await visit.ask<{ holders: readonly Holder[] | null }>('holders')
    const holders = asked.data?.holders ?? []
    return {
      view: 'sources',
      model: {
        ...{ title: 'Sources', purposes: choices(visit), here: '/sources' },
        sources: agencies.map(source),
        store: source(storeName),
        kinds: [...new Set(holders.map(({ service }) => service))].map((service) => ({
          service,
          holders: holders.filter((each) => each.service === service),
        })),
        problems: holders.filter(({ state }) => state !== 'ASKED').length,
        refusal: asked.errors[0] ?? null,
        at: visit.parts.clock.now().toISOString(),
        today: visit.parts.clock.today().toISOString(),
      },
    }
  },
}
