import { expect, it } from 'vitest'
import { checkpointSigner, checkpointVerifier } from '../../src/audit/checkpoint.ts'
import { leafHash } from '../../src/audit/merkle.ts'
import { auditKey } from '../support/auditEntry.ts'

const key = auditKey()
const checkpoint = { origin: 'gateway.example.invalid/audit', size: 7, root: leafHash('x') }
const note = checkpointSigner(checkpoint.origin, key.privateKey, key.publicJwk)(checkpoint)
const verify = checkpointVerifier(key.publicJwk)

it('is a signed note that says origin, size and root, and verifies', () => {
  const [origin, size, root, blank, signature, end] = note.split('\n')
  expect([origin, size, root, blank, end]).toEqual([checkpoint.origin, '7', checkpoint.root.toString('base64'), '', ''])
  expect(signature).toMatch(/^— gateway\.example\.invalid\/audit [A-Za-z0-9+/]{90,}=*$/)
  expect(verify(note)).toEqual(checkpoint)
})

it('is refused with any one character changed, added or left out', () => {
  const changed = [...note].flatMap((_, at) => [
    note.slice(0, at) + note.slice(at + 1),
    `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`,
    `${note.slice(0, at)}\n${note.slice(at)}`,
  ])
  expect(changed.filter((wrong) => wrong !== note && verify(wrong) !== null)).toEqual([])
})

it('is refused under another key, and a key of another kind is refused at once', () => {
  expect(checkpointVerifier(auditKey().publicJwk)(note)).toBeNull()
  expect(() => checkpointVerifier({ kty: 'EC', crv: 'P-256', x: 'AA' })).toThrow('Ed25519')
})
