import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { typescriptLoader } from './support/childProcess.ts'

/** The proofs at their full size, one room after another. The default tests hold the same proofs at a reduced size. */
const rooms = {
  proof: 'the policy, over its whole input space',
  speed: 'that the policy takes no more than a tenth longer to decide than before',
  leaks: 'that nothing hidden is told: twin worlds and every statement',
  audit: 'the log, with gateways that are killed and starved',
  truth: 'that every joined number is true, or says what it lacks',
  live: 'how long anybody waits while others send what is made to hold everybody up',
  plain: 'that records which are held plainly give the same answers, and leak no more',
  baseline: 'every answer over the whole schema, against the one on file',
  whole: 'the tests of which the default run takes a sample, whole',
  demands: 'every row that the reviews ask for, by the tests that it names',
  pages: 'the pages, each for every persona: nothing that the API withholds, no violation of WCAG 2.2 AA',
} as const

const help = `The proofs at their full size: one line each with its counts on standard output, progress on standard error.

  npm run prove                      everything; an hour or two
  npm run -s prove -- <room> [n]     one room alone, with its own size

${Object.entries(rooms)
  .map(([room, what]) => `  ${room.padEnd(8)} ${what}`)
  .join('\n')}

  npm run -s prove -- audit 40       a fifth of the kills
  npm run -s prove -- baseline --write   takes what is answered now for right
  npm run -s prove -- <room> --help  what else a room takes

Ends with 1 when anything is not proved, with 2 when it is not understood.
`

/** The rooms of the tests; what proves the policy stands with its golden tables. */
const placeOf = (room: string): string => {
  if (room === 'speed') return '../lab/policy/proof/speed.ts'
  return room === 'proof' ? '../lab/policy/proof/run.ts' : `./${room}/run.ts`
}

const isRoom = (word: string): word is keyof typeof rooms => Object.hasOwn(rooms, word)

const [first = '', ...rest] = process.argv.slice(2)
if (first !== '' && !isRoom(first)) {
  const asked = first === '--help' || first === '-h' || first === 'help'
  if (asked) process.stdout.write(help)
  else process.stderr.write(`There is no such proof: ${first}\n\n${help}`)
  process.exit(asked ? 0 : 2)
}

const chosen = isRoom(first) ? [first] : Object.keys(rooms)
const failed = chosen.filter((room) => {
  const file = fileURLToPath(new URL(placeOf(room), import.meta.url))
  process.stdout.write(`\n== ${room}\n`)
  return spawnSync(process.execPath, ['--import', typescriptLoader, file, ...rest], { stdio: 'inherit' }).status !== 0
})

if (failed.length > 0) process.stderr.write(`\nNot proven: ${failed.join(', ')}.\n`)
process.exitCode = failed.length > 0 ? 1 : 0
