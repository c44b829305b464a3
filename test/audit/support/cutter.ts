import { connect, createServer, type Socket } from 'node:net'

/** A way to a database that can be cut, at once or in the middle of what is being sent. */
export interface Cutter {
  /** The database's address, through here. */
  readonly url: string
  /** Nobody gets through, and whoever was through is cut off. */
  cut(): void
  restore(): void
  /** Each connection is cut off after so many more bytes towards the database. */
  cutAfter(bytes: number): void
  close(): Promise<void>
}

export async function openCutter(databaseUrl: string): Promise<Cutter> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let isCut = false
  let left = Number.POSITIVE_INFINITY
  const drop = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    far.pipe(near)
    near.on('data', (chunk: Buffer) => {
      const part = chunk.subarray(0, Math.max(0, Math.min(chunk.length, left)))
      left -= part.length
      far.write(part)
      if (part.length < chunk.length) near.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const through = new URL(databaseUrl)
  through.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    url: through.href,
    cut: () => {
      isCut = true
      drop()
    },
    restore: () => {
      isCut = false
      left = Number.POSITIVE_INFINITY
    },
    cutAfter: (bytes) => {
      left = bytes
    },
    close: async () => {
      drop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
