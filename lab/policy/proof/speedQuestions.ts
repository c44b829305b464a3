import type { Caller } from '../../../src/policy/caller.ts'
import type { PolicySource } from '../../../src/policy/compilePolicy.ts'
import type { ChildFacts } from '../../../src/policy/facts.ts'
import { labels } from '../../../src/policy/labels.ts'
import { type Purpose, purposes, type Role, roles, roleTable } from '../../../src/policy/vocabulary.ts'

/** Who asks, for what, about whom. */
export interface Question {
  readonly role: Role
  readonly purpose: Purpose
  readonly facts: ChildFacts
}

/** The roles that every pack knows. */
const known = roles.slice(0, roles.indexOf('HEALTH_VISITOR'))

const plain: ChildFacts = {
  ...{ childId: 'K1', persons: {}, relationship: 'EPISODE', harm: 'NONE', ageBand: '13_TO_15' },
  ...{ responsibleLa: 'LA2', areaLa: 'LA2', agreement: true, breakGlass: false, placeProtected: false },
  ...{ consents: [], holds: [] },
}
const hold: ChildFacts['holds'][number] = {
  ...{ id: 'H', agency: 'health', organisation: 'OTHER', kind: 'DETRIMENT', recordId: null, label: 'HEALTH_MENTAL' },
  reviewOn: '2026-12-01',
}

const children: readonly ChildFacts[] = [
  plain,
  { ...plain, harm: 'REASONABLE_CAUSE', ageBand: 'UNDER_13' },
  { ...plain, harm: 'CONCERN', holds: [hold] },
]

export const questions: readonly Question[] = known.flatMap((role) =>
  purposes.flatMap((purpose) => children.map((facts) => ({ role, purpose, facts }))),
)

export const sources: readonly PolicySource[] = [
  { agency: 'health', home: 'HEALTH', labels },
  { agency: 'socialCare', home: 'SOCIAL_CARE', labels, isByHolder: true },
]

export const callerOf = ({ role, purpose }: Question): Caller => ({
  ...{ issuer: 'I', subject: 'S', clientId: 'C', tokenId: 'T', organisation: 'ORG', la: null, force: null },
  ...{ agencyType: roleTable[role].type, role, purpose, expiresAt: 0 },
})

/** As a new request has them: nothing that was kept by the object itself is found. */
export const factsOf = ({ facts }: Question): ChildFacts => ({ ...facts })
