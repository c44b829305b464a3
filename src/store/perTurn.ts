import DataLoader from 'dataloader'

/** Asked together at most, so that no statement grows without bound. */
const most = 64

/**
 * Asks the questions of one turn of the event loop together, whichever requests they are of. Nothing is kept: each question is
 * asked after it was put, so an answer is never older than its question. When the asking fails, it has failed for all of them.
 */
export function perTurn<Question, Reply>(
  askAll: (questions: readonly Question[]) => Promise<readonly Reply[]>,
): (question: Question) => Promise<Reply> {
  const loader = new DataLoader<Question, Reply>(askAll, {
    cache: false,
    maxBatchSize: most,
    batchScheduleFn: (flush) => setImmediate(flush),
  })
  return (question) => loader.load(question)
}
