import { parseArgs } from 'node:util'
import { mostChildren } from '../../seeds/generated/numbers.ts'

/** What was asked of `npm run bench -- growth`. */
export interface GrowthOptions {
  readonly small: number
  readonly large: number
  /** Different children who are asked about on the large data, at least. */
  readonly sample: number
  readonly rounds: number
  readonly seconds: number
  /** Whether every fact is looked up for every request, as on a first look at a child. */
  readonly anew: boolean
  /** Whether the history of a few children grows, and not the population. */
  readonly history: boolean
  /** How many times it grows. */
  readonly times: number
  /** Entries by which the audit log grows for it. */
  readonly entries: number
  readonly json: boolean
  readonly write: boolean
}

export const usage = `npm run bench -- growth [options]

  npm run bench -- growth                              Q1 on ten thousand and on a million children, in both physical orders
  npm run bench -- growth --sizes 1000,20000 --rounds 3   a small one, in a minute
  npm run bench -- growth --history --entries 1000000     after years of use

  --sizes A,B     children of the small and of the large population; B is a multiple of A (10000,1000000)
  --sample N      different children who are asked about on the large one, at least (3000)
  --rounds N      shuffled rounds, of which the median counts (7; of --history 3)
  --seconds N     length of one window (3)
  --history       instead: questions about children whose history grows, two gateways on one log against one, the
                  longest hold of the loop, and the start and verification of a long log
  --times N       how many times that history grows (100)
  --entries N     entries by which the audit log grows for it (100000)
  --anew          facts are kept nowhere, so that it does not count how often the same child comes again
  --json          the results as JSON on standard output
  --write         put the results into bench/README.md

A million children in both orders take some 40 GB of the folder for temporary files.`

/** @returns what is wrong, as a sentence, when the words make no sense; the usage when it is asked for. */
export function readOptions(words: readonly string[]): GrowthOptions | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        sizes: { type: 'string', default: '10000,1000000' },
        sample: { type: 'string', default: '3000' },
        rounds: { type: 'string' },
        seconds: { type: 'string', default: '3' },
        history: { type: 'boolean', default: false },
        times: { type: 'string', default: '100' },
        entries: { type: 'string', default: '100000' },
        anew: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) return usage
    // The history asks some thirty questions, each of them warm: the whole table fits into half an hour.
    const rounds = values.rounds ?? (values.history ? '3' : '7')
    if (
      [values.sample, rounds, values.seconds, values.times, values.entries].some((text) => !/^[1-9]\d{0,6}$/.test(text))
    )
      return '--sample, --rounds, --seconds, --times and --entries are whole numbers.'
    const [small = 0, large = 0, ...more] = values.sizes.split(',').map(Number)
    // Thousands, since a child in a thousand has a long record, at the same place of each.
    if (more.length > 0 || !(small >= 1000) || small % 1000 !== 0 || large % small !== 0 || large <= small)
      return '--sizes are two numbers of children: thousands, and a multiple of them.'
    if (large > mostChildren) return `A population has at most ${mostChildren} children.`
    return {
      small,
      large,
      sample: Number(values.sample),
      rounds: Number(rounds),
      seconds: Number(values.seconds),
      history: values.history,
      times: Number(values.times),
      entries: Number(values.entries),
      anew: values.anew,
      json: values.json,
      write: values.write,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
