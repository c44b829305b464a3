import { parseArgs } from 'node:util'
import { contestants } from './contestants/contestant.ts'
import { questions } from './questions/index.ts'
import type { QuestionName } from './questions/question.ts'

/** What was asked of the command. */
export interface BenchOptions {
  readonly profile: boolean
  readonly questions: readonly QuestionName[]
  readonly only: readonly string[]
  readonly children: number
  /** How many ask at once; null: as many as each question has of its own, which the goals are of. */
  readonly connections: number | null
  readonly rounds: number
  readonly seconds: number
  /** Seconds of load before a window at most, which do not count. */
  readonly warmUp: number
  readonly json: boolean
  /** Whether the results replace those in `bench/README.md`. */
  readonly write: boolean
}

export const usage = `npm run bench -- [questions] [options]

  npm run bench                             every question, every contestant
  npm run bench -- q1 --only ours,limit     one question, two contestants
  npm run bench -- profile q1               where the gateway's time goes
  npm run bench -- growth --help            the same question on small and on large data
  npm run bench -- oversight --help         questions over many children
  npm run bench -- reach --help             holders, alerts, messages and long records, against their goals
  npm run bench -- endurance --help         memory over a long run at full load

  npm ci --prefix bench/peers/postgraphile  installs PostGraphile beforehand, which is measured where it is

  questions    ${questions.map(({ name, title }) => `${name}  ${title}`).join('\n               ')}
  contestants  ${contestants.map(({ name, title }) => `${name}  ${title}`).join('\n               ')}

  --only a,b        these contestants alone
  --children N      size of the population (10000)
  --connections N   how many ask at once, instead of the question's own number; goals are not judged then
  --rounds N        shuffled rounds, of which the median counts (3)
  --seconds N       length of one window (3)
  --warm-up N       seconds of load before it at most, until CPU a request no longer falls (30)
  --json            the results as JSON on standard output
  --write           put the results into bench/README.md and bench/results.svg`

/** @returns what is wrong, as a sentence, when the words make no sense. */
export function readOptions(words: readonly string[]): BenchOptions | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        only: { type: 'string' },
        children: { type: 'string', default: '10000' },
        connections: { type: 'string' },
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '3' },
        'warm-up': { type: 'string', default: '30' },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
      },
    })
    const profile = positionals[0] === 'profile'
    const named = profile ? positionals.slice(1) : positionals
    const known = questions.map(({ name }) => name)
    const unknown = named.filter((name) => !known.some((question) => question === name))
    if (unknown.length > 0) return `There is no question ${unknown.join(', ')}: ${known.join(', ')} are known.`
    const only = values.only?.split(',') ?? contestants.map(({ name }) => name)
    const strangers = only.filter((name) => !contestants.some((contestant) => contestant.name === name))
    if (strangers.length > 0)
      return `There is no contestant ${strangers.join(', ')}: ${contestants.map(({ name }) => name).join(', ')} are known.`
    const { children, connections = '1', rounds, seconds, 'warm-up': warmUp } = values
    if ([children, connections, rounds, seconds, warmUp].some((text) => !/^[1-9]\d{0,6}$/.test(text)))
      return '--children, --connections, --rounds, --seconds and --warm-up are whole numbers above 0.'
    if (values.connections !== undefined && values.write)
      return 'The page is of the questions’ own connections: --write goes without --connections.'
    return {
      profile,
      questions: named.length > 0 ? known.filter((name) => named.includes(name)) : known,
      only,
      children: Number(children),
      connections: values.connections === undefined ? null : Number(connections),
      rounds: Number(rounds),
      seconds: Number(seconds),
      warmUp: Number(warmUp),
      json: values.json,
      write: values.write,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
