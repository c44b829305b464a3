#!/usr/bin/env node
// Plain JavaScript, so that it runs from a fresh clone: it installs what is missing, lets Node read TypeScript, and hands over.
import { install } from './install.mjs'

// A reader that stops early, `| head` say, is no failure.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const installed = install()
if (installed === 0) {
  const { register } = await import('tsx/esm/api')
  register()
  const { run } = await import('./program.ts')
  process.exitCode = await run(process.argv.slice(2))
} else {
  process.exitCode = 1
}
