import { readFileSync } from 'node:fs'
import { filesOfOneView } from './filesOfOneView.ts'

const help = `Which files of the product one unified view runs: asks the README's question of a fresh demonstration.

  npm run -s reading            how many files, and the busiest
  npm run -s reading -- --all   every file with how many of its functions ran
  npm run -s reading -- --json  the same for a program, with what was answered
`

const asked = process.argv.slice(2)
if (asked.some((word) => !['--all', '--json'].includes(word))) {
  const wanted = asked.some((word) => ['--help', '-h'].includes(word))
  ;(wanted ? process.stdout : process.stderr).write(help)
  process.exit(wanted ? 0 : 2)
}
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const query = /```graphql\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
const view = await filesOfOneView('mash-analyst', query)
const { files } = view
if (asked.includes('--json')) process.stdout.write(`${JSON.stringify(view)}\n`)
else {
  const several = files.filter(({ functions }) => functions >= 5).length
  process.stdout.write(`One view runs ${files.length} files; ${several} of them five functions or more.\n`)
  for (const { path, functions } of asked.includes('--all') ? files : files.slice(0, 20))
    process.stdout.write(`${String(functions).padStart(4)}  ${path}\n`)
}
