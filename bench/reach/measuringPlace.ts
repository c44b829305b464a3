import { join } from 'node:path'
import { type Contestant, contestants, theGateway } from '../contestants/contestant.ts'
import { type BenchDatabase, chooseSample, folderIn } from '../database.ts'
import { setUp } from '../databaseAndIssuer.ts'
import type { Goal } from '../goalTable.ts'
import type { Issuer, Practitioner } from '../issuer.ts'
import { type Measured, measure } from '../measure.ts'
import { say } from '../progress.ts'
import type { Question, Sample } from '../questions/question.ts'
import { type Running, start } from '../runningContestant.ts'
import { warmUp } from '../warmUp.ts'
import type { ReachOptions } from './options.ts'

/** What every row of the table is measured in: one server, one population, one issuer. */
export interface Place {
  readonly options: ReachOptions
  readonly database: BenchDatabase
  readonly issuer: Issuer
  readonly environment: Readonly<Record<string, string>>
  readonly sample: Sample
  /** Starts a process that ends with the measurement. */
  readonly start: (contestant: Contestant, environment: Readonly<Record<string, string>>) => Promise<Running>
  /** A folder of a gateway beside the first one, with the same keys. */
  readonly folder: (name: string) => string
}

/** One row of the table, or a few that are measured together. */
export interface Row {
  readonly name: string
  readonly title: string
  readonly measure: (place: Place) => Promise<readonly Goal[]>
}

/** The contestant of this name. */
export function named(name: string): Contestant {
  const found = contestants.find((each) => each.name === name)
  if (!found) throw new Error(`There is no contestant ${name}.`)
  return found
}
export const gateway = (): Contestant => named(theGateway)

/** Measures rows, each in processes of its own that are stopped before the next. */
export async function inPlace(
  options: ReachOptions,
  rows: readonly Row[],
): Promise<{ readonly goals: readonly Goal[]; readonly version: string; readonly records: number }> {
  const undo: (() => Promise<void> | void)[] = []
  try {
    const { database, issuer, environment } = await setUp(options.children, undo)
    const sample = await chooseSample(database.client)
    const goals: Goal[] = []
    for (const row of rows) {
      const running: Running[] = []
      say(row.title)
      try {
        const place: Place = {
          ...{ options, database, issuer, environment, sample },
          start: async (contestant, variables) => {
            const started = await start(contestant, variables)
            running.push(started)
            return started
          },
          folder: (name) => folderIn(database.scratch, name),
        }
        const found = await row.measure(place)
        for (const { name, goal, measured } of found) say(`${name}: ${measured} (goal: ${goal})`)
        goals.push(...found)
      } finally {
        for (const each of running) await each.stop()
      }
    }
    return { goals, version: database.version, records: database.records }
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

/** Another database of the same server. @returns its address. */
export async function anotherDatabase({ database }: Place, name: string): Promise<string> {
  await database.client.query(`create database ${name}`)
  return Object.assign(new URL(database.url), { pathname: `/${name}` }).href
}

/** Where a further gateway keeps what is its own. */
export const dataFolder = ({ database }: Place, name: string): string => join(database.scratch, `${name}-data`)

export interface Loaded {
  readonly running: Running
  readonly question: Question
  readonly who: Practitioner
  readonly sample?: Sample
}

/** One window of load. */
export const windowOf = async (place: Place, { running, question, who, sample }: Loaded, seconds: number) =>
  measure(running, place.database, {
    ...{ question, seconds },
    sample: sample ?? place.sample,
    tokens: await place.issuer.tokens(16, who),
  })

/** Windows of several in turn, each warm before the first; all alone beside the others. */
export async function inTurn(place: Place, loaded: readonly Loaded[]): Promise<readonly (readonly Measured[])[]> {
  const { rounds, seconds, warmUp: most } = place.options
  for (const each of loaded) await warmUp((length) => windowOf(place, each, length), most)
  const windows = loaded.map((): Measured[] => [])
  for (let round = 0; round < rounds; round += 1)
    for (const [at, each] of loaded.entries()) windows[at]?.push(await windowOf(place, each, seconds))
  return windows
}

/** The middle of what two series are to each other, round by round. */
export const ratio = (
  above: readonly Measured[],
  below: readonly Measured[],
  what: (measured: Measured) => number,
): number => middle(above.map((one, at) => what(one) / what(below[at] ?? one)))

export const cpuOf = ({ node, postgres }: Measured): number => node + postgres

export const middle = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]]
  return (low + high) / 2
}

/** A goal that is a most or a least. */
export const atMost = (name: string, measured: number, most: number, unit: string, more = ''): Goal => ({
  ...{ name, goal: `≤ ${most}${unit}`, measured: `${figure(measured)}${unit}${more}` },
  isReached: measured <= most,
})
export const atLeast = (name: string, measured: number, least: number, unit: string, more = ''): Goal => ({
  ...{ name, goal: `≥ ${least}${unit}`, measured: `${figure(measured)}${unit}${more}` },
  isReached: measured >= least,
})

const figure = (number: number): string => (number >= 100 ? number.toFixed(0) : number.toFixed(2))
