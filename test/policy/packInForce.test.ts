import { describe, expect, it } from 'vitest'
import { StartupError } from '../../src/foundation/errors.ts'
import { decide } from '../../src/policy/decide.ts'
import { type Pack, parsePack, readPacks } from '../../src/policy/pack.ts'
import { packInForce } from '../../src/policy/packInForce.ts'
import { asking } from './situations.ts'

const packs = readPacks()
const choice = { policyPack: null, statutoryDutyFrom: null, adoptsProposals: false }
const idOn = (day: string, change: Partial<typeof choice> | { policyPack?: string; statutoryDutyFrom?: string } = {}) =>
  packInForce(packs, { ...choice, ...change }, day).id

describe('the policy pack in force', () => {
  it('is the one without the duty of section 16LA, for ever, unless the duty is configured', () => {
    for (const day of ['2024-05-01', '2026-09-30', '2040-01-01']) expect(idOn(day)).toBe('england-2024-05')
  })

  it('changes on the configured day and not on the day before', () => {
    const from = { statutoryDutyFrom: '2026-11-01' }
    expect(idOn('2026-10-31', from)).toBe('england-2024-05')
    expect(idOn('2026-11-01', from)).toBe('england-2026-09')
  })

  it('never begins before its own effective date', () => {
    const from = { statutoryDutyFrom: '2025-01-01' }
    expect(idOn('2026-09-29', from)).toBe('england-2024-05')
    expect(idOn('2026-09-30', from)).toBe('england-2026-09')
  })

  it('is a proposal from its day where all are adopted, as in the demonstration, and never otherwise', () => {
    const adopting = { adoptsProposals: true }
    expect(idOn('2026-10-31', adopting)).toBe('england-2024-05')
    expect(idOn('2026-11-01', adopting)).toBe('england-2026-11')
    expect(idOn('2026-11-01')).toBe('england-2024-05')
  })

  it('refuses a day before any pack, a pack that is not known, and the duty pack without its switch', () => {
    expect(() => idOn('2024-04-30')).toThrow(StartupError)
    expect(() => idOn('2026-11-20', { policyPack: 'wales-2026-01' })).toThrow(StartupError)
    expect(() => idOn('2026-11-20', { policyPack: 'england-2026-09' })).toThrow(StartupError)
  })

  it('cites the duty by its own code only under the pack that rests on it', () => {
    const [older, newer] = packs
    const input = asking({ level: 'HEADLINE' })
    expect(older && decide(older, input).code).toBe('OK_DUTY')
    expect(newer && decide(newer, input).code).toBe('OK_DUTY_S16LA')
  })

  it('refuses a pack without a label, with an unknown role or with a word that no schema knows', () => {
    const copy = (): Record<string, unknown> => structuredClone(packs[0] as Pack)
    const { ADOPTION: _, ...labels } = (packs[0] as Pack).labels
    expect(() => parsePack({ ...copy(), labels })).toThrow(StartupError)
    expect(() => parsePack({ ...copy(), jurisdiction: 'SCOTLAND' })).toThrow(StartupError)
    expect(() => parsePack({ ...copy(), surprise: true })).toThrow(StartupError)
  })
})
