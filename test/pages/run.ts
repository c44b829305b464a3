import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { measure } from './measure.ts'

/** Every persona, every page, every state: the tests of the pages at their full size, and what each page costs. */
const help = `The pages, at full size: a matrix of personas and pages, every page by axe-core, and what each page costs.

  npm run -s prove -- pages
  npm run -s prove -- pages --speed   first byte against the API's own time, weight, and time until usable, alone
`

const words = process.argv.slice(2)
const isSpeedAlone = words.includes('--speed')

const provenByTests = (): boolean => {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const files = ['matrix', 'accessibility', 'journeys', 'weight'].map((name) => `test/web/${name}.test.ts`)
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...files, '--maxWorkers=1', '--testTimeout=1200000'], {
    stdio: 'inherit',
    env: { ...process.env, TESTS: 'whole' },
  })
  return status === 0
}

if (words.some((word) => word === '--help' || word === '-h')) process.stdout.write(help)
else {
  const isProven = isSpeedAlone || provenByTests()
  const over = await measure()
  for (const each of over) process.stdout.write(`over its bound: ${each}\n`)
  process.exitCode = isProven && over.length === 0 ? 0 : 1
}
