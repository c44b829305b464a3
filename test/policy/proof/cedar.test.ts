import { describe, expect, it } from 'vitest'
import { compareWithCedar, loadCedar } from '../../../lab/policy/proof/agreesWithCedar.ts'
import { proposedPack, readPack } from '../../../src/policy/pack.ts'

const cedar = await loadCedar()

describe.each([readPack(), readPack(proposedPack)])('$id as Cedar policies', (pack) => {
  it.skipIf(cedar === null)('decides as the product does (skipped where cedar-wasm is not installed)', () => {
    if (cedar === null) return
    const { differences, seen } = compareWithCedar(cedar, pack, 5000, 11)
    expect(differences.slice(0, 3)).toEqual([])
    expect(seen.PERMIT).toBeGreaterThan(50)
    expect(seen.REDACT).toBeGreaterThan(1)
  })
})
