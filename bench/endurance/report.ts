import { type Goal, tableOf } from '../goalTable.ts'
import type { Heap } from './heap.ts'
import type { MemorySummary, Traffic } from './memory.ts'

/** What the section is written from. */
export interface EnduranceResults {
  readonly at: string
  readonly machine: string
  readonly command: string
  readonly connections: number
  readonly renewSeconds: number
  readonly memory: MemorySummary
  /** V8's own figures, every half minute. */
  readonly heaps: readonly Heap[]
  readonly traffic: Traffic
  readonly goals: readonly Goal[]
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')

/** What was asked, and how memory went. */
export const notesOf = ({ memory, heaps, traffic, connections, renewSeconds }: EnduranceResults): string[] => [
  `Q1 through /graphql with everything on, for ${(memory.seconds / 60).toFixed(1)} minutes over ${connections} connections, each asking again as soon as it is answered: ${whole(traffic.answered)} answers, ${whole(traffic.answered / Math.max(1, memory.seconds))} a second. It asks about ${whole(traffic.children)} children in turn, three times of four about one of the ${whole(traffic.known)} whom all five agencies know; tokens are renewed every ${renewSeconds} s, ${whole(traffic.tokens)} in all; ${
    traffic.operations === 0
      ? 'no other operation is asked'
      : `every twentieth request is one of ${whole(traffic.operations)} other operations`
  }. Resident memory is the system’s own figure (VmRSS), each second.`,
  `Median of each ${memory.stretch === 60 ? 'minute' : `stretch of ${memory.stretch.toFixed(0)} s`}, in MB: ${memory.course.map(whole).join(', ')}.`,
  ...(heaps.length === 0
    ? []
    : [
        `V8’s heap in use, every half minute, in MB: ${heaps.map(({ used }) => whole(used)).join(', ')}; buffers outside it: at most ${whole(Math.max(...heaps.map(({ external }) => external)))}.`,
      ]),
]

/** Q1 alone and Q1 among many operations are two measurements, each with a part of the page. */
export const sectionName = ({ operations }: Traffic): string =>
  operations === 0 ? 'endurance' : 'endurance-operations'

/** The part of `bench/README.md` that is about endurance. */
export const sectionOf = (results: EnduranceResults): string =>
  [
    `## Endurance: memory over a long run at full load${results.traffic.operations === 0 ? '' : ', with many operations'}`,
    `Written by \`npm run bench -- endurance --write\`; nothing here is typed by hand. \`${results.command}\` on ${results.at}: ${results.machine}.`,
    tableOf(results.goals),
    ...notesOf(results),
  ].join('\n\n')
