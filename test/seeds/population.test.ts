import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorities } from '../../seeds/authoritiesAndForces.ts'
import { childId, type GeneratedChild } from '../../seeds/generated/families.ts'
import { generatePopulation, type PopulationBatch, population } from '../../seeds/population.ts'
import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import { nhsNumber, upn } from '../../src/foundation/identifiers.ts'
import { registryOf } from '../../src/foundation/registry.ts'
import { buildModel, loadAgencies, type Model } from '../../src/graphql/schemaModel.ts'
import { tablesOf } from '../../src/sources/layoutTables.ts'
import { migrateAgency } from '../../src/store/agencyTables.ts'
import { migrateGateway } from '../../src/store/migrate.ts'
import { openStores, type Stores } from '../../src/store/stores.ts'
import { createTestDatabase, hasPostgres, realTitle } from '../support/postgres.ts'
import { newEmptyDataDir } from '../support/prepared.ts'

const made = (children: number, batchSize = 1000): PopulationBatch[] => [...population(children, batchSize)]
const childrenOf = (batches: readonly PopulationBatch[]): readonly GeneratedChild[] =>
  batches.flatMap(({ families }) => families.flatMap((family) => family.children))
const rowsOf = (batches: readonly PopulationBatch[], agency: AgencyName, list: string) =>
  batches.flatMap(({ sheets }) => sheets.records[agency][list] ?? [])
const everyRow = (batches: readonly PopulationBatch[]) =>
  batches.flatMap(({ sheets }) => agencies.flatMap((name) => Object.values(sheets.records[name]).flat()))

describe('a generated population', () => {
  const batches = made(2000)
  const children = childrenOf(batches)

  it('is the same whenever it is made, whatever the size of its batches', () => {
    const digest = (size: number) => {
      const hash = createHash('sha256')
      for (const { families, gateway } of made(300, size)) {
        for (const family of families) hash.update(JSON.stringify(family))
        for (const rows of Object.values(gateway).flat()) hash.update(JSON.stringify(rows))
      }
      return hash.digest('hex')
    }
    expect(digest(1000)).toBe(digest(1000))
    expect(made(300).map(({ sheets }) => sheets.records)).toEqual(made(300).map(({ sheets }) => sheets.records))
    expect(childrenOf(made(300, 7))).toEqual(childrenOf(made(300, 1000)))
  })

  it('numbers its children without a gap', () => {
    expect(children.map(({ id }) => id)).toEqual(Array.from({ length: 2000 }, (_, place) => childId(place + 1)))
  })

  it('gives every number a valid check digit or letter, from ranges no real person has', () => {
    const rules = { demonstration: true, authorities: registryOf(authorities, []).authorities }
    for (const child of children) {
      expect(nhsNumber(child.nhsNumber ?? '')).toMatch(/^999/)
      if (child.upn !== null) expect(upn(child.upn, rules)).toMatch(/^[A-Z]99[2-5]/)
    }
    expect(new Set(children.map((child) => child.nhsNumber)).size).toBe(2000)
    expect(new Set(children.flatMap((child) => child.upn ?? [])).size).toBe(
      children.filter((child) => child.upn !== null).length,
    )
  })

  it('uses no number of the story cases', () => {
    expect(children.filter((child) => /^99910[12]/.test(child.nhsNumber ?? ''))).toEqual([])
  })

  it('gives each agency a person id of its own, in which the child’s number cannot be seen', () => {
    for (const pick of ['health', 'education', 'police', 'socialCare'] as const) {
      const persons = children.flatMap((child) => child[pick] ?? [])
      expect(new Set(persons).size).toBe(persons.length)
      const digits = children.filter((child) => child[pick]?.endsWith(String(child.number).padStart(7, '0')))
      expect(digits.length).toBeLessThan(3)
    }
  })

  it('lets siblings share a household, its practice and the adults known to services', () => {
    const families = batches.flatMap((batch) => batch.families).filter((family) => family.children.length > 1)
    expect(families.length).toBeGreaterThan(400)
    for (const family of families) {
      expect(new Set(family.children.map((child) => child.family)).size).toBe(1)
      expect(new Set(family.children.map((child) => child.bornOn)).size).toBe(family.children.length)
    }
    const addresses = rowsOf(batches, 'socialCare', 'addresses')
    const shared = families.find((family) => family.children.every((child) => child.socialCare !== null))
    const homes = shared?.children.map((child) => addresses.find((row) => row.person === child.socialCare)?.['display'])
    expect(new Set(homes).size).toBe(1)
  })

  it('holds about fifty records a child, and most children are known to the universal services alone', () => {
    const ordinary = everyRow(batches).length - rowsOf(batches, 'socialCare', 'carerLog').length
    expect(ordinary / children.length).toBeGreaterThan(40)
    expect(ordinary / children.length).toBeLessThan(60)
    const share = (which: (child: GeneratedChild) => boolean) => children.filter(which).length / children.length
    expect(share((child) => child.level === 'UNIVERSAL')).toBeGreaterThan(0.7)
    expect(share((child) => child.socialCare !== null)).toBeLessThan(0.25)
    expect(share((child) => child.level === 'LOOKED_AFTER')).toBeLessThan(0.03)
    expect(share((child) => child.police !== null)).toBeLessThan(0.2)
  })

  it('keeps a long record at the places where a measurement looks for it', () => {
    const long = children.filter((child) => child.longRecord)
    expect(long.map(({ id }) => id)).toEqual(['G0000500', 'G0001500'])
    for (const child of long) {
      const log = rowsOf(batches, 'socialCare', 'carerLog').filter((row) => row.person === child.socialCare)
      expect(log).toHaveLength(1000)
    }
  })

  it('knows nothing before it happened, nor after the day on which it is looked at', () => {
    for (const row of everyRow(batches)) {
      expect(row.recordedAt >= (row.eventAt ?? '')).toBe(true)
      expect(row.recordedAt <= '2026-11-20T23:59:59Z').toBe(true)
    }
  })

  it('says nothing of another agency’s person, nor of the gateway’s child', () => {
    const police = JSON.stringify(rowsOf(batches, 'police', 'events'))
    expect(police).not.toMatch(/"H-|"P-|"EV-|G000/)
  })
})

describe('writing it', () => {
  let layouts: Model['layouts']
  const open: Stores[] = []
  const folders: string[] = []
  const emptyDataDir = (): string => {
    const folder = newEmptyDataDir()
    folders.push(folder)
    return folder
  }
  const prepared = async (databaseUrl?: string): Promise<Stores> => {
    const stores = await openStores({
      dataDir: databaseUrl === undefined ? emptyDataDir() : 'memory',
      databaseUrl,
      agencyUrls: {},
      agencies,
      readOnlyAgencies: false,
    })
    open.push(stores)
    await migrateGateway(stores.gateway)
    for (const name of agencies) await migrateAgency(stores.owner(name), tablesOf(layouts[name]))
    return stores
  }
  const write = (stores: Stores, onProgress = () => undefined) =>
    generatePopulation(stores, agencies, layouts, 50, onProgress)

  beforeAll(async () => {
    layouts = buildModel(await loadAgencies(), []).layouts
  })
  afterAll(async () => {
    await Promise.all(open.map((stores) => stores.close()))
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  /** Everything that was written, as text, in one order. */
  const contents = async (stores: Stores): Promise<string> => {
    const hash = createHash('sha256')
    for (const name of agencies) {
      const { schema, lists } = layouts[name]
      for (const list of lists.values()) {
        const text = `select row_to_json(t)::text from (select * from "${schema}"."${list.table}") t order by "${list.common.id}" collate "C"`
        for (const [row] of await stores.owner(name).rows({ name: `all_${schema}_${list.table}`, text, values: [] }))
          hash.update(row ?? '')
      }
    }
    for (const table of ['child', 'link', 'identifier', 'relationship']) {
      const text = `select row_to_json(t)::text as line from gateway."${table}" t order by row_to_json(t)::text collate "C"`
      for (const [row] of await stores.gateway.rows({ name: `all_${table}`, text, values: [] })) hash.update(row ?? '')
    }
    return hash.digest('hex')
  }

  it('works on the embedded store, tells how far it is, and refuses a second time', async () => {
    const stores = await prepared()
    const told: number[] = []
    const written = await generatePopulation(stores, agencies, layouts, 50, (done) => told.push(done))
    expect(written.children).toBe(50)
    expect(written.records).toBeGreaterThan(1500)
    expect(told.at(-1)).toBe(50)
    await expect(write(stores)).rejects.toThrow(/A generated population is there already, in the gateway, health/)
  })

  it('refuses more children than there are numbers for', async () => {
    const stores = open[0] ?? (await prepared())
    await expect(generatePopulation(stores, agencies, layouts, 1_000_001, () => undefined)).rejects.toThrow(
      /at most 1000000 children/,
    )
  })

  it.skipIf(!hasPostgres())(realTitle('leaves the same on a real PostgreSQL, where it is copied'), async () => {
    const { url, drop } = await createTestDatabase()
    const real = await prepared(url)
    await write(real)
    const embedded = open[0] ?? (await prepared())
    expect(await contents(real)).toBe(await contents(embedded))
    await expect(write(real)).rejects.toThrow(/there already/)
    await real.close()
    open.splice(open.indexOf(real), 1)
    await drop()
  })
})
