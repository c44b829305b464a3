/** What work looks at to know that nobody waits for it any more. Every `AbortSignal` is one; a lighter one may be. */
export interface Stopping {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** The same, for what takes an `AbortSignal` alone. */
export function asAbortSignal(stopping: Stopping): AbortSignal {
  if (stopping instanceof AbortSignal) return stopping
  const controller = new AbortController()
  if (stopping.aborted) controller.abort(stopping.reason)
  else stopping.addEventListener('abort', () => controller.abort(stopping.reason))
  return controller.signal
}
