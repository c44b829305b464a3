import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openEmbedded } from '../../../src/store/embedded.ts'
import { openPostgres } from '../../../src/store/postgres.ts'
import { newDataDir, newDataDirOfServer } from '../../support/prepared.ts'
import { openCutter } from './cutter.ts'
import { startGatewayProcess } from './gatewayProcess.ts'
import { folder, seeded } from './killing.ts'
import { ask, nothingReceived, post, type Received, tokenOf } from './load.ts'
import { type ProofOfLog, proofOfLog } from './proofOfLog.ts'

export interface Faulted extends ProofOfLog {
  readonly faults: number
  /** What clients received while nothing was wrong, while it was, and after it was put right. */
  readonly before: Received
  readonly during: Received
  readonly after: Received
}

const load = async (url: string, token: string, milliseconds: number): Promise<Received> => {
  const received = nothingReceived()
  await ask(url, token, AbortSignal.timeout(milliseconds), received)
  return received
}

/** The same until an answer has the code; a store that never gives it is not waited for longer. */
const loadUntil = async (url: string, token: string, code: string): Promise<Received> => {
  const received = nothingReceived()
  const over = new AbortController()
  const look = setInterval(() => received.codes.has(code) && over.abort(), 50)
  await ask(url, token, AbortSignal.any([over.signal, AbortSignal.timeout(10_000)]), received)
  clearInterval(look)
  return received
}

/** The database goes away under load, and comes back. */
export const loseDatabase = (url: string, times: number): Promise<Faulted> =>
  throughCutter(url, times, async (cutter, gateway, token) => {
    cutter.cut()
    const during = await load(gateway, token, 700)
    cutter.restore()
    return during
  })

/** Connections break in the middle of a message, at places that a log cannot choose. */
export const tearBatches = (url: string, times: number): Promise<Faulted> => {
  const random = seeded(times)
  return throughCutter(url, times, async (cutter, gateway, token) => {
    cutter.cutAfter(Math.floor(random() * 20_000))
    const during = await load(gateway, token, 400)
    cutter.cut()
    cutter.restore()
    return during
  })
}

type Fault = (cutter: Awaited<ReturnType<typeof openCutter>>, gateway: string, token: string) => Promise<Received>

async function throughCutter(url: string, times: number, fault: Fault): Promise<Faulted> {
  const dataDir = newDataDirOfServer()
  const cutter = await openCutter(url)
  const gateway = await startGatewayProcess({ DATA_DIR: dataDir, DATABASE_URL: cutter.url })
  try {
    const token = await tokenOf(gateway.url, 'mash-analyst')
    const before = await load(gateway.url, token, 500)
    const during = nothingReceived()
    for (let time = 0; time < times; time++) add(during, await fault(cutter, gateway.url, token))
    await answering(gateway.url, token)
    const after = await load(gateway.url, token, 500)
    await gateway.stop()
    const database = openPostgres(url, { applicationName: 'proof', poolSize: 2 })
    try {
      const received = [...before.answers, ...during.answers, ...after.answers]
      const proof = await proofOfLog(database, join(dataDir, 'keys'), received)
      return { ...proof, faults: times, before, during, after }
    } finally {
      await database.close()
    }
  } finally {
    await gateway.kill()
    await cutter.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Whether this run may make a small file system to fill. */
export function mayMount(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && mounts()
}

const mounts = (): boolean => {
  try {
    const place = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place], { stdio: 'ignore' })
    execFileSync('rmdir', [place], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The disk of an embedded gateway fills up under load; it is made free, and the gateway starts again. */
export async function fillDisk(): Promise<Faulted> {
  const dataDir = await folder('fault')
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', dataDir])
  try {
    newDataDir(dataDir)
    const first = await startGatewayProcess({ DATA_DIR: dataDir })
    const token = await tokenOf(first.url, 'mash-analyst')
    const before = await load(first.url, token, 500)
    const junk = join(dataDir, 'junk')
    await fill(junk)
    const during = await loadUntil(first.url, token, 'AUDIT_UNAVAILABLE')
    await first.kill()
    await rm(junk, { force: true })
    const second = await startGatewayProcess({ DATA_DIR: dataDir })
    const after = await load(second.url, await tokenOf(second.url, 'mash-analyst'), 500)
    await second.stop()
    const database = await openEmbedded(join(dataDir, 'store'))
    try {
      const received = [...before.answers, ...during.answers, ...after.answers]
      const proof = await proofOfLog(database, join(dataDir, 'keys'), received)
      return { ...proof, faults: 1, before, during, after }
    } finally {
      await database.close()
    }
  } finally {
    execFileSync('umount', ['-l', dataDir], { stdio: 'ignore' })
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Writes until no byte more fits. */
async function fill(file: string): Promise<void> {
  const stream = createWriteStream(file)
  const full = once(stream, 'error').catch(() => undefined)
  let isFull = false
  full.then(() => {
    isFull = true
  })
  for (const size of [1 << 20, 4096, 1])
    for (; !isFull && stream.writable; ) {
      const more = await new Promise<boolean>((resolve) =>
        stream.write(Buffer.alloc(size), (error) => resolve(error === null || error === undefined)),
      )
      if (!more) break
    }
}

const add = (into: Received, more: Received): void => {
  into.answers.push(...more.answers)
  into.cutOff += more.cutOff
  for (const code of more.codes) into.codes.add(code)
}

/** Waits until one answer is whole again. */
async function answering(url: string, token: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const received = nothingReceived()
    await post(url, token, received)
    if (received.answers.some(({ disclosed }) => disclosed)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The gateway did not answer again after its database came back.')
}
