import { securityText } from './goals.ts'
import { type Goal, tableOf } from './goalTable.ts'
import type { Line, QuestionResult, Results } from './results.ts'

const headings = [
  'contestant',
  'req/s',
  'least–most',
  'p50 ms',
  'p99 ms',
  'Node ms',
  'PG ms',
  'statements',
  'MB',
  '× limit req/s',
  '× limit CPU',
]

const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
const ratio = (value: number | null): string => (value === null ? '' : value.toFixed(2))

const cellsOf = (line: Line): string[] => [
  line.contestant,
  digits(line.perSecond),
  `${digits(line.least)}–${digits(line.most)}`,
  digits(line.p50),
  digits(line.p99),
  digits(line.node),
  digits(line.postgres),
  line.statements === null ? 'not counted' : line.statements.toFixed(1),
  line.residentMb.toFixed(0),
  ratio(line.rateToLimit),
  ratio(line.cpuToLimit),
]

const headOf = ({ question, title, values, bytes, connections }: QuestionResult): string =>
  `${question.toUpperCase()}  ${title}: ${values} values, ${(bytes / 1024).toFixed(1)} KB, ${connections} ${connections === 1 ? 'connection' : 'connections'}`

const remarksOf = ({ securityCost, differing, absent }: QuestionResult): string[] => [
  ...(securityCost === null ? [] : [securityText(securityCost)]),
  ...differing.map(({ name, where }) => `${name} gives another answer and is not measured: ${where}.`),
  ...absent,
]

/** Columns as wide as their widest cell; the first to the left. */
function aligned(rows: readonly (readonly string[])[], others: 'left' | 'right'): string[] {
  const widths = (rows[0] ?? []).map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, place) =>
        place === 0 || others === 'left' ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

const goalCells = ({ name, goal, measured, isReached }: Goal): string[] => [
  name,
  goal,
  measured,
  isReached === null ? '' : isReached ? 'met' : 'not met',
]

/** The table for a terminal. */
export const textOf = (results: Results): string =>
  [
    `${results.children} children, ${results.records} records; ${results.rounds} rounds of ${results.seconds} s, medians; ${results.machine}`,
    ...results.questions.map((result) =>
      [headOf(result), ...aligned([headings, ...result.lines.map(cellsOf)], 'right'), ...remarksOf(result)].join('\n'),
    ),
    ...(results.goals.length > 0 ? [['Goals', ...aligned(results.goals.map(goalCells), 'left')].join('\n')] : []),
    results.notes.join('\n'),
  ].join('\n\n')

/** The whole of `bench/README.md`. */
export const readmeOf = (results: Results): string =>
  [
    '# Measurements',
    'Written by `npm run bench -- --write`; nothing on this page is typed by hand.',
    `\`${results.command}\` on ${results.at}: ${results.machine}. ${results.children} generated children with ${results.records} records; ${results.rounds} shuffled rounds of ${results.seconds} s a contestant, medians. All gave the same answers before they were measured; every window is of a process started for it, alone beside the database and the load, after load that does not count, until its CPU a request no longer fell, ${results.warmUp} s at most. Milliseconds of Node and PG are CPU time a request.`,
    '![Requests a second](results.svg)',
    ...results.questions.map((result) =>
      [
        `## ${headOf(result)}`,
        [
          `| ${headings.join(' | ')} |`,
          `|${headings.map(() => '---').join('|')}|`,
          ...result.lines.map((line) => `| ${cellsOf(line).join(' | ')} |`),
        ].join('\n'),
        ...remarksOf(result),
      ].join('\n\n'),
    ),
    ...(results.goals.length > 0 ? ['## Goals', tableOf(results.goals)] : []),
    '## Contestants',
    results.notes.map((note) => `- ${note}`).join('\n'),
    '',
  ].join('\n\n')

const colours: Readonly<Record<string, string>> = {
  ours: '#1d70b8',
  'ours-anew': '#1d70b8',
  limit: '#505a5f',
  'sql-json': '#b1b4b6',
  conventional: '#d4351c',
  'conventional-lean': '#d4351c',
  'ours-open': '#5694ca',
}

/** Bars of requests a second, one group a question. */
export function svgOf(results: Results): string {
  const parts: string[] = []
  let y = 30
  for (const { question, title, lines } of results.questions) {
    const most = Math.max(...lines.map(({ perSecond }) => perSecond), 1)
    parts.push(`<text x="10" y="${y}" font-weight="bold">${question.toUpperCase()} ${title}, requests a second</text>`)
    for (const { contestant, perSecond } of lines) {
      y += 22
      const width = Math.max(1, Math.round((perSecond / most) * 420))
      parts.push(
        `<text x="10" y="${y}">${contestant}</text><rect x="140" y="${y - 12}" width="${width}" height="16" fill="${colours[contestant] ?? '#28a197'}"/><text x="${148 + width}" y="${y}">${digits(perSecond)}</text>`,
      )
    }
    y += 36
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="${y}" viewBox="0 0 640 ${y}" font-family="sans-serif" font-size="13"><rect width="640" height="${y}" fill="white"/>${parts.join('')}</svg>\n`
}
