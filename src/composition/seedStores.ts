import { type AgencyName, agencies, schemaName } from '../foundation/agencies.ts'
import { systemClock } from '../foundation/clock.ts'
import { noteIndexed } from '../registers/holderStates.ts'
import type { Progress } from '../server/gatewayTypes.ts'
import { writeRecords } from '../sources/bindings/sql/writeRecords.ts'
import type { Database } from '../store/database.ts'
import type { Stores } from '../store/stores.ts'
import { isOfKind } from './boundHolders.ts'
import type { Catalogue } from './catalogue.ts'
import type { Place } from './kindTables.ts'

export interface SeedOptions {
  readonly storyCases: boolean
  /** Children of the generated population. */
  readonly children: number
  readonly onProgress: Progress
}

/** Writes the story cases where nothing is there yet, and a generated population beside them. */
export async function seedStores(
  stores: Stores,
  places: readonly Place[],
  catalogue: Catalogue,
  options: SeedOptions,
): Promise<{ children: number; records: number }> {
  let records = 0
  let children = 0
  if (options.storyCases && (await isEmpty(stores.gateway, 'gateway', 'child'))) {
    const { default: gateway } = await import('../../seeds/gateway.ts')
    const { writeGateway } = await import('../../seeds/writeGateway.ts')
    await writeGateway(stores.gateway.knex, gateway)
    // Whose the persons of the story cases are came with them.
    const known = [...catalogue.registry.holders.keys()]
    await noteIndexed(stores.gateway, known, systemClock().now())
    children += gateway.children.length
  }
  if (options.storyCases) for (const name of agencies) await takeBrought(stores, name)
  if (options.storyCases)
    for (const place of places) records += await seedAgency(stores, place, places, options.onProgress)
  if (options.children > 0) {
    const { generatePopulation } = await import('../../seeds/population.ts')
    const generated = await generatePopulation(
      stores,
      places.filter(isOfKind).map(({ kind }) => kind),
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

/** Writes the story cases of the holders of one place where its tables are empty. */
export async function seedAgency(
  stores: Stores,
  place: Place,
  places: readonly Place[],
  onProgress: Progress,
  isForAllOthers = isOfKind(place),
): Promise<number> {
  const { id, kind, layout } = place
  const person = layout.lists.get('person')
  if (!person || layout.foreign || !(await isEmpty(stores.owner(id), schemaName(kind), person.table))) return 0
  const { default: seed } = await import(`../../seeds/${kind}.ts`)
  const { fieldOf, keptBy } = await import('../../seeds/seedRecord.ts')
  const elsewhere = places.filter((each) => each.kind === kind && each !== place)
  const records = keptBy(seed, organisationsOf([place]), organisationsOf(elsewhere), isForAllOthers)
  const total = Object.values(records).reduce((sum, rows) => sum + rows.length, 0)
  return writeRecords(stores.owner(id).knex, layout, records, fieldOf, (written) =>
    onProgress(written, total, `records of ${id}`),
  )
}

const organisationsOf = (places: readonly Place[]): ReadonlySet<string> =>
  new Set(places.flatMap(({ holders }) => holders.flatMap(({ organisation }) => organisation ?? [])))

const isEmpty = async (database: Database, schema: string, table: string): Promise<boolean> =>
  (
    await database.rows({
      name: `empty_${schema}_${table}`,
      text: `select '1' from "${schema}"."${table}" limit 1`,
      values: [],
    })
  ).length === 0
