import { parseArgs } from 'node:util'

/** What was asked of `npm run bench -- reach`. */
export interface ReachOptions {
  readonly rows: readonly string[]
  readonly children: number
  readonly rounds: number
  readonly seconds: number
  readonly warmUp: number
  /** Children whose records changed, for the watcher. */
  readonly changed: number
  readonly messages: number
  readonly write: boolean
}

type Known = readonly { readonly name: string; readonly title: string }[]

export const usageOf = (known: Known): string => `npm run bench -- reach [rows] [options]

  npm run bench -- reach                               every row at a small size, in some minutes
  npm run bench -- reach holders inbox --rounds 1      two rows
  npm run bench -- reach --children 10000 --rounds 7 --changed 10000 --messages 10000 --write

  rows         ${known.map(({ name, title }) => `${name.padEnd(11)} ${title}`).join('\n               ')}

  --children N    size of the population (2000)
  --rounds N      shuffled rounds, of which the middle counts (3)
  --seconds N     length of one window (3)
  --warm-up N     seconds of load before a window at most (15)
  --changed N     children whose records changed, for the watcher (500)
  --messages N    messages of the inbox (10000)
  --write         put the table into bench/README.md`

/** @returns what is wrong, as a sentence; the usage when it is asked for. */
export function readOptions(words: readonly string[], known: Known): ReachOptions | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        children: { type: 'string', default: '2000' },
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '3' },
        'warm-up': { type: 'string', default: '15' },
        changed: { type: 'string', default: '500' },
        messages: { type: 'string', default: '10000' },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) return usageOf(known)
    const names = known.map(({ name }) => name)
    const unknown = positionals.filter((word) => !names.includes(word))
    if (unknown.length > 0) return `There is no row ${unknown.join(', ')}: ${names.join(', ')} are known.`
    const { write, help: _, ...numbers } = values
    if (Object.values(numbers).some((text) => !/^[1-9]\d{0,6}$/.test(text)))
      return '--children, --rounds, --seconds, --warm-up, --changed and --messages are whole numbers above 0.'
    return {
      rows: positionals.length > 0 ? positionals : names,
      children: Number(values.children),
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
      warmUp: Number(values['warm-up']),
      changed: Number(values.changed),
      messages: Number(values.messages),
      write,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
