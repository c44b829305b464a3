import { parseArgs } from 'node:util'
import { besideCheckout } from './publicSets.ts'

/** What was asked of the command. */
export interface Options {
  readonly size: number
  readonly queries: number
  /** Further searches in each situation for children who are not on file. */
  readonly absent: number
  readonly searches: number
  readonly histories: number
  readonly seed: number
  /** Folder in which the loaded database is kept; null to throw it away. */
  readonly keep: string | null
  readonly only: 'all' | 'accuracy' | 'latency'
  readonly model: string | null
  /** Folder of the public sets. */
  readonly sets: string
  readonly json: boolean
  readonly write: boolean
}

export const usage = `npm run bench:identity -- [options]

  npm run bench:identity                       every goal of identity resolution, against a million children
  npm run bench:identity -- --size 100000 --queries 20000   a smaller one, in a minute
  npm run bench:identity -- --only latency --keep folder    the timed matches alone; the loaded database stays in the folder

  --size N        children, of whom 97 % are on file (1000000)
  --queries N     searches in each situation, and three times as many locally (100000)
  --absent N      further ones in each for children who are not on file (120000)
  --searches N    timed matches in each of six rounds on a real PostgreSQL (15000)
  --histories N   random histories of links and refutations (150)
  --seed N        another population, other lessons and other searches (20261120)
  --only PART     accuracy or latency
  --keep FOLDER   keep the loaded database there, and use what is there already
  --model FILE   write the model that was learnt, as the shipped default was
  --sets FOLDER   public sets, with febrl and splink in it (../shared/data/linkage)
  --json          the goals as JSON
  --write         put the table into bench/README.md`

/** @returns what is wrong, as a sentence, when the words make no sense. */
export function readOptions(words: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        size: { type: 'string', default: '1000000' },
        queries: { type: 'string', default: '100000' },
        absent: { type: 'string', default: '120000' },
        searches: { type: 'string', default: '15000' },
        histories: { type: 'string', default: '150' },
        seed: { type: 'string', default: '20261120' },
        only: { type: 'string', default: 'all' },
        keep: { type: 'string' },
        model: { type: 'string' },
        sets: { type: 'string', default: besideCheckout },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) return usage
    const numbers = [values.size, values.queries, values.absent, values.searches, values.histories, values.seed]
    if (numbers.some((text) => !/^[1-9]\d{0,8}$/.test(text)))
      return '--size, --queries, --absent, --searches, --histories and --seed are whole numbers.'
    const { only } = values
    if (only !== 'all' && only !== 'accuracy' && only !== 'latency') return '--only is accuracy or latency.'
    return {
      size: Number(values.size),
      queries: Number(values.queries),
      absent: Number(values.absent),
      searches: Number(values.searches),
      histories: Number(values.histories),
      seed: Number(values.seed),
      keep: values.keep ?? null,
      only,
      model: values.model ?? null,
      sets: values.sets,
      json: values.json,
      write: values.write,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
