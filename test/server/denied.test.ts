import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { allowAgain, deny } from '../../src/auth/denylist.ts'
import { ChildAccess } from '../../src/disclosure/childAccess.ts'
import type { OpenOptions } from '../../src/server/gatewayTypes.ts'
import { post, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sentThrough } from '../support/sentThrough.ts'

let gateway: TestGateway
/** Agencies in the order in which they were asked, and statements on the gateway's own facts. */
const asked: string[] = []
const watched: Pick<OpenOptions, 'wrapSource' | 'wrapDatabase'> = {
  wrapSource: (agency, source) => ({
    agency,
    fetch: (...question) => {
      asked.push(agency)
      return source.fetch(...question)
    },
    health: () => source.health(),
    close: () => source.close(),
  }),
  wrapDatabase: (name, database) => ({
    ...database,
    wireRows: (statement, signal) => {
      if (name === 'gateway' && statement.text.includes('gateway.child')) asked.push('facts')
      return database.wireRows(statement, signal)
    },
  }),
}
beforeAll(async () => {
  gateway = await startTestGateway({}, watched)
})
afterAll(() => gateway.close())
beforeEach(() => {
  asked.length = 0
})

const query = '{ child(id: "C04") { id police { events { id } } } }'

describe('a caller who is denied', () => {
  const denied = async () => {
    const [, payload = ''] = (await gateway.token('mash-analyst')).split('.')
    const { jti, iss }: { jti: string; iss: string } = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return { kind: 'TOKEN' as const, value: jti, issuer: iss }
  }
  const leaves = async () => (await gateway.opened.setting.opening.store.knex('gateway.audit_leaf')).length

  it('has no agency asked by what was begun for them meanwhile, and leaves no disclosure', async () => {
    const { store } = gateway.opened.setting.opening
    const forged = await post(gateway.url, `${await gateway.token('mash-analyst')}x`, query)
    await deny(store, { ...(await denied()), reason: 'Lost device', until: null }, new Date())
    const before = await leaves()
    for (const text of [query, '{ children(ids: ["C04", "C01"]) { id } }', '{ child(id: "nobody") { id } }']) {
      const { status, text: told } = await gateway.ask('mash-analyst', text)
      expect([status, told]).toEqual([401, forged.text])
    }
    // What was begun would go on by itself, were it to go on.
    await wait(100)
    expect(asked.filter((each) => each !== 'facts')).toEqual([])
    expect(await leaves()).toBe(before)

    await allowAgain(store, await denied())
    expect((await gateway.ask('mash-analyst', query)).data).toMatchObject({ child: { id: 'C04' } })
    expect(asked).toContain('police')
  })
})

describe('a caller who is denied after facts were kept for them', () => {
  it('has only asked whether anything changed', async () => {
    const sent: string[] = []
    const keeping = await startTestGateway(
      {},
      {
        wrapDatabase: (name, database) =>
          sentThrough(database, (statement) => {
            if (name !== 'gateway') sent.push(statement.name)
            return statement
          }),
      },
    )
    try {
      expect((await keeping.ask('mash-analyst', query)).status).toBe(200)
      const [, payload = ''] = (await keeping.token('mash-analyst')).split('.')
      const { jti, iss }: { jti: string; iss: string } = JSON.parse(Buffer.from(payload, 'base64url').toString())
      const { store } = keeping.opened.setting.opening
      await deny(store, { kind: 'TOKEN', value: jti, issuer: iss, reason: 'Lost device', until: null }, new Date())
      sent.length = 0
      expect((await keeping.ask('mash-analyst', query)).status).toBe(401)
      await wait(100)
      expect(sent).toEqual(['stamps_social_care'])
    } finally {
      await keeping.close()
    }
  })
})

describe('a child of whom it is not known whether the caller is denied', () => {
  it('is looked up, and not opened before it is', async () => {
    const verdict = await gateway.opened.authenticate([`Bearer ${await gateway.token('mash-analyst')}`])
    if (!verdict.ok) throw new Error(verdict.reason)
    let allow = () => {}
    const callerCleared = new Promise<void>((resolve) => {
      allow = resolve
    })
    asked.length = 0
    const facts = new ChildAccess(gateway.opened.setting.opening, verdict.caller, callerCleared).facts('C04')
    await wait(100)
    expect(asked).toEqual(['facts'])
    allow()
    expect(await facts).toMatchObject({ childId: 'C04' })
    expect(asked).toEqual(['facts', 'socialCare'])
  })
})

describe('an operation that was not agreed', () => {
  it('is begun for nobody', async () => {
    const strict = await startTestGateway({ SAFELIST: 'strict', SAFELIST_FILE: await emptyList() }, watched)
    try {
      asked.length = 0
      const { errors } = await strict.ask('mash-analyst', query)
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['OPERATION_NOT_LISTED'])
      await wait(100)
      expect(asked).toEqual([])
    } finally {
      await strict.close()
    }
  })
})

const emptyList = async (): Promise<string> => {
  const file = join(gateway.dataDir, 'safelist.json')
  await writeFile(file, '{}')
  return file
}
