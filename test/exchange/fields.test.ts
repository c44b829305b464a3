import { describe, expect, it } from 'vitest'
import { refuseFuture } from '../../src/exchange/exchangeParts.ts'
import { kindNamed } from '../../src/exchange/kinds/index.ts'
import { whoDid } from '../../src/exchange/messageKind.ts'

const now = new Date('2026-11-20T12:00:00Z')
const nothingStands = { reports: [], concerns: [] }

describe('whoever decided', () => {
  it.each(['Duty manager', 'Li Wei', 'Ó Súilleabháin', '王小明', 'Head of service, Eastvale'])('may be %s', (name) =>
    expect(whoDid.safeParse(name).success).toBe(true),
  )

  it.each(['', '  ', '.', '-', '?', 'n/a', 'N/A', 'TBC', 'unknown', 'Not known', 'nobody', '12345'])(
    'is not named by “%s”',
    (name) => expect(whoDid.safeParse(name).success).toBe(false),
  )
})

describe('what is yet to come', () => {
  it.each([
    { decidedOn: '2026-11-21' },
    { learntOn: '2027-01-01' },
    { dispositions: [{ concern: 'NEGLECT', disposedOn: '2026-11-21' }] },
    { told: [{ who: 'Mother', told: true, on: '2026-12-01' }] },
    { heldAt: '2026-11-20T13:00:00Z' },
  ])('did not happen: %j', (fields) => expect(() => refuseFuture(fields, now)).toThrow(/cannot lie in the future/))

  it.each([{ decidedOn: '2026-11-20' }, { movesOn: '2027-01-01' }, { dispositions: [{ disposedOn: '2026-11-19' }] }])(
    'may stand where it is a plan, and today is no future: %j',
    (fields) => expect(() => refuseFuture(fields, now)).not.toThrow(),
  )

  it('is no missing episode, nor is one that ended before it began', () => {
    const guarded = (fields: Readonly<Record<string, string | null>>) =>
      kindNamed('MISSING_NOTICE').guard?.(fields, nothingStands, now)?.code ?? null
    expect(guarded({ from: '2026-11-19T20:00:00Z', until: '2026-11-20T06:00:00Z' })).toBeNull()
    expect(guarded({ from: '2026-11-19T20:00:00Z', until: null })).toBeNull()
    for (const [from, until] of [
      ['2026-11-21T20:00:00Z', null],
      ['2026-11-19T20:00:00Z', '2026-11-19T06:00:00Z'],
      ['2026-11-19T20:00:00Z', '2026-11-21T06:00:00Z'],
    ] as const)
      expect(guarded({ from, until })).toBe('BAD_INPUT')
  })
})
