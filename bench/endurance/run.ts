import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contestants } from '../contestants/contestant.ts'
import { setUp } from '../databaseAndIssuer.ts'
import { tableOf } from '../goalTable.ts'
import { type Asked, anyOthers, knownToAll } from '../growth/sampleChildren.ts'
import { analystOf, hubs, type Issuer } from '../issuer.ts'
import { machineText } from '../machine.ts'
import { withSection } from '../pageSection.ts'
import { say } from '../progress.ts'
import { question } from '../questions/oneChild.ts'
import { root, start } from '../runningContestant.ts'
import { answerFor } from '../usageAnswer.ts'
import { drive } from './driveLoad.ts'
import { type Heap, heapOf } from './heap.ts'
import { goalsOf, type MemorySample, summaryOf, type Traffic } from './memory.ts'
import { otherOperations } from './operations.ts'
import { type EnduranceOptions, readOptions, usage } from './options.ts'
import { type EnduranceResults, notesOf, sectionName, sectionOf } from './report.ts'
import type { Asking, TrafficCount } from './trafficProcess.ts'

/** Each hub has so many practitioners at work, and each of them a new token every minute. */
const practitioners = 25
const renewSeconds = 60
const tellSeconds = 30
const mostStrangers = 1000

/** Watches the gateway's memory over a long run at full load. @returns the exit code: 1 when a goal is missed. */
export async function run(words: readonly string[]): Promise<number> {
  const options = readOptions(words)
  if (typeof options === 'string') return answerFor(options, usage)
  const undo: (() => Promise<void> | void)[] = []
  try {
    const { database, issuer, environment } = await setUp(options.children, undo)
    const ours = contestants.find(({ name }) => name === 'ours')
    if (!ours) throw new Error('The gateway is not among the contestants.')
    const running = await start(ours, environment)
    undo.push(running.stop)
    const children = await knownToAll(database.client)
    const strangers = await anyOthers(database.client, children, mostStrangers)
    const ask = ({ id, la }: Asked): Asking => ({ body: bodyOf(question.query, id), hub: la })
    const asking = mixed(children, strangers).map(ask)
    const others = otherOperations(options.operations).flatMap((query, nth): Asking[] => {
      const child = children[(nth * 7) % children.length]
      return child ? [{ body: bodyOf(query, child.id), hub: child.la }] : []
    })
    let issued = 0
    const renewed = async () => {
      issued += practitioners * hubs.length
      return tokensOf(issuer)
    }
    const samples: MemorySample[] = []
    const heaps: Heap[] = []
    const count = await drive({
      running,
      order: {
        address: { port: running.port, path: ours.path },
        connections: options.connections,
        seconds: options.minutes * 60,
        asking,
        others,
        tokens: await renewed(),
      },
      renewed,
      renewSeconds,
      onSample: (sample, so) => {
        samples.push(sample)
        if (samples.length % tellSeconds === 0)
          void heapOf(running).then((heap) => {
            if (heap) heaps.push(heap)
            tell(sample, so, heap)
          })
      },
    })
    if (count.firstFailure !== null) say(`${count.failed} failed: ${count.firstFailure}. ${running.errors()}`)
    const traffic: Traffic = {
      answered: count.answered,
      failed: count.failed,
      tokens: issued,
      known: children.length,
      children: children.length + strangers.length,
      operations: options.operations,
    }
    return publish({ samples, heaps, traffic, version: database.version, words }, options)
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

const tell = ({ seconds, megabytes }: MemorySample, { answered, failed }: TrafficCount, heap: Heap | null): void =>
  say(
    `${(seconds / 60).toFixed(1)} minutes: ${megabytes.toFixed(0)} MB${heap === null ? '' : ` (heap ${heap.used.toFixed(0)} of ${heap.held.toFixed(0)}, buffers ${heap.external.toFixed(0)})`}, ${answered} answered, ${(answered / seconds).toFixed(0)} a second, ${failed} failed`,
  )

/** Three children whom all agencies know, and then one other, until all others had their turn. */
const mixed = (known: readonly Asked[], strangers: readonly Asked[]): readonly Asked[] =>
  strangers.length === 0
    ? known
    : strangers.flatMap((stranger, nth) => [
        ...[0, 1, 2].flatMap((more) => known[(3 * nth + more) % known.length] ?? []),
        stranger,
      ])

const bodyOf = (query: string, id: string): string => JSON.stringify({ query, variables: { id } })

const tokensOf = async (issuer: Issuer): Promise<Record<string, readonly string[]>> =>
  Object.fromEntries(
    await Promise.all(hubs.map(async (la) => [la, await issuer.tokens(practitioners, analystOf(la))] as const)),
  )

interface Seen {
  readonly samples: readonly MemorySample[]
  readonly heaps: readonly Heap[]
  readonly traffic: Traffic
  readonly version: string
  readonly words: readonly string[]
}

function publish({ samples, heaps, traffic, version, words }: Seen, options: EnduranceOptions): number {
  const memory = summaryOf(samples)
  const results: EnduranceResults = {
    at: new Date().toISOString().slice(0, 10),
    machine: machineText(version),
    command: ['npm run bench -- endurance', ...words].join(' '),
    connections: options.connections,
    renewSeconds,
    memory,
    heaps,
    traffic,
    goals: goalsOf(memory, traffic),
  }
  console.log(
    options.json ? JSON.stringify(results, null, 2) : [tableOf(results.goals), ...notesOf(results)].join('\n\n'),
  )
  if (options.write) {
    const page = join(root, 'bench/README.md')
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), sectionName(traffic), sectionOf(results)))
  }
  return results.goals.every(({ isReached }) => isReached !== false) ? 0 : 1
}
