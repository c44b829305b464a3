#!/usr/bin/env node
// Plain JavaScript, so that it runs from a fresh clone: it installs what is missing, lets Node read TypeScript, and hands over.
import { setFlagsFromString } from 'node:v8'
import { install } from './install.mjs'

// V8 as in Node 20 can end the whole process ("unreachable code") where optimised JavaScript that calls WebAssembly is
// thrown away during that call; Node's own HTTP client and the embedded store are WebAssembly.
setFlagsFromString('--no-turbo-inline-js-wasm-calls')

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
