import type { AgencyName } from '../src/foundation/agencies.ts'
import { StartupError } from '../src/foundation/errors.ts'
import type { Progress } from '../src/server/gatewayTypes.ts'
import type { SourceLayout } from '../src/sources/sourceLayout.ts'
import type { Stores } from '../src/store/stores.ts'
import { writeAdultServices } from './generated/adultServices.ts'
import { Dice } from './generated/dice.ts'
import { writeEducation } from './generated/education.ts'
import { childId, type Family, familyOf } from './generated/families.ts'
import { emptyGatewayRows, type GatewayRows, writeGatewayRows } from './generated/gateway.ts'
import { writeHealth } from './generated/health.ts'
import { mostChildren, NhsNumbers } from './generated/numbers.ts'
import { writePolice } from './generated/police.ts'
import { Sheets } from './generated/sheets.ts'
import { writeSocialCare } from './generated/socialCare.ts'
import { storeWriter } from './generated/storeWriter.ts'

const seed = 20_261_120

/** Families that are written together: enough for quick copying, few enough for flat memory. */
const childrenABatch = { postgres: 1000, embedded: 100 } as const

/** Some families with all their records. */
export interface PopulationBatch {
  readonly families: readonly Family[]
  readonly sheets: Sheets
  readonly gateway: GatewayRows
}

/**
 * The population, batch by batch: the same number of children gives the same people and records everywhere. Most know
 * the universal services alone; some families have an open case, police records and adults known to services.
 */
export function* population(children: number, batchSize: number): Generator<PopulationBatch> {
  const nhsNumbers = new NhsNumbers()
  for (let next = 1; next <= children; ) {
    const families: Family[] = []
    const sheets = new Sheets()
    const gateway = emptyGatewayRows()
    for (let made = 0; made < batchSize && next <= children; ) {
      const dice = new Dice(seed, next, next * 40_503)
      const family = familyOf(dice, nhsNumbers, next, children - next + 1)
      writeFamily(sheets, gateway, dice, family)
      families.push(family)
      made += family.children.length
      next += family.children.length
    }
    yield { families, sheets, gateway }
  }
}

function writeFamily(sheets: Sheets, gateway: GatewayRows, dice: Dice, family: Family): void {
  for (const child of family.children) {
    writeHealth(sheets, dice, family, child)
    writeEducation(sheets, dice, family, child)
    writePolice(sheets, dice, family, child)
    writeSocialCare(sheets, dice, family, child)
    writeGatewayRows(gateway, dice, family, child)
  }
  writeAdultServices(sheets, dice, family)
}

/**
 * Writes a generated population beside the story cases. While a batch is written the next one is made.
 *
 * @throws StartupError when there is one already: two would share their numbers.
 */
export async function generatePopulation(
  stores: Stores,
  names: readonly AgencyName[],
  layouts: Readonly<Record<AgencyName, SourceLayout>>,
  children: number,
  onProgress: Progress,
): Promise<{ children: number; records: number }> {
  if (children > mostChildren) throw new StartupError([`A population has at most ${mostChildren} children.`])
  await refuseSecond(stores, names, layouts)
  const writer = storeWriter(stores, names, layouts)
  const written = { children: 0, records: 0 }
  let writing: Promise<unknown> = Promise.resolve()
  for (const batch of population(children, childrenABatch[stores.gateway.kind])) {
    await writing
    const { sheets, gateway } = batch
    writing = Promise.all([...names.map((name) => writer.agency(name, sheets.records[name])), writer.gateway(gateway)])
    // A failure is met where it is awaited; until then it must not count as unhandled.
    writing.catch(() => undefined)
    written.children += gateway.child.length
    written.records += names.reduce((sum, name) => sum + recordsOf(sheets, name), 0)
    onProgress(written.children, children, 'children of the population')
  }
  await writing
  await writer.finish()
  return written
}

const recordsOf = (sheets: Sheets, name: AgencyName): number =>
  Object.values(sheets.records[name]).reduce((sum, rows) => sum + rows.length, 0)

/** The gateway's children are looked for, and each agency's persons, since an attempt may have been broken off. */
async function refuseSecond(
  stores: Stores,
  names: readonly AgencyName[],
  layouts: Readonly<Record<AgencyName, SourceLayout>>,
): Promise<void> {
  const found: string[] = []
  const child = await stores.gateway.rows({
    name: 'population_child',
    text: 'select child_id from gateway.child where child_id = $1::text',
    values: [childId(1)],
  })
  if (child.length > 0) found.push('the gateway')
  const [first] = population(1, 1)
  for (const name of names) {
    const person = first?.sheets.records[name]['person']?.[0]?.person
    const list = layouts[name].lists.get('person')
    if (person === undefined || !list) continue
    const rows = await stores.owner(name).rows({
      name: `population_${name}`,
      text: `select '1' from "${layouts[name].schema}"."${list.table}" where "${list.common.person}" = $1::text limit 1`,
      values: [person],
    })
    if (rows.length > 0) found.push(layouts[name].contract.title.toLowerCase())
  }
  if (found.length > 0)
    throw new StartupError([
      `A generated population is there already, in ${found.join(', ')}. Run \`wholeview db reset --yes\` first to make another.`,
    ])
}
