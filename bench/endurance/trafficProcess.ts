import { connect } from 'node:net'
import { type Address, isAnswer, ResponseReader, requestText } from '../httpWire.ts'

/** What may be asked: the text that is posted, and MASH whose token goes with it. */
export interface Asking {
  readonly body: string
  readonly hub: string
}

/** What the load generator is sent over its channel: first what to do, and later other tokens. */
export interface TrafficOrder {
  readonly address?: Address
  readonly connections?: number
  readonly seconds?: number
  /** Asked again and again, and one of the others with every twentieth request. */
  readonly asking?: readonly Asking[]
  readonly others?: readonly Asking[]
  readonly tokens: Readonly<Record<string, readonly string[]>>
}

/** What it tells each second, and at the end. */
export interface TrafficCount {
  readonly answered: number
  readonly failed: number
  readonly firstFailure: string | null
  readonly isOver: boolean
}

const howSeldom = 20

/** Asks over so many kept connections, each again as soon as it is answered, until the time is over. */
class Generator {
  #tokens: TrafficOrder['tokens'] = {}
  #sent = 0
  #answered = 0
  #failed = 0
  #firstFailure: string | null = null

  renew(tokens: TrafficOrder['tokens']): void {
    this.#tokens = tokens
  }

  count = (isOver: boolean): TrafficCount => ({
    answered: this.#answered,
    failed: this.#failed,
    firstFailure: this.#firstFailure,
    isOver,
  })

  async run(order: Required<TrafficOrder>): Promise<void> {
    const end = performance.now() + order.seconds * 1000
    await Promise.all(Array.from({ length: order.connections }, () => this.#one(order, end)))
  }

  #one(order: Required<TrafficOrder>, end: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: order.address.port, host: '127.0.0.1', noDelay: true })
      const reader = new ResponseReader()
      socket.once('connect', () => socket.write(this.#next(order)))
      socket.once('error', reject)
      socket.once('close', () => resolve())
      socket.on('data', (chunk) => {
        const response = reader.push(chunk)
        if (response === null) return
        if (isAnswer(response)) this.#answered += 1
        else {
          this.#failed += 1
          this.#firstFailure ??= response.slice(0, 1000)
        }
        if (performance.now() < end) socket.write(this.#next(order))
        else socket.end()
      })
    })
  }

  #next({ address, asking, others }: Required<TrafficOrder>): string {
    this.#sent += 1
    const isOther = others.length > 0 && this.#sent % howSeldom === 0
    const list = isOther ? others : asking
    const place = isOther ? this.#sent / howSeldom : this.#sent
    const { body, hub } = list[place % list.length] ?? { body: '', hub: '' }
    const tokens = this.#tokens[hub] ?? []
    return requestText(address, body, tokens[this.#sent % tokens.length] ?? '')
  }
}

const generator = new Generator()

/** A message of the parent, which sends nothing but orders. */
process.on('message', (order: TrafficOrder) => {
  generator.renew(order.tokens)
  if (order.address === undefined) return
  const telling = setInterval(() => process.send?.(generator.count(false)), 1000)
  // The first order has everything.
  generator.run(order as Required<TrafficOrder>).then(
    () => {
      clearInterval(telling)
      process.send?.(generator.count(true), () => process.exit(0))
    },
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
