import DataLoader from 'dataloader'

/** Asked together at most, so that no statement grows without bound. */
const most = 64

/**
 * A question of so many parts is work enough: were it asked with others, all would wait for each other, and the
 * database for them.
 */
const large = 8

/**
 * Asks the questions of one turn of the event loop together, whichever requests they are of. Nothing is kept: each
 * question is asked after it was put, so an answer is never older than its question. When the asking fails, it has
 * failed for all of them.
 *
 * @param partsOf how much a question asks; a large one goes alone and at once.
 */
export function batchPerTick<Question, Reply>(
  queryAgencies: (questions: readonly Question[]) => Promise<readonly Reply[]>,
  partsOf: (question: Question) => number = () => 1,
): (question: Question) => Promise<Reply> {
  const loader = new DataLoader<Question, Reply>(queryAgencies, {
    cache: false,
    maxBatchSize: most,
    batchScheduleFn: (flush) => setImmediate(flush),
  })
  return async (question) => {
    if (partsOf(question) <= large) return loader.load(question)
    const [reply] = await queryAgencies([question])
    // One question has one reply.
    return reply as Reply
  }
}
