import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { root } from '../house/files.ts'
import { rowsOnFile, testsOf } from './rows.ts'
import { tableOf, verdictOf } from './verdicts.ts'

/** Runs the tests that the rows of `docs/review-demands.md` name, and says of each row whether they show it. */
const help = `The rows of docs/review-demands.md: runs the tests that each names, whole, and counts the rows that work.

  npm run -s prove -- demands
  npm run -s prove -- demands A Z17   the rows of a letter, or one row
`

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

const asked = process.argv.slice(2)
if (asked.some((word) => word === '--help' || word === '-h')) process.stdout.write(help)
else {
  const rows = rowsOnFile().filter(
    ({ row }) => asked.length === 0 || asked.includes(row) || asked.includes(row.charAt(0)),
  )
  if (rows.length === 0) {
    process.stderr.write(`There is no such row: ${asked.join(' ')}\n`)
    process.exit(2)
  }
  const folder = mkdtempSync(join(tmpdir(), 'demands-'))
  const written = join(folder, 'report.json')
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const files = [...new Set(rows.flatMap(testsOf))].sort()
  spawnSync(
    process.execPath,
    [
      vitest,
      'run',
      ...files,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${written}`,
      '--testTimeout=1200000',
    ],
    // The table alone is for standard output.
    { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, TESTS: 'whole' } },
  )
  const { testResults } = report.parse(JSON.parse(readFileSync(written, 'utf8')))
  rmSync(folder, { recursive: true })
  const ended = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ file: relative(root, name), name: fullName, status })),
  )
  const verdicts = rows.map((row) => verdictOf(row, ended))
  process.stdout.write(tableOf(verdicts))
  process.exitCode = verdicts.some(({ outcome }) => outcome === 'fails') ? 1 : 0
}
