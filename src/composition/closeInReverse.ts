/** What was opened, in order, to be closed in the reverse: also when what comes after it cannot be opened. */
export class Closing {
  readonly #steps: (() => unknown)[] = []

  /** Also closes what is given when the whole is closed. */
  add(step: () => unknown): void {
    this.#steps.push(step)
  }

  async close(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step()
  }
}
