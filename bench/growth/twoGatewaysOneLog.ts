import type { Goal } from '../goalTable.ts'
import type { Measured } from '../measure.ts'
import { say } from '../progress.ts'
import type { Running } from '../runningContestant.ts'
import { warmUp } from '../warmUp.ts'
import { median } from './judgeGrowth.ts'

/** Two gateways on one log against one: at least so many requests, and at most so much CPU for each. */
export interface SharedGoal {
  readonly title: string
  readonly requests: number
  readonly cpu: number
}

/** Loads one gateway over so many connections for so many seconds. */
export type Load = (running: Running, connections: number, seconds: number) => Promise<Measured>

/** The same load on one gateway, and divided between two that share a log, in turns. */
export async function together(
  [one, other]: readonly [Running, Running],
  load: Load,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  { title, ...goal }: SharedGoal,
): Promise<readonly Goal[]> {
  for (const each of [one, other]) await warmUp((length) => load(each, 16, length), 12)
  const found: { readonly requests: number; readonly cpu: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const alone = await load(one, 16, seconds)
    const both = await Promise.all([load(one, 8, seconds), load(other, 8, seconds)])
    const perSecond = both.reduce((sum, each) => sum + each.perSecond, 0)
    const node = both.reduce((sum, each) => sum + each.node * each.perSecond, 0) / perSecond
    // What PostgreSQL used stands in both windows: each divides the whole of it by its own requests.
    const postgres = 1 / both.reduce((sum, each) => sum + 1 / each.postgres, 0)
    found.push({
      requests: perSecond / alone.perSecond,
      cpu: (node + postgres) / (alone.node + alone.postgres),
    })
    say(`${title}: ${perSecond.toFixed(0)} requests a second by two, ${alone.perSecond.toFixed(0)} by one.`)
  }
  const [requests, cpu] = [median(found.map((each) => each.requests)), median(found.map((each) => each.cpu))]
  return [
    {
      ...{ name: `Two gateways against one, ${title}, requests`, goal: `≥ ${goal.requests}×` },
      ...{ measured: `${requests.toFixed(2)}×`, isReached: requests >= goal.requests },
    },
    {
      ...{ name: `Two gateways against one, ${title}, CPU`, goal: `≤ ${goal.cpu}×` },
      ...{ measured: `${cpu.toFixed(2)}×`, isReached: cpu <= goal.cpu },
    },
  ]
}
