import { canonical, countValues, difference } from './canonicalAnswer.ts'
import { ask, bodiesOf } from './measure.ts'
import type { Question, Sample } from './questions/question.ts'
import type { Running } from './runningContestant.ts'

/** What the contestants' answers have in common. */
export interface Agreement {
  readonly values: number
  readonly bytes: number
  /** Contestants whose answer differs from the first one's, and where. */
  readonly differing: readonly { readonly name: string; readonly where: string }[]
}

/** Asks everyone the same and compares what they say. */
export async function agree(
  runnings: readonly Running[],
  question: Question,
  sample: Sample,
  token: string,
): Promise<Agreement> {
  const [reference, ...others] = runnings
  const differing = new Map<string, string>()
  const sizes: { values: number; bytes: number }[] = []
  for (const body of bodiesOf(question, sample).slice(0, 8)) {
    if (!reference) break
    const expected = canonical(await ask(reference, body, token))
    sizes.push({ values: countValues(expected), bytes: JSON.stringify(expected).length })
    for (const other of others) {
      const where = difference(expected, canonical(await ask(other, body, token)))
      if (where !== null && !differing.has(other.contestant.name)) differing.set(other.contestant.name, where)
    }
  }
  const mean = (pick: (size: { values: number; bytes: number }) => number) =>
    Math.round(sizes.reduce((sum, size) => sum + pick(size), 0) / Math.max(1, sizes.length))
  return {
    values: mean(({ values }) => values),
    bytes: mean(({ bytes }) => bytes),
    differing: [...differing].map(([name, where]) => ({ name, where })),
  }
}
