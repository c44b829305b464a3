#!/usr/bin/env node
// Plain JavaScript, so that it runs from a fresh clone: it installs what is missing, makes the program that Node reads, and hands over.
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

// A place in the log is the line that someone wrote.
process.setSourceMapsEnabled(true)

const installed = install()
if (installed === 0) {
  const { built } = await import('./build.mjs')
  const program = await built('src/cli/program.ts').catch((error) => {
    process.stderr.write(`The program could not be put together. ${error.message}\n`)
    process.exit(1)
  })
  const { run } = await import(program)
  process.exitCode = await run(process.argv.slice(2))
} else {
  process.exitCode = 1
}
