import { type Ballot, type BallotLine, purposesInWords } from '../policy/ballot.ts'
import { labels } from '../policy/labels.ts'
import { labelWords } from '../policy/policyWords.ts'
import type { RuleChange } from '../policy/ruleChanges.ts'
import { inWords } from './terminalText.ts'

/** Widths that fit a page laid across: number, who, now, then, what for, vote. */
const widths = [4, 34, 26, 26, 36, 14] as const
const widthsOfRules = [4, 62, 32, 32, 14] as const
const heads = ['no.', 'who', 'now', 'then', 'for', 'vote'] as const

/** The lines of a ballot as a table, one part for each kind of record, to be read aloud and voted on. */
export const ballotTable = ({ lines }: Pick<Ballot, 'lines'>): string =>
  labels
    .flatMap((label) => {
      const some = lines.filter((line) => line.label === label)
      if (some.length === 0) return []
      const of = (change: BallotLine['change'], head: string) => {
        const part = some.filter((line) => line.change === change)
        return part.length === 0 ? [] : [head, ...part.map((line) => row(cellsOf(line, lines.indexOf(line) + 1)))]
      }
      return [
        [
          '',
          labelWords[label].toUpperCase(),
          row(heads),
          ...of('LOSES', 'Less than now'),
          ...of('GAINS', 'More than now'),
        ],
      ]
    })
    .flat()
    .join('\n')

/** What is voted on beside the lines: choices about the rules themselves. */
export const rulesTable = (rules: readonly RuleChange[]): string =>
  [
    '',
    'RULES',
    row(['no.', 'what', 'now', 'then', 'vote'], widthsOfRules),
    ...rules.map(({ after, before, what }, at) =>
      row([`R${at + 1}`, what, before, after, '[ ] yes [ ] no'], widthsOfRules),
    ),
  ].join('\n')

const cellsOf = ({ roles, before, after, purposes }: BallotLine, number: number): readonly string[] => [
  String(number),
  roles.map(inWords).join(', '),
  before,
  after,
  purposesInWords(purposes, inWords).join(', '),
  '[ ] yes [ ] no',
]

/** One row, each cell broken into lines of its column's width. */
function row(cells: readonly string[], of: readonly number[] = widths): string {
  const broken = cells.map((cell, at) => brokenInto(cell, of[at] ?? 20))
  const height = Math.max(...broken.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    broken
      .map((lines, at) => (lines[line] ?? '').padEnd(of[at] ?? 20))
      .join('  ')
      .trimEnd(),
  ).join('\n')
}

function brokenInto(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
