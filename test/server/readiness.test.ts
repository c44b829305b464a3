import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signingKeyFile } from '../../src/auth/signingKeys.ts'
import type { Database } from '../../src/store/database.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { newDataDir } from '../support/prepared.ts'

let gateway: TestGateway
let police: Database | undefined
const dataDir = newDataDir()

beforeAll(async () => {
  gateway = await startTestGateway(
    { DATA_DIR: dataDir },
    {
      wrapDatabase: (name, database) => {
        if (name === 'police') police = database
        return database
      },
    },
  )
})
afterAll(async () => {
  await gateway.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const checks = async () =>
  Object.fromEntries((await gateway.opened.readiness()).map(({ name, ok }) => [name, ok] as const))

describe('readiness', () => {
  it.each([
    [
      'a table is gone',
      'alter table police.missing_report rename to elsewhere',
      'alter table police.elsewhere rename to missing_report',
    ],
    [
      'a column is gone',
      'alter table police.missing_report rename column grade to other',
      'alter table police.missing_report rename column other to grade',
    ],
  ])('is of what is read: %s', async (_, take, giveBack) => {
    expect(await checks()).toMatchObject({ store: true, police: true, health: true })
    await police?.knex.raw(take)
    expect(await checks()).toMatchObject({ store: true, police: false, health: true })
    await police?.knex.raw(giveBack)
    expect(await checks()).toMatchObject({ police: true })
  })
})

describe('what a gateway keeps on the disk', () => {
  it('is its owner’s alone', () => {
    const mode = (path: string) => statSync(path).mode & 0o077
    expect(mode(join(dataDir, 'store'))).toBe(0)
    expect(mode(join(dataDir, 'keys'))).toBe(0)
    for (const name of readdirSync(join(dataDir, 'keys'))) expect(mode(join(dataDir, 'keys', name)), name).toBe(0)
  })
})

describe('a key that is lost', () => {
  it.each(['audit'] as const)('is not made anew while what it signed is kept: %s', async (name) => {
    const text = '{ child(id: "C04") { id } }'
    expect((await gateway.ask('mash-analyst', text)).status).toBe(200)
    await gateway.close()
    const file = signingKeyFile(join(dataDir, 'keys'), name)
    rmSync(file)
    await expect(startTestGateway({ DATA_DIR: dataDir })).rejects.toThrow(
      `${file} is missing, and the audit log has entries`,
    )
    expect(readdirSync(join(dataDir, 'keys'))).not.toContain(`${name}.jwk.json`)
  })
})
