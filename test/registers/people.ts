import { type CaseStatus, caseStatusFrom } from '../../src/facts/caseStatus.ts'
import type { GatewayFacts } from '../../src/facts/gatewayFacts.ts'
import { wholeKind } from '../../src/foundation/holder.ts'
import { registryOf } from '../../src/foundation/registry.ts'
import type { Caller } from '../../src/policy/caller.ts'

/** A social worker of LA2; each test changes what it tests. */
export const callerOf = (change: Partial<Caller> = {}): Caller => ({
  issuer: 'https://issuer.example',
  subject: 's1',
  clientId: 'c1',
  tokenId: 't1',
  organisation: 'LA2-CSC',
  agencyType: 'SOCIAL_CARE',
  la: 'LA2',
  force: null,
  role: 'SOCIAL_WORKER',
  purpose: 'ASSESSMENT_S17',
  expiresAt: 0,
  ...change,
})

const authority = (code: string, force: string) => ({
  code,
  name: code,
  dfeCode: '991',
  gssCode: 'E06999991',
  force,
  contact: '',
})
export const registry = registryOf(
  [authority('LA2', 'F1'), authority('LA3', 'F2'), authority('LA5', 'F4')],
  ['F1', 'F2', 'F4'].map((code) => ({ code, name: code, contact: '' })),
  {},
  [{ ...wholeKind('socialCare'), id: 'LA2-CSC', organisation: 'LA2-CSC', la: 'LA2' }],
)

export const gatewayFacts = (change: Partial<GatewayFacts> = {}): GatewayFacts => ({
  childId: 'C99',
  persons: {},
  areaLa: 'LA2',
  bornOn: '2013-06-27',
  protectedBy: [],
  lastKnown: null,
  relationship: null,
  agreement: true,
  transferParty: false,
  consents: [],
  holds: [],
  breakGlass: false,
  barred: false,
  orders: [],
  harmSignal: false,
  endsAt: null,
  ...change,
})

export const caseStatus = (change: Partial<CaseStatus> = {}): CaseStatus => ({
  ...caseStatusFrom({}, '2026-11-20T23:59:59Z'),
  known: true,
  responsibleLa: 'LA2',
  areaLa: 'LA2',
  ...change,
})
