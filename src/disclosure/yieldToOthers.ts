/** Children are written for so long in one turn of the event loop. Other callers wait no longer for it than this. */
const sliceMilliseconds = 10

let began = 0

/** How long this turn of the event loop has written children, whichever operations they are of. */
function held(): number {
  const now = performance.now()
  if (began === 0) {
    began = now
    // Runs before whoever put themselves behind in this turn, so that they count afresh.
    setImmediate(() => {
      began = 0
    })
  }
  return now - began
}

/**
 * Gives the event loop back between the children of one operation. Those of one batch are all there at once, and a
 * hundred of them would else be written in one go while nobody else is served.
 */
export class Turns {
  #isFirst = true

  /** @returns undefined where there is nothing to wait for: an operation over one child waits for nobody. */
  next(): Promise<void> | undefined {
    if (this.#isFirst) {
      this.#isFirst = false
      return undefined
    }
    return new Promise((resolve) => {
      // One after another, each written before the next is let through: so each sees how long those before it took.
      const again = (): void => {
        if (held() < sliceMilliseconds) resolve()
        else setImmediate(again)
      }
      setImmediate(again)
    })
  }
}

/** Does one thing after another, and gives the event loop back wherever they have held it for long. */
export async function inTurns<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
  const turns = new Turns()
  for (const item of items) {
    const waiting = turns.next()
    if (waiting) await waiting
    work(item)
  }
}
