import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { personas } from '../../seeds/personas.ts'
import { root } from '../house/files.ts'
import { everyChild } from '../leaks/support/twins.ts'
import { startBothWays } from './support/bothWays.ts'

const help = `That nobody can tell how records are held.

  npm run -s prove -- plain [n]   n generated operations for each persona and child (5), beside every record in full;
                                  then acceptance and the leak twins, with every record held plainly
`

/** What is run again with every record held plainly. */
const folders = ['test/acceptance', 'test/leaks']

const counted = (count: number): string => count.toLocaleString('en-GB')

/** Every persona asks about every child in both ways. @returns whether every byte was the same. */
async function proveAlike(generated: number): Promise<boolean> {
  const both = await startBothWays()
  const differing: string[] = []
  let compared = 0
  try {
    for (const [nth, persona] of personas.entries()) {
      for (const { id } of everyChild)
        for (const query of both.operations(id, generated, nth)) {
          const found = await both.difference(persona, query)
          compared += 1
          if (found !== null) differing.push(`${persona.id}: ${found}\n    ${query.slice(0, 300)}`)
        }
      process.stderr.write(`  both ways: ${nth + 1} of ${personas.length} personas\n`)
    }
  } finally {
    await both.close()
  }
  console.log(`both ways: ${counted(compared)} answers compared byte for byte, ${counted(differing.length)} differ`)
  for (const each of differing.slice(0, 5)) console.log(`  ${each}`)
  return differing.length === 0
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numTotalTests: number
}

/** The tests of some folders, in processes whose records are held plainly. */
function proveTests(): boolean {
  const scratch = mkdtempSync(join(tmpdir(), 'wholeview-plain-'))
  const file = join(scratch, 'report.json')
  try {
    const { status } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...folders, '--reporter=json', `--outputFile=${file}`],
      { cwd: root, env: { ...process.env, RECORDS: 'plain' }, stdio: ['ignore', 'ignore', 'inherit'] },
    )
    const { numPassedTests, numFailedTests, numTotalTests }: Report = JSON.parse(readFileSync(file, 'utf8'))
    console.log(
      `held plainly, ${folders.join(' and ')}: ${counted(numPassedTests)} of ${counted(numTotalTests)} tests passed, ${counted(numFailedTests)} failed`,
    )
    return status === 0 && numPassedTests > 0
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

const [word = '5'] = process.argv.slice(2)
if (!/^\d{1,4}$/.test(word)) {
  const asked = word === '--help'
  ;(asked ? process.stdout : process.stderr).write(help)
  process.exitCode = asked ? 0 : 2
} else {
  const isAlike = await proveAlike(Number(word))
  process.exitCode = proveTests() && isAlike ? 0 : 1
}
