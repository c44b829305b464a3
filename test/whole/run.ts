import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { filesIn, read } from '../house/files.ts'

/** The tests of which the default run takes a sample, at their full size. */
const help = `Every test that takes a sample of what is long, at its full size.

  npm run -s prove -- whole
  npm run -s prove -- whole transferRequests   those whose path has this in it
`

const asked = process.argv.slice(2)
if (asked.some((word) => word === '--help' || word === '-h')) process.stdout.write(help)
else {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const files = filesIn('test', '.test.ts').filter(
    (path) =>
      // Those of the pages have a room of their own.
      !path.startsWith('test/web/') &&
      /\/support\/sample\.ts|\btestDatabases\(/.test(read(path)) &&
      asked.every((word) => path.includes(word)),
  )
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...files, '--maxWorkers=1', '--testTimeout=1200000'], {
    stdio: 'inherit',
    env: { ...process.env, TESTS: 'whole' },
  })
  process.exitCode = status ?? 1
}
