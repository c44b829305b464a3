import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { authorities, contacts, holders as demonstration, forces } from '../../seeds/authoritiesAndForces.ts'
import type { Holder } from '../../src/foundation/holder.ts'
import { countValues } from '../canonicalAnswer.ts'
import { folderIn, load } from '../database.ts'
import { environmentOf } from '../environment.ts'
import { withClient } from '../growth/buildLarge.ts'
import { analyst } from '../issuer.ts'
import { ask, bodiesOf } from '../measure.ts'
import { say } from '../progress.ts'
import { question } from '../questions/oneChild.ts'
import { anotherDatabase, atMost, cpuOf, gateway, inTurn, type Place, type Row, ratio } from './measuringPlace.ts'

const connected = demonstration.filter(({ binding }) => binding !== null)

/** The demonstration's, with schools that hold nothing, until there are forty that are read. */
const forty: readonly Holder[] = [
  ...demonstration,
  ...Array.from({ length: Math.max(0, 40 - connected.length) }, (_, nth): Holder => {
    const [school] = connected.filter(({ kind }) => kind === 'education')
    if (!school) throw new Error('There is no school.')
    return { ...school, id: `98${String(nth).padStart(4, '0')}`, organisation: `98${String(nth).padStart(4, '0')}` }
  }),
]

const inDatabasesOfTheirOwn = ['HEALTH', 'EDUCATION', 'POLICE'] as const

/**
 * The same population three times on one server: its kinds as one holder each in one database, as forty holders in one
 * database, and its kinds in four databases.
 */
export const holders: Row = {
  name: 'holders',
  title: 'Q1 with forty holders against five, and with four databases against one',
  measure: async (place) => {
    const five = await prepared(place, 'five', [], [])
    const many = await prepared(place, 'forty', forty, [])
    const four = await prepared(place, 'four', [], inDatabasesOfTheirOwn)
    const running = await Promise.all([five, many, four].map((environment) => place.start(gateway(), environment)))
    const [body = ''] = bodiesOf(question, place.sample)
    const [token = ''] = await place.issuer.tokens(1, analyst)
    const values: number[] = []
    for (const each of running) values.push(countValues(await ask(each, body, token)))
    say(`${values.join(', ')} values of the first child.`)
    const loaded = running.map((each) => ({ running: each, question, who: analyst }))
    const [ofFive = [], ofMany = [], ofFour = []] = await inTurn(place, loaded)
    const more = ` (${values[1]} and ${values[0]} values)`
    return [
      atMost('Q1 with 40 holders in one database against five, CPU', ratio(ofMany, ofFive, cpuOf), 1.3, '×', more),
      atMost('Q1 with holders in four databases against one, CPU', ratio(ofFour, ofFive, cpuOf), 1.6, '×'),
      {
        ...{ name: 'Q1 with holders in four databases against one, p50', goal: 'that of the slowest' },
        measured: `${ratio(ofFour, ofFive, ({ p50 }) => p50).toFixed(2)}×`,
        isReached: null,
      },
    ]
  },
}

/** A database or several with the population, as this registry's holders hold it. @returns a gateway's environment. */
async function prepared(
  place: Place,
  name: string,
  registered: readonly Holder[],
  apart: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { database, issuer, options } = place
  const file = join(database.scratch, `${name}.json`)
  writeFileSync(file, JSON.stringify({ authorities, forces, contacts, holders: registered }))
  const url = await anotherDatabase(place, `reach_${name}`)
  const further: Record<string, string> = { REGISTRY_FILE: file }
  for (const prefix of apart)
    further[`${prefix}_DATABASE_URL`] = await anotherDatabase(place, `reach_${name}_${prefix.toLowerCase()}`)
  await load(url, folderIn(database.scratch, `${name}-data`), options.children, () => undefined, further)
  for (const each of [url, ...Object.values(further).filter((value) => value !== file)])
    await withClient(each, (client) => client.query('vacuum analyze'))
  return { ...(await environmentOf(url, folderIn(database.scratch, name), issuer)), ...further }
}
