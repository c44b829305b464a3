/** Children are written for so long in one turn of the event loop. Other callers wait no longer for it than this. */
const sliceMilliseconds = 10

let began = 0

/** How long this turn of the event loop has written children, whichever operations they are of. */
function held(): number {
  const now = performance.now()
  if (began === 0) {
    began = now
    // Runs first in the next turn: whoever waits for it was put behind.
    setImmediate(() => {
      began = 0
    })
  }
  return now - began
}

/**
 * Gives the loop back before the next child, once a turn was held for long enough. Children of one batch are all there at
 * once, and a hundred of them would else be written in one go while nobody else is served.
 *
 * @returns undefined where there is nothing to wait for.
 */
export function turn(): Promise<void> | undefined {
  if (held() < sliceMilliseconds) return undefined
  return new Promise((resolve) => {
    // One after another: each sees how long those before it took in this turn.
    const again = (): void => {
      if (held() < sliceMilliseconds) resolve()
      else setImmediate(again)
    }
    setImmediate(again)
  })
}
