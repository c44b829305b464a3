import adultServices from './adultServices.ts'
import education from './education.ts'
import { children, identifiers, links as persons } from './gateway/children.ts'
import { agreements, consents, holds } from './gateway/decisions.ts'
import { messages } from './gateway/messages.ts'
import { relationships } from './gateway/relationships.ts'
import health from './health.ts'
import police from './police.ts'
import type { AgencySeed, GatewaySeed } from './seedRecord.ts'
import socialCare from './socialCare.ts'

const kinds: Readonly<Record<string, AgencySeed>> = { health, education, police, adultServices, socialCare }

const organisationsWith = (agency: string, person: string): readonly string[] => {
  const rows = Object.values(kinds[agency]?.records ?? {}).flat()
  return [...new Set(rows.flatMap((row) => (row.person === person && row.organisation ? row.organisation : [])))].sort()
}

const links = persons.flatMap((link) =>
  organisationsWith(link.agency, link.person).map((holder) => ({ ...link, holder })),
)

/** What the gateway owns in the story cases. Agency records name no child; only the links here say whose they are. */
export default {
  children,
  links,
  identifiers,
  relationships,
  consents,
  holds,
  agreements,
  messages,
} satisfies GatewaySeed
