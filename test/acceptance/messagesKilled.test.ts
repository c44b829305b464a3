import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entryById } from '../../src/audit/log.ts'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import { openGateway } from '../../src/composition/gateway.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { createStartedDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts'
import { newDataDir, newDataDirOfServer } from '../support/prepared.ts'
import { sampled, sized } from '../support/sample.ts'
import { serve } from './support/processes.ts'

const rounds = Number(process.env['KILL_ROUNDS'] ?? sized(1, 2))

const stores = [{ store: 'real PostgreSQL' }, { store: 'embedded' }]

/** By default one store: the real one, where there is one. */
describe.each(sampled(hasPostgres() ? stores : stores.toReversed(), 1))(
  'an exchange on the $store killed while it sends',
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
      'loses no message that was taken, sends none twice, and has an audit entry for each',
      async () => {
        const environment = {
          DATA_DIR: dataDir,
          PORT: '0',
          LOG_LEVEL: 'silent',
          DEMONSTRATION: 'on',
          ...(database ? { DATABASE_URL: database.url } : {}),
        }
        const taken = new Map<string, string>()
        const begun: string[] = []
        const start = async () => {
          const gateway = await serve(['start'], { environment })
          const { token } = await requestToken({
            tokenUrl: `${gateway.url}/issuer/token`,
            personaId: 'school-dsl',
            secret: demonstrationSecret,
          })
          /** The id of the message; null where nothing came back. */
          const send = async (key: string): Promise<string | null> => {
            const response = await fetch(`${gateway.url}/graphql`, {
              method: 'POST',
              headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
              body: JSON.stringify({
                query: `mutation { tellImminentRisk(input: { childId: "C04", risk: "${key}", evidence: FACT }, key: "${key}") { id } }`,
              }),
            }).catch(() => null)
            const body = response && (await response.json().catch(() => null))
            return body?.data?.tellImminentRisk?.id ?? null
          }
          return { gateway, send }
        }
        for (let round = 0; round < rounds; round += 1) {
          const { gateway, send } = await start()
          let isRunning = true
          const before = taken.size
          const client = async (name: number): Promise<void> => {
            for (let turn = 0; isRunning; turn += 1) {
              const key = `r${round}c${name}t${turn}`
              begun.push(key)
              const id = await send(key)
              if (id) taken.set(key, id)
            }
          }
          const clients = [1, 2, 3, 4].map(client)
          while (taken.size < before + 12 + round * 7) await new Promise((resolve) => setTimeout(resolve, 5))
          await gateway.kill()
          isRunning = false
          await Promise.all(clients)
        }
        // Whoever had no answer sends again, and whoever had one sends again too.
        const { gateway, send } = await start()
        const unanswered = begun.filter((key) => !taken.has(key)).slice(0, 8)
        for (const key of [...[...taken.keys()].slice(0, 8), ...unanswered]) {
          const id = await send(key)
          expect(id).not.toBeNull()
          expect(taken.get(key) ?? id).toBe(id)
        }
        await gateway.kill()

        const opened = await openGateway(readConfig(environment))
        try {
          const rows = await opened.setting.opening.store.rows({
            name: 'killed_messages',
            text: `select id::text, idempotency_key::text, (select count(*) from gateway.message_recipient
              where message_id = message.id)::text, audit_id::text, kind
            from gateway.message where idempotency_key is not null`,
            values: [],
          })
          const kept = new Map(rows.map(([id, key]) => [key, id]))
          for (const [key, id] of taken) expect(kept.get(key)).toBe(id)
          expect(kept.size).toBe(rows.length)
          // The watcher of alerts tells what it finds meanwhile, one service at a time.
          for (const [, , recipients, auditId, kind] of rows) {
            expect([kind, Number(recipients)]).toEqual([kind, kind === 'ALERT_NOTICE' ? 1 : 5])
            expect(await entryById(opened.setting.opening.store, auditId ?? '')).not.toBeNull()
          }
        } finally {
          await opened.close()
        }
      },
      240_000,
    )
  },
)
