import { parseArgs } from 'node:util'

/** What was asked of `npm run bench -- endurance`. */
export interface EnduranceOptions {
  readonly minutes: number
  readonly children: number
  readonly connections: number
  /** Different operations that are asked beside Q1. */
  readonly operations: number
  readonly json: boolean
  readonly write: boolean
}

export const usage = `npm run bench -- endurance [options]

  npm run bench -- endurance                  the gateway's memory over ten minutes of Q1 at full load
  npm run bench -- endurance --minutes 2      the same, shorter
  npm run bench -- endurance --operations 1500   with so many different operations among it, more than any cache keeps

  --minutes N       how long (10)
  --children N      size of the population (10000)
  --connections N   how many ask at once (16)
  --operations N    different operations, of which one is asked with every twentieth request (none)
  --json            the results as JSON on standard output
  --write           put the results into bench/README.md`

/** @returns what is wrong, as a sentence, when the words make no sense; the usage when it is asked for. */
export function readOptions(words: readonly string[]): EnduranceOptions | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        minutes: { type: 'string', default: '10' },
        children: { type: 'string', default: '10000' },
        connections: { type: 'string', default: '16' },
        operations: { type: 'string', default: '0' },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) return usage
    if ([values.minutes, values.children, values.connections].some((text) => !/^[1-9]\d{0,6}$/.test(text)))
      return '--minutes, --children and --connections are whole numbers.'
    if (!/^(0|[1-9]\d{0,4})$/.test(values.operations)) return '--operations is a whole number, or 0.'
    return {
      minutes: Number(values.minutes),
      children: Number(values.children),
      connections: Number(values.connections),
      operations: Number(values.operations),
      json: values.json,
      write: values.write,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
