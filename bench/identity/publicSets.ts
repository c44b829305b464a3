import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { evaluate } from '../../lab/linkage/evaluate.ts'
import type { Goal } from '../goalTable.ts'

/** Where they lie when they lie beside the checkout. */
export const besideCheckout = fileURLToPath(new URL('../../../shared/data/linkage/', import.meta.url))

interface PublicSet {
  readonly title: string
  readonly file: string
  readonly truth: string
  readonly ignore: readonly string[]
  readonly least: number
  /** Whether links count as they are, or after grouping. */
  readonly by: 'pairs' | 'clustered'
}

const sets: readonly PublicSet[] = [
  {
    title: 'febrl 1 without the id number: F1',
    file: 'febrl/dataset1.csv',
    truth: 'rec_id',
    ignore: ['soc_sec_id'],
    least: 0.998,
    by: 'pairs',
  },
  {
    title: 'febrl 2 without the id number: F1',
    file: 'febrl/dataset2.csv',
    truth: 'rec_id',
    ignore: ['soc_sec_id'],
    least: 0.998,
    by: 'pairs',
  },
  {
    title: 'fake_1000, grouped: F1',
    file: 'splink/fake_1000.csv',
    truth: 'cluster',
    ignore: [],
    least: 0.97,
    by: 'clustered',
  },
]

/** Public sets, which are no part of this repository: measured where they lie beside it. */
export const publicSets = (folder: string): readonly Goal[] => sets.map((one) => goalOf(folder, one))

function goalOf(folder: string, { title, file, truth, ignore, least, by }: PublicSet): Goal {
  const goal = `≥ ${least}, 0 false automatic`
  if (!existsSync(join(folder, file)))
    return { name: title, goal, measured: 'not here: the set is no part of this repository', isReached: null }
  const watch = { progress: () => undefined, milliseconds: () => 0 }
  const measured = evaluate([{ name: file, bytes: readFileSync(join(folder, file)) }], { truth, ignore }, watch)
  const { f1 } = measured[by]
  const { automatic } = measured
  return {
    name: title,
    goal,
    measured: `${f1.toFixed(4)}; ${automatic.false} false of ${automatic.links} automatic`,
    isReached: f1 >= least && automatic.false === 0,
  }
}
