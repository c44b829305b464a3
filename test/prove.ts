import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The proofs at their full size, one room after another. The default tests hold the same proofs at a reduced size. */
const rooms = ['proof', 'leaks', 'audit'] as const

const failed = rooms.filter((room) => {
  const file = fileURLToPath(new URL(`./${room}/run.ts`, import.meta.url))
  if (!existsSync(file)) throw new Error(`${file} is missing.`)
  process.stdout.write(`\n== ${room}\n`)
  return (
    spawnSync(process.execPath, ['--import', 'tsx', file, ...process.argv.slice(2)], { stdio: 'inherit' }).status !== 0
  )
})

if (failed.length > 0) process.stderr.write(`\nNot proven: ${failed.join(', ')}.\n`)
process.exitCode = failed.length > 0 ? 1 : 0
