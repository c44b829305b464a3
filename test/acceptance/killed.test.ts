import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import { openGateway } from '../../src/composition/gateway.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { createStartedDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts'
import { newDataDir, newDataDirOfServer } from '../support/prepared.ts'
import { sampled, sized } from '../support/sample.ts'
import { serve } from './support/processes.ts'

/** More rounds: KILL_ROUNDS=50. */
const rounds = Number(process.env['KILL_ROUNDS'] ?? sized(1, 2))

const stores = [{ store: 'real PostgreSQL' }, { store: 'embedded' }]

/** By default one store: the real one, where there is one. */
describe.each(sampled(hasPostgres() ? stores : stores.toReversed(), 1))(
  'a gateway on the $store killed under load',
  ({ store }) => {
    const isReal = store !== 'embedded'
    let dataDir = ''
    let database: TestDatabase | undefined
    beforeAll(async () => {
      dataDir = isReal ? newDataDirOfServer() : newDataDir()
      if (isReal && hasPostgres()) database = await createStartedDatabase()
    })
    afterAll(async () => {
      await database?.drop()
      await rm(dataDir, { recursive: true, force: true })
    })

    it.skipIf(isReal && !hasPostgres())(
      'has a leaf for every answer that a client received whole, and its log verifies',
      async () => {
        const environment = {
          DATA_DIR: dataDir,
          PORT: '0',
          LOG_LEVEL: 'silent',
          DEMONSTRATION: 'on',
          ...(database ? { DATABASE_URL: database.url } : {}),
        }
        const answered: string[] = []
        for (let round = 0; round < rounds; round += 1) {
          const gateway = await serve(['start'], { environment })
          const { token } = await requestToken({
            tokenUrl: `${gateway.url}/issuer/token`,
            personaId: 'social-worker',
            secret: demonstrationSecret,
          })
          let isRunning = true
          const before = answered.length
          const client = async (childId: string): Promise<void> => {
            while (isRunning) {
              try {
                const response = await fetch(`${gateway.url}/graphql`, {
                  method: 'POST',
                  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
                  body: JSON.stringify({
                    query: `{ child(id: "${childId}") { names { given } missing { total { value } } } }`,
                  }),
                })
                const text = await response.text()
                const id = response.headers.get('x-audit-id')
                if (response.status === 200 && id && JSON.parse(text).data.child) answered.push(id)
              } catch {
                // The gateway is gone: what was not received whole is not counted.
                return
              }
            }
          }
          const clients = Array.from({ length: 12 }, (_, index) => client(`C0${1 + (index % 6)}`))
          while (answered.length < before + 40 + round * 17) await new Promise((resolve) => setTimeout(resolve, 5))
          await gateway.kill()
          isRunning = false
          await Promise.all(clients)
        }

        const opened = await openGateway(readConfig(environment))
        try {
          const leaves = await opened.setting.opening.store.rows({
            name: 'killed_leaves',
            text: 'select leaf from gateway.audit_leaf',
            values: [],
          })
          const kept = new Set(leaves.map(([leaf]) => JSON.parse(leaf ?? '{}').id))
          expect(answered.length).toBeGreaterThanOrEqual(rounds * 20)
          expect(answered.filter((id) => !kept.has(id))).toEqual([])
          expect((await opened.auditVerify(() => {})).problems).toEqual([])
        } finally {
          await opened.close()
        }
      },
      60_000 + rounds * 60_000,
    )
  },
)
