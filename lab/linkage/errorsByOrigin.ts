import type { Child } from '../../seeds/population/children.ts'
import type { LinkageModel } from '../../src/identity/linkageModel.ts'
import { MemoryIndex } from './memoryIndex.ts'
import { world } from './openWorld.ts'
import { search } from './searchAccuracy.ts'

/** What came of searches for children whose names come from one place, in shares of one. */
export interface OriginErrors {
  readonly origin: Child['origin']
  readonly searches: number
  /** Found without a question, and rightly. */
  readonly found: number
  /** A question to a person, among whose candidates the child is. */
  readonly asked: number
  /** Not found, nor among the candidates. */
  readonly missed: number
  /** Taken for another child without a question. */
  readonly wrong: number
}

/** Children who are invented and looked for; one in thirty-three is not on file. */
export const measuredOn = { children: 4000, searches: 4000, onFile: 0.97, seed: 20_261_120 } as const

/**
 * How a model errs by where a name comes from, without a number to go by. The people are invented, so that the truth is
 * known: what it says of a partnership's own people it says by likeness.
 */
export function errorsByOrigin(model: LinkageModel): readonly OriginErrors[] {
  const people = world(measuredOn.children, measuredOn.onFile, measuredOn.seed)
  const index = new MemoryIndex(people.index, () => undefined)
  const outcomes = search('local', measuredOn.searches, people, index, model, () => undefined)
  return [...new Set(outcomes.map(({ origin }) => origin))].sort().map((origin) => {
    const own = outcomes.filter((outcome) => outcome.origin === origin)
    const onFile = own.filter((outcome) => outcome.isOnFile)
    const share = (some: readonly unknown[], of: readonly unknown[]) => (of.length === 0 ? 0 : some.length / of.length)
    const asked = onFile.filter(({ kind, isShown }) => kind === 'ASK' && isShown)
    const found = onFile.filter(({ kind, isRight }) => kind === 'SAME' && isRight)
    const wrong = own.filter(({ kind, isRight }) => kind === 'SAME' && !isRight)
    return {
      ...{ origin, searches: own.length },
      ...{ found: share(found, onFile), asked: share(asked, onFile), wrong: share(wrong, own) },
      missed: share(
        onFile.filter((one) => ![...asked, ...found].includes(one) && !(one.kind === 'SAME')),
        onFile,
      ),
    }
  })
}
