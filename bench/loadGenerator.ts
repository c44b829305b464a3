import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { isAnswer, ResponseReader, requestText } from './httpWire.ts'

/** What the load generator reads on standard input, and what it answers on standard output. */
export interface LoadOrder {
  readonly port: number
  readonly path: string
  readonly tokens: readonly string[]
  readonly bodies: readonly string[]
  readonly connections: number
  /** How many requests a second together, each timed from when it was to be sent; null: as many as are answered. */
  readonly perSecond: number | null
  readonly seconds: number
}

export interface LoadResult {
  readonly requests: number
  readonly failures: number
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  /** The first answer that was not one. */
  readonly firstFailure: string | null
}

/** Asks over so many kept connections, each again as soon as it is answered, and times every answer. */
async function load(order: LoadOrder): Promise<LoadResult> {
  const requests = order.bodies.map((body, nth) =>
    requestText(order, body, order.tokens[nth % order.tokens.length] ?? ''),
  )
  const times: number[] = []
  let failures = 0
  let firstFailure: string | null = null
  let next = 0
  const began = performance.now()
  const end = began + order.seconds * 1000
  const pause = order.perSecond === null ? 0 : (1000 * order.connections) / order.perSecond
  const one = (_: unknown, nth: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port: order.port, host: '127.0.0.1', noDelay: true })
      const reader = new ResponseReader()
      let sent = began + (nth * pause) / order.connections - pause
      const write = () => socket.write(requests[next++ % requests.length] ?? '')
      // A request that waits for the one before it is late, and its waiting counts.
      const ask = () => {
        if (pause === 0) sent = performance.now()
        else sent += pause
        const early = sent - performance.now()
        if (early > 0) setTimeout(write, early)
        else write()
      }
      socket.once('connect', ask)
      socket.once('error', reject)
      socket.once('close', () => resolve())
      socket.on('data', (chunk) => {
        const response = reader.push(chunk)
        if (response === null) return
        times.push(performance.now() - sent)
        if (!isAnswer(response)) {
          failures += 1
          firstFailure ??= response.slice(0, 1000)
        }
        if (performance.now() < end) ask()
        else socket.end()
      })
    })
  await Promise.all(Array.from({ length: order.connections }, one))
  const seconds = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { requests: times.length, failures, seconds, p50: at(0.5), p99: at(0.99), firstFailure }
}

const order: LoadOrder = JSON.parse(readFileSync(0, 'utf8'))
process.stdout.write(JSON.stringify(await load(order)))
