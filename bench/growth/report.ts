import type { GrowthLine } from './judgeGrowth.ts'

/** What the section is written from. */
export interface GrowthResults {
  readonly at: string
  readonly machine: string
  readonly command: string
  readonly rounds: number
  readonly seconds: number
  readonly anew: boolean
  readonly copies: number
  readonly values: number
  readonly lines: readonly GrowthLine[]
  /** Statements that were explained on the large data; null where the server could not. */
  readonly explained: number | null
  readonly faults: readonly string[]
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const wordOf = (isReached: boolean | null): string => (isReached === null ? '' : isReached ? 'met' : '**not met**')

/** The lines as a table that reads well in a terminal, too. */
export const tableOf = (lines: readonly GrowthLine[]): string =>
  [
    '| data | records | GB | a child’s records, on pages | children asked | req/s | p50 ms | p99 ms | Node ms | PG ms | × CPU | least–most | goal | |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...lines.map((line) =>
      [
        '',
        line.title,
        whole(line.records),
        line.gigabytes.toFixed(1),
        `${line.spread.records.toFixed(0)} on ${line.spread.pages.toFixed(0)}`,
        whole(line.asked),
        whole(line.perSecond),
        line.p50.toFixed(1),
        line.p99.toFixed(1),
        line.node.toFixed(2),
        line.postgres.toFixed(2),
        line.ratio?.toFixed(2) ?? '1',
        line.least === null || line.most === null ? '' : `${line.least.toFixed(2)}–${line.most.toFixed(2)}`,
        line.goal === null ? '' : `≤ ${line.goal}`,
        wordOf(line.isReached),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ].join('\n')

/** What must be known to judge the figures. */
export const notesOf = ({
  lines,
  copies,
  values,
  rounds,
  seconds,
  anew,
  explained,
  faults,
}: GrowthResults): string[] => {
  const [small, ...large] = lines
  return [
    `Q1, the unified view of one child: ${values} values in the mean, 16 connections, everything on; ${rounds} shuffled rounds of ${seconds} s on each, one PostgreSQL for all, with a quarter of the machine’s memory for pages, and a gateway for each. × CPU is Node and PostgreSQL together, against the small data in the same round; the median of the rounds.`,
    `The small data is what the loader writes. The large data is the same population ${copies} times, written inside PostgreSQL: each copy has child ids, person ids, record ids and numbers of its own, and says the same. So the questions weigh the same: the ${whole(small?.asked ?? 0)} children of two authorities whom all five agencies know, and on the large data each of them in ${whole((large[0]?.asked ?? 0) / Math.max(1, small?.asked ?? 1))} copies drawn from all. Where a child’s answer is compared with its copy’s, they are equal. The register of names holds the copies’ persons without the keys to find them by, which Q1 does not ask.`,
    anew
      ? 'Every fact was looked up for every request (`--anew`), so it does not count how often a child comes again.'
      : `Facts are kept for one practitioner and child. Each data is asked by equally many practitioners, in equally many pairs with a child: each child of the small data by ${whole((large[0]?.asked ?? 0) / Math.max(1, small?.asked ?? 1))} times as many of them. So as much is found kept, and what differs is the data; \`--anew\` keeps none.`,
    'By child: a copy after another, each as the loader wrote it, which is how `wholeview db seed` stores. Scattered: each row of a table at a random place of the whole table.',
    explained === null
      ? 'The server could not tell how it carried out the statements.'
      : faults.length === 0
        ? `How the gateway’s statements were carried out was read from PostgreSQL on the large data, ${explained} of them: no table and no index is read whole.`
        : `Of ${explained} statements on the large data, some are not answered by an index alone:\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
  ]
}

/** The part of `bench/README.md` that is about growth. */
export const sectionOf = (results: GrowthResults): string =>
  [
    '## Growth: the same question on small and on large data',
    `Written by \`npm run bench -- growth --write\`; nothing here is typed by hand. \`${results.command}\` on ${results.at}: ${results.machine}.`,
    tableOf(results.lines),
    ...notesOf(results),
  ].join('\n\n')
