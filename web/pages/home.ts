import type { Role } from '../../src/policy/vocabulary.ts'
import { type Page, prefix } from '../visit.ts'

/** Where each role's work begins; all others begin with a child. */
const firstScreen: Partial<Readonly<Record<Role, string>>> = {
  RECEIVING_OFFICER: '/transfers',
  INFORMATION_GOVERNANCE_OFFICER: '/governance',
}

export const homePage: Page = {
  method: 'GET',
  path: '/',
  answer: async ({ session }) => ({ to: `${prefix}${firstScreen[session.person.role] ?? '/find'}` }),
}
