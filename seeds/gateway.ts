import { children, identifiers, links } from './gateway/children.ts'
import { agreements, consents, holds } from './gateway/decisions.ts'
import { messages } from './gateway/messages.ts'
import { relationships } from './gateway/relationships.ts'
import type { GatewaySeed } from './seed.ts'

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
