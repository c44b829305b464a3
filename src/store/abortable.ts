import type { Stopping } from './stopping.ts'

/**
 * The work, or the reason why it was stopped when that comes first. The work itself goes on; its late result or failure
 * is dropped.
 */
export function abortable<T>(work: Promise<T>, stopping: Stopping | undefined): Promise<T> {
  if (!stopping) return work
  return new Promise((resolve, reject) => {
    const stop = () => reject(stopping.reason)
    if (stopping.aborted) stop()
    stopping.addEventListener('abort', stop)
    work.then(
      (value) => {
        stopping.removeEventListener('abort', stop)
        resolve(value)
      },
      (error: unknown) => {
        stopping.removeEventListener('abort', stop)
        reject(error)
      },
    )
  })
}
