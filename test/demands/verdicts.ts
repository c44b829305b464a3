import { type Row, testsOf } from './rows.ts'

/** A test as it ended. */
export interface Ended {
  /** Path of its file from the root. */
  readonly file: string
  /** With the names of what it stands in. */
  readonly name: string
  /** As Vitest says it; anything but `passed` is no proof. */
  readonly status: string
}

export interface Verdict {
  readonly row: string
  readonly outcome: 'works' | 'yields' | 'fails'
  /** Why it does not work as asked; empty when it does. */
  readonly reason: string
  /** How many tests were counted for it. */
  readonly tests: number
}

const toPolicy = 'yields to policy, which tells less of it than the row asks'
const toTruth = 'yields to the architecture or to the truth of answers'

/** Rows that are answered otherwise than they ask. Their tests must pass all the same. */
const yielding: ReadonlyMap<string, string> = new Map([
  ['C11', toPolicy],
  ['F13', toPolicy],
  ['H8', toPolicy],
  ['K3', toTruth],
  ['L2', toTruth],
])

/** Codes in a cell; the tests of the rules stand under the code of each. */
const codesIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([A-Z0-9]+(?:_[A-Z0-9]+)+)`/g)].map(([, code = '']) => code)

/**
 * Which tests of a file speak of a row. Imported cases name their rows, and rules are tested by their code; elsewhere
 * the whole file counts, so that one failure in it takes every row that leans on it.
 */
function testsFor({ row, answered }: Row, file: string, ended: readonly Ended[]): readonly Ended[] {
  const inFile = ended.filter((test) => test.file === file)
  if (file === 'test/imported/rows.test.ts') return inFile.filter(({ name }) => new RegExp(`\\b${row}\\b`).test(name))
  if (file !== 'test/alerts/rules.test.ts') return inFile
  const codes = codesIn(answered)
  // A gap has no code: all of the file is about it.
  if (codes.length === 0) return inFile
  return inFile.filter(({ name }) => codes.some((code) => name.split(' ').includes(code)))
}

/** Whether the tests that a row names show it. */
export function verdictOf(row: Row, ended: readonly Ended[]): Verdict {
  const byFile = testsOf(row).map((file) => ({ file, tests: testsFor(row, file, ended) }))
  const all = byFile.flatMap(({ tests }) => tests)
  const fails = (reason: string): Verdict => ({ row: row.row, outcome: 'fails', reason, tests: all.length })
  if (byFile.length === 0) return fails(row.shown || 'names no test')
  const silent = byFile.find(({ tests }) => tests.length === 0)
  if (silent) return fails(`no test of it ran in ${silent.file}`)
  const bad = all.find(({ status }) => status !== 'passed')
  if (bad) return fails(`${bad.status}: ${bad.file}: ${bad.name}`)
  const reason = yielding.get(row.row) ?? ''
  return { row: row.row, outcome: reason === '' ? 'works' : 'yields', reason, tests: all.length }
}

function counted(verdicts: readonly Verdict[]): string {
  const having = (outcome: Verdict['outcome']) => verdicts.filter((verdict) => verdict.outcome === outcome).length
  return `${having('works')} of ${verdicts.length} work, ${having('yields')} yield, ${having('fails')} fail`
}

/** The table, one line a row, and the counts under it. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const lines = verdicts.map(({ row, reason, tests }) => `${row.padEnd(4)}${reason || `works: ${tests} tests`}`)
  const ofReviews = verdicts.filter(({ row }) => !row.startsWith('Z'))
  const ofGuidance = verdicts.filter(({ row }) => row.startsWith('Z'))
  return [...lines, `Reviews: ${counted(ofReviews)}`, `Guidance of 2026: ${counted(ofGuidance)}`, ''].join('\n')
}
