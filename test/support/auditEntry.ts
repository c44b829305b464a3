import { generateKeyPairSync } from 'node:crypto'
import type { AuditEntry } from '../../src/audit/entry.ts'
import type { AuditKey } from '../../src/audit/log.ts'

/** A plausible leaf about the given children. */
export const auditEntryFor = (id: string, ...children: string[]): AuditEntry => ({
  version: 1,
  id,
  at: '2026-11-20T23:59:59.000Z',
  requestId: `request-${id}`,
  caller: {
    issuer: 'https://issuer.example.invalid',
    subject: 'practitioner-1',
    clientId: 'client',
    tokenId: 'token',
    organisation: 'LA2-MASH',
    role: 'MASH_ANALYST',
    purpose: 'MASH_ENQUIRY',
  },
  pack: { id: 'pack', hash: '00' },
  operation: { name: 'Élan "quoted" \\ \u0000', hash: '00' },
  outcome: 'DISCLOSED',
  code: null,
  children: children.map((child) => ({
    id: child,
    asOf: '2026-11-20T23:59:59.000Z',
    facts: { harm: true },
    agencies: {},
  })),
  actions: [],
})

/** A new Ed25519 key for one test. */
export function auditKey(): AuditKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicJwk: publicKey.export({ format: 'jwk' }), kid: 'test' }
}
