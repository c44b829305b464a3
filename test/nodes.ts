import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `npm run test:nodes`: type check and the tests of `nodes.txt` on every Node that is supported. The npm package `node`
 * brings each.
 */
const supported = ['20.19', '22', '24'] as const

const help = `Type check and the tests listed in test/nodes.txt, on Node ${supported.join(', ')}.

  npm run test:nodes                 all of them
  npm run test:nodes -- 22           one of them

Each Node is installed once, into node_modules/.cache/nodes. Ends with 1 when anything fails.
`

const root = fileURLToPath(new URL('..', import.meta.url))
const asked = process.argv.slice(2)
if (asked.some((word) => !supported.includes(word as (typeof supported)[number]))) {
  const wantsHelp = asked.includes('--help')
  process[wantsHelp ? 'stdout' : 'stderr'].write(help)
  process.exit(wantsHelp ? 0 : 2)
}

const listed = readFileSync(new URL('nodes.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

/** The program of one Node, installed where there is none yet. It needs no package of the product. */
const nodeOf = (version: string): string => {
  const folder = join(root, 'node_modules', '.cache', 'nodes', version)
  const program = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    // The package `node` brings its program by a script of its install.
    const { status } = spawnSync(
      'npm',
      ['install', '--ignore-scripts=false', '--no-audit', '--no-fund', `node@${version}`],
      {
        ...{ cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
      },
    )
    if (status !== 0 || !existsSync(program)) throw new Error(`Node ${version} could not be installed.`)
  }
  return program
}

const isPassed = (version: string): boolean => {
  const program = nodeOf(version)
  const env = { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env['PATH'] ?? ''}` }
  const run = (...words: string[]) =>
    spawnSync(program, words, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
  process.stdout.write(`\n== Node ${version}: `)
  return (
    run('--version') &&
    run('node_modules/typescript/bin/tsc', '--noEmit') &&
    run('node_modules/vitest/vitest.mjs', 'run', ...listed)
  )
}

const failed = (asked.length > 0 ? asked : supported).filter((version) => !isPassed(version))
if (failed.length > 0) process.stderr.write(`\nNot passed on Node ${failed.join(', ')}.\n`)
process.exitCode = failed.length > 0 ? 1 : 0
