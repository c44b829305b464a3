import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Every persona, every page, every state: the tests of the pages at their full size. */
const help = `The pages, at full size: a matrix of personas and pages, and every page by axe-core.

  npm run -s prove -- pages
`

if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) process.stdout.write(help)
else {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const files = ['matrix', 'accessibility', 'journeys'].map((name) => `test/web/${name}.test.ts`)
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...files, '--maxWorkers=1', '--testTimeout=1200000'], {
    stdio: 'inherit',
    env: { ...process.env, TESTS: 'whole' },
  })
  process.exitCode = status ?? 1
}
