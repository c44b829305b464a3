import { setTimeout as after } from 'node:timers/promises'
import { StartupError } from '../foundation/errors.ts'
import type { Gateway } from './gatewayTypes.ts'
import type { ServerOptions } from './httpServer.ts'

/** The gateway that answers now. Another takes its place while requests go on, each with the one that it began with. */
export class LiveGateway {
  #now: Gateway
  readonly #open: () => Promise<Gateway>
  readonly #retiring = new Set<Promise<void>>()
  readonly #stop = new AbortController()

  /** @param open opens another beside the one that answers. @throws StartupError naming all that is wrong. */
  constructor(first: Gateway, open: () => Promise<Gateway>) {
    this.#now = first
    this.#open = open
  }

  get now(): Gateway {
    return this.#now
  }

  /** What a server asks, of whichever gateway answers then. */
  get served(): Pick<ServerOptions, 'gateway' | 'audit' | 'issuer' | 'workbench'> {
    const now = () => this.#now
    const { issuer, workbench } = this.#now
    return {
      gateway: {
        answer: (...asked) => now().answer(...asked),
        prepare: (operation) => now().prepare(operation),
        authenticate: (...presented) => now().authenticate(...presented),
        challenge: () => now().challenge(),
        readiness: () => now().readiness(),
        jwks: () => now().jwks(),
      },
      audit: {
        get prover() {
          return now().audit.prover
        },
        keys: () => now().audit.keys(),
      },
      ...(issuer && { issuer: { callback: (...exchange) => now().issuer?.callback(...exchange) } }),
      ...(workbench && { workbench: { handle: (...exchange) => now().workbench?.handle(...exchange) } }),
    }
  }

  /**
   * Reads what may change while it runs; where something of it is opened at a start, opens a gateway anew, and has it
   * answer from then on.
   *
   * @returns everything that stands in the way; then nothing has changed.
   */
  async reload(): Promise<readonly string[]> {
    const { problems, needsOpening } = this.#now.reload()
    if (!needsOpening) return problems
    // The embedded database is open in one place at a time.
    const { databaseUrl, requestDeadlineMs } = this.#now.config
    if (databaseUrl === null) return [...problems, 'Over the embedded database that needs a start.']
    try {
      const next = await this.#open()
      this.#retire(this.#now, requestDeadlineMs)
      this.#now = next
      return []
    } catch (error) {
      if (!(error instanceof StartupError)) throw error
      return error.problems
    }
  }

  /** What began before ends by its deadline. */
  #retire(gateway: Gateway, deadlineMs: number): void {
    const closing = after(deadlineMs, undefined, { signal: this.#stop.signal, ref: false })
      .catch(() => undefined)
      .then(() => gateway.close())
      .finally(() => this.#retiring.delete(closing))
    this.#retiring.add(closing)
  }

  /** For when nothing is asked any more. */
  async close(): Promise<void> {
    this.#stop.abort()
    await Promise.all([...this.#retiring, this.#now.close()])
  }
}
