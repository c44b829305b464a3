import { type Agreement, agree } from './answersAgree.ts'
import { type Contestant, theGateway } from './contestants/contestant.ts'
import { type BenchDatabase, chooseSample } from './database.ts'
import { analyst, type Issuer, receiver, sender } from './issuer.ts'
import { statementsPerRequest } from './measure.ts'
import type { Question, Sample } from './questions/question.ts'
import { type Running, start } from './runningContestant.ts'
import { requestTransfers } from './transfers.ts'

/** What everyone is measured in. */
export interface Ring {
  readonly database: BenchDatabase
  readonly issuer: Issuer
  readonly say: (sentence: string) => void
}

/** Who may be measured with a question: those whose answers are the same. */
export interface Prepared extends Agreement {
  readonly question: Question
  readonly sample: Sample
  readonly agreeing: readonly { readonly contestant: Contestant; readonly statements: number | null }[]
  /** Those who have no answer to it. */
  readonly absent: readonly Contestant[]
}

export const askerOf = ({ name }: Question): typeof analyst => (name === 'q4' ? receiver : analyst)

/** Starts everyone side by side, compares what they answer, counts their statements, and ends them. */
export async function prepare(
  taking: readonly Contestant[],
  environment: Readonly<Record<string, string>>,
  chosen: readonly Question[],
  { database, issuer, say }: Ring,
): Promise<Prepared[]> {
  const runnings: Running[] = []
  try {
    for (const contestant of taking) {
      say(`Starting ${contestant.name}.`)
      await contestant.before?.(database.url)
      runnings.push(await start(contestant, environment))
    }
    const sample = await sampleOf(database, runnings, issuer, chosen)
    const prepared: Prepared[] = []
    for (const question of chosen) {
      say(`${question.name}: comparing the answers.`)
      const isAsked = question.variables(sample).length > 0
      const able = runnings.filter(({ contestant }) => isAsked && contestant.answers.includes(question.name))
      const tokens = await issuer.tokens(1, askerOf(question))
      const agreement = await agree(able, question, sample, tokens[0] ?? '')
      for (const { name, where } of agreement.differing) say(`${name} answers ${question.name} differently: ${where}`)
      const agreeing: Prepared['agreeing'][number][] = []
      for (const running of able)
        if (!agreement.differing.some(({ name }) => name === running.contestant.name))
          agreeing.push({
            contestant: running.contestant,
            statements: await statementsPerRequest(running, database, { question, sample, tokens }),
          })
      prepared.push({
        ...agreement,
        question,
        sample,
        agreeing,
        absent: taking.filter(({ answers }) => !answers.includes(question.name)),
      })
    }
    return prepared
  } finally {
    await Promise.all(runnings.map(({ stop }) => stop()))
  }
}

async function sampleOf(
  database: BenchDatabase,
  runnings: readonly Running[],
  issuer: Issuer,
  chosen: readonly Question[],
): Promise<Sample> {
  const sample = await chooseSample(database.client)
  // They share one database, so that what is requested of one is there for the other.
  const gateway = runnings.find(({ contestant }) => contestant.name === theGateway)
  if (!gateway || !chosen.some(({ name }) => name === 'q4')) return sample
  const [token = ''] = await issuer.tokens(1, sender)
  return { ...sample, transfers: await requestTransfers(gateway, sample.underPlan, token) }
}
