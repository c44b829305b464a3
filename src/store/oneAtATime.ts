/**
 * Work that runs one at a time. Whoever asks while it runs waits for the run after it, and shares that with all who
 * asked meanwhile: what it finds is never older than the question.
 */
export function oneAtATime<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<unknown> | null = null
  let next: Promise<Result> | null = null
  const run = (): Promise<Result> => {
    const started = work()
    const ended = started.then(
      () => undefined,
      () => undefined,
    )
    running = ended
    return started.finally(() => {
      if (running === ended) running = null
    })
  }
  return () => {
    if (running === null) return run()
    next ??= running.then(() => {
      next = null
      return run()
    })
    return next
  }
}
