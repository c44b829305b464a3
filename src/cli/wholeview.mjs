#!/usr/bin/env node
// The command in a checkout. Plain JavaScript, so that it runs from a fresh clone: it installs what is missing, makes the
// program that Node reads, and hands over. An installed package starts at `packaged.mjs`.
import { install } from './install.mjs'
import { launch } from './launch.mjs'

/** The program as it is written now; the packages are there by then. */
const madeHere = async () => {
  const { built } = await import('./build.mjs')
  try {
    return await import(await built('src/cli/program.ts'))
  } catch (error) {
    process.stderr.write(`The program could not be put together. ${error.message}\n`)
    process.exit(1)
  }
}

if (install() === 0) await launch(madeHere)
else process.exitCode = 1
