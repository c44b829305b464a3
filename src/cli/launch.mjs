// What comes before the program, from a checkout and from an installed package alike.
import { setFlagsFromString } from 'node:v8'

/** Runs the command line with the program that `load` gives: the module `program.ts`, in the form that Node reads. */
export const launch = async (load) => {
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

  const { run } = await load()

  // Stores, keys and records that are written are for their owner alone.
  process.umask(0o077)

  const exitCode = await run(process.argv.slice(2))
  process.exitCode = exitCode
  // What failed may have left something open that would keep a process that serves nothing alive for ever.
  if (exitCode !== 0) process.exit()
}
