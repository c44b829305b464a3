import { Dice } from '../seeds/generated/dice.ts'
import type { Contestant } from './contestants/contestant.ts'
import { securityCost } from './goals.ts'
import { type Measured, measure, type Window } from './measure.ts'
import type { BenchOptions } from './options.ts'
import { askerOf, type Prepared, type Ring } from './prepare.ts'
import { linesOf, type QuestionResult } from './results.ts'
import { start } from './runningContestant.ts'
import { shuffled } from './shuffled.ts'
import { warmUp } from './warmUp.ts'

/** Measures those who agree on a question: in every round each of them once, in an order of its own. */
export async function compete(
  { question, sample, agreeing, absent, values, bytes, differing }: Prepared,
  environment: Readonly<Record<string, string>>,
  ring: Ring,
  { rounds, seconds, warmUp: mostWarmUp }: BenchOptions,
): Promise<QuestionResult> {
  const windows = new Map<string, Measured[]>(agreeing.map(({ contestant }) => [contestant.name, []]))
  const dice = new Dice(question.connections, rounds, 1)
  for (let round = 1; round <= rounds; round += 1)
    for (const { contestant } of shuffled(agreeing, dice)) {
      const measured = await measureAlone(contestant, environment, ring, {
        question,
        sample,
        tokens: await ring.issuer.tokens(20, askerOf(question)),
        seconds,
        mostWarmUp,
      })
      windows.get(contestant.name)?.push(measured)
      ring.say(
        `${question.name} round ${round} of ${rounds}: ${contestant.name} ${measured.perSecond.toFixed(0)} requests a second`,
      )
    }
  const lines = linesOf(
    new Map(
      agreeing.map(({ contestant: { name, title }, statements }) => [
        name,
        { title, statements, windows: windows.get(name) ?? [] },
      ]),
    ),
    'limit',
  )
  return {
    question: question.name,
    title: question.title,
    connections: question.connections,
    values,
    bytes,
    differing,
    absent:
      question.variables(sample).length === 0
        ? ['The population has no child for this question; ask for more children.']
        : absent.map(({ name }) => `${name} has no answer to this question.`),
    lines,
    securityCost: securityCost(lines),
  }
}

/**
 * One window of one contestant, which is started for it: a process that had stood idle while others were measured has
 * lost its memory to the system, and would be measured slower than it serves. What it does until it is warm does not
 * count.
 */
async function measureAlone(
  contestant: Contestant,
  environment: Readonly<Record<string, string>>,
  { database }: Ring,
  { mostWarmUp, ...window }: Window & { readonly mostWarmUp: number },
): Promise<Measured> {
  const running = await start(contestant, environment)
  try {
    await warmUp((seconds) => measure(running, database, { ...window, seconds }), mostWarmUp)
    return await measure(running, database, window)
  } finally {
    await running.stop()
  }
}
