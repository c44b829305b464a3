import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import { type GatewayProcess, startGatewayProcess } from '../audit/support/gatewayProcess.ts'
import { post } from '../support/gateway.ts'
import { createStartedDatabase, hasPostgres, realTitle } from '../support/postgres.ts'
import { newDataDirOfServer } from '../support/prepared.ts'
import { isWhole } from '../support/sample.ts'

const kills = 4
const keysOf = (round: number) => Array.from({ length: 12 }, (_, nth) => `round-${round}-report-${nth}`)

const tokenOf = (url: string, personaId: string) =>
  requestToken({ tokenUrl: `${url}/issuer/token`, personaId, secret: demonstrationSecret }).then(({ token }) => token)

const report = (key: string): string => `mutation { reportConcern(key: "${key}", input: { childId: "C02",
  concerns: [NEGLECT], statements: [{ text: "Seen hungry, ${key}.", evidence: FACT }], familyTold: true }) { id } }`

/** The id of the message, or null where no answer came: the gateway went before it could say. */
const sent = async (url: string, token: string, key: string): Promise<string | null> => {
  const received = await post(url, token, report(key)).catch(() => null)
  const data: { reportConcern?: { id: string } | null } = received?.data ?? {}
  return data.reportConcern?.id ?? null
}

interface Page {
  readonly messages: readonly { readonly id: string; readonly content: readonly { readonly value: string }[] }[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

/** What the front door reads, by the key in its words. */
async function inboxOf(url: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const token = await tokenOf(url, 'mash-analyst')
  const found = new Map<string, string[]>()
  for (let after: string | null = null; ; ) {
    const query: string = `{ inbox(first: 50${after ? `, after: "${after}"` : ''}) {
      messages { id content { value } } endCursor hasNextPage } }`
    const { data } = await post(url, token, query)
    const page: Page = Object(data)['inbox']
    for (const { id, content } of page.messages)
      for (const { value } of content) {
        const key = /round-\d+-report-\d+/.exec(value)?.[0]
        if (key) found.set(key, [...(found.get(key) ?? []), id])
      }
    if (!page.hasNextPage) return found
    after = page.endCursor
  }
}

let database: Awaited<ReturnType<typeof createStartedDatabase>>
const dataDir = isWhole && hasPostgres() ? newDataDirOfServer() : null
beforeAll(async () => {
  if (dataDir) database = await createStartedDatabase()
}, 120_000)
afterAll(async () => {
  if (!dataDir) return
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

it.skipIf(!dataDir)(
  realTitle('loses no message and keeps none twice, of two gateways one of which is killed while messages are sent'),
  { timeout: 300_000 },
  async () => {
    const environment = { DATA_DIR: dataDir ?? '', DATABASE_URL: database.url }
    const start = (): Promise<GatewayProcess> => startGatewayProcess(environment)
    const kept = new Map<string, string>()
    const lasting = await start()
    const token = await tokenOf(lasting.url, 'school-dsl-eastvale')
    for (let round = 0; round < kills; round += 1) {
      const victim = await start()
      const keys = keysOf(round)
      // Each is sent twice at once, to both: whichever keeps it, it is one message.
      const answers = keys.flatMap((key, nth) =>
        [victim.url, lasting.url].map(async (url, which) => {
          const id = await sent(url, token, key)
          if (nth === round * 2 && which === 0) await victim.kill()
          if (id !== null) expect(kept.get(key) ?? id).toBe(id)
          if (id !== null) kept.set(key, id)
        }),
      )
      await Promise.all(answers)
      await victim.kill()
      // Who had no answer asks again, and gets the message that was kept, or sends it now.
      for (const key of keys) {
        const id = await sent(lasting.url, token, key)
        expect([key, id]).toEqual([key, kept.get(key) ?? expect.any(String)])
        kept.set(key, id ?? '')
      }
    }
    const read = await inboxOf(lasting.url)
    expect([...read].map(([key, ids]) => [key, ids]).sort()).toEqual([...kept].map(([key, id]) => [key, [id]]).sort())
    await lasting.stop()
  },
)
