import { type AgencyName, agencies, schemaName } from '../foundation/agencies.ts'
import type { Progress } from '../server/gatewayPort.ts'
import { writeRecords } from '../sources/bindings/sql/writeRecords.ts'
import type { Database } from '../store/database.ts'
import type { Stores } from '../store/stores.ts'
import type { Catalogue } from './catalogue.ts'

export interface SeedOptions {
  readonly storyCases: boolean
  /** Children of the generated population. */
  readonly children: number
  readonly onProgress: Progress
}

/** Writes the story cases where nothing is there yet, and a generated population beside them. */
export async function seedStores(
  stores: Stores,
  names: readonly AgencyName[],
  catalogue: Catalogue,
  options: SeedOptions,
): Promise<{ children: number; records: number }> {
  let records = 0
  let children = 0
  if (options.storyCases && (await isEmpty(stores.gateway, 'gateway', 'child'))) {
    const { default: gateway } = await import('../../seeds/gateway.ts')
    const { writeGateway } = await import('../../seeds/writeGateway.ts')
    await writeGateway(stores.gateway.knex, gateway)
    children += gateway.children.length
  }
  if (options.storyCases) for (const name of agencies) await takeBrought(stores, name)
  if (options.storyCases)
    for (const name of names) records += await seedAgency(stores, name, catalogue, options.onProgress)
  if (options.children > 0) {
    const { generatePopulation } = await import('../../seeds/population.ts')
    const generated = await generatePopulation(
      stores,
      names,
      catalogue.model.layouts,
      options.children,
      options.onProgress,
    )
    children += generated.children
    records += generated.records
  }
  return { children, records }
}

/**
 * Writes the links and agreements that an agency's own seed brings, wherever its records are, while none of its persons
 * is linked.
 */
async function takeBrought({ gateway }: Stores, name: AgencyName): Promise<void> {
  const known = await gateway.rows({
    name: 'empty_links',
    text: "select '1' from gateway.link where agency = $1::text limit 1",
    values: [name],
  })
  if (known.length > 0) return
  const { default: seed } = await import(`../../seeds/${name}.ts`)
  const { writeBrought } = await import('../../seeds/writeGateway.ts')
  await writeBrought(gateway.knex, name, seed)
}

/** Writes one agency's story cases where its tables are empty. */
export async function seedAgency(
  stores: Stores,
  name: AgencyName,
  catalogue: Catalogue,
  onProgress: Progress,
): Promise<number> {
  const layout = catalogue.model.layouts[name]
  const person = layout.lists.get('person')
  if (!person || layout.foreign || !(await isEmpty(stores.owner(name), schemaName(name), person.table))) return 0
  const { default: seed } = await import(`../../seeds/${name}.ts`)
  const { fieldOf } = await import('../../seeds/seed.ts')
  const total = Object.values<readonly unknown[]>(seed.records).reduce((sum, rows) => sum + rows.length, 0)
  return writeRecords(stores.owner(name).knex, layout, seed.records, fieldOf, (written) =>
    onProgress(written, total, `records of ${name}`),
  )
}

const isEmpty = async (database: Database, schema: string, table: string): Promise<boolean> =>
  (
    await database.rows({
      name: `empty_${schema}_${table}`,
      text: `select '1' from "${schema}"."${table}" limit 1`,
      values: [],
    })
  ).length === 0
