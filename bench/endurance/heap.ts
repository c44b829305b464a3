import type { Running } from '../runningContestant.ts'

/** V8's own figures, in megabytes, as the gateway tells any operator who asks. */
export interface Heap {
  readonly used: number
  readonly held: number
  /** Buffers outside V8's heap. */
  readonly external: number
}

/** The figures in a page of metrics; null when one is missing. */
export function heapIn(page: string): Heap | null {
  const megabytes = (name: string) => {
    const found = new RegExp(`^nodejs_${name}_bytes (\\S+)$`, 'm').exec(page)?.[1]
    return found === undefined ? null : Number(found) / 1024 ** 2
  }
  const [used, held, external] = [
    megabytes('heap_size_used'),
    megabytes('heap_size_total'),
    megabytes('external_memory'),
  ]
  return used === null || held === null || external === null ? null : { used, held, external }
}

/** Asks the gateway, which collects nothing for it. */
export const heapOf = async ({ port }: Running): Promise<Heap | null> =>
  fetch(`http://127.0.0.1:${port}/metrics`).then(
    async (response) => heapIn(await response.text()),
    () => null,
  )
