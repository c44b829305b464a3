import type { Goal } from '../identity/goals.ts'
import { tableOf } from '../identity/report.ts'
import type { MemorySummary, Traffic } from './memory.ts'

/** What the section is written from. */
export interface EnduranceResults {
  readonly at: string
  readonly machine: string
  readonly command: string
  readonly connections: number
  readonly renewSeconds: number
  readonly memory: MemorySummary
  readonly traffic: Traffic
  readonly goals: readonly Goal[]
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')

/** What was asked, and how memory went. */
export const notesOf = ({ memory, traffic, connections, renewSeconds }: EnduranceResults): string[] => [
  `Q1 through /graphql with everything on, for ${(memory.seconds / 60).toFixed(1)} minutes over ${connections} connections, each asking again as soon as it is answered: ${whole(traffic.answered)} answers, ${whole(traffic.answered / Math.max(1, memory.seconds))} a second. It asks about ${whole(traffic.children)} children in turn; tokens are renewed every ${renewSeconds} s, ${whole(traffic.tokens)} in all; ${
    traffic.operations === 0
      ? 'no other operation is asked'
      : `every twentieth request is one of ${whole(traffic.operations)} other operations`
  }. Resident memory is the system’s own figure (VmRSS), each second.`,
  `Median of each ${memory.stretch === 60 ? 'minute' : `stretch of ${memory.stretch.toFixed(0)} s`}, in MB: ${memory.course.map(whole).join(', ')}.`,
]

/** The part of `bench/README.md` that is about endurance. */
export const sectionOf = (results: EnduranceResults): string =>
  [
    '## Endurance: memory over a long run at full load',
    `Written by \`npm run bench -- endurance --write\`; nothing here is typed by hand. \`${results.command}\` on ${results.at}: ${results.machine}.`,
    tableOf(results.goals),
    ...notesOf(results),
  ].join('\n\n')
