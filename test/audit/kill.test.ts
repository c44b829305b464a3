import { describe, expect, it } from 'vitest'
import { createStartedDatabase, hasPostgres, realTitle } from '../support/postgres.ts'
import { sized } from '../support/sample.ts'
import { killEmbedded, killSeveral } from './support/killing.ts'

const whole = { problems: [], unrecorded: [] }

describe('a gateway that is killed under load', () => {
  it('leaves a whole log with every answer that a client received, embedded', { timeout: 300_000 }, async () => {
    const killed = await killEmbedded(sized(1, 3))
    expect(killed).toMatchObject(whole)
    expect(killed.answers).toBeGreaterThan(0)
    expect(killed.proved).toBe(killed.answers)
  })

  it.skipIf(!hasPostgres())(
    realTitle('leaves a whole log with every answer, two gateways on one real PostgreSQL killed alone and together'),
    { timeout: 300_000 },
    async () => {
      const { url, drop } = await createStartedDatabase()
      try {
        const killed = await killSeveral(url, sized(2, 5))
        expect(killed).toMatchObject(whole)
        expect(killed.answers).toBeGreaterThan(0)
        expect(killed.proved).toBe(killed.answers)
      } finally {
        await drop()
      }
    },
  )
})
