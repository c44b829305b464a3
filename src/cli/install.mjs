// Runs before the npm scripts of this package, with nothing but Node: a fresh clone has no packages yet. It runs the locked
// install when packages are missing or are others than the lock file names, and says so in one line.
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../..', import.meta.url))

/** Why the packages of a checkout are not as its lock file says; null when they are. */
export const whatIsMissing = (folder) => {
  const modules = join(folder, 'node_modules')
  if (!existsSync(modules)) return 'node_modules is missing'
  // Someone put the packages elsewhere on purpose; replacing that is not ours to do.
  if (lstatSync(modules).isSymbolicLink()) return null
  const installed = packagesOf(join(modules, '.package-lock.json'))
  const locked = packagesOf(join(folder, 'package-lock.json'))
  if (!installed || !locked) return installed ? null : 'node_modules is incomplete'
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '' || wanted.optional || wanted.devOptional) continue
    if (installed[path]?.version !== wanted.version) return `${path} is not at ${wanted.version}`
  }
  return null
}

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/** Installs what the lock file says. Only npm's own errors are shown. */
export const install = (folder = checkout) => {
  const reason = whatIsMissing(folder)
  if (!reason) return 0
  process.stderr.write(`Installing packages from package-lock.json, about a minute (${reason}).\n`)
  const npm = process.env.npm_execpath
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  // A checkout compiles what it runs, in production too; whoever wants less there installs the package.
  const result = spawnSync(command, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (result.status !== 0) process.stderr.write('The install did not succeed. Run `npm ci` to see why.\n')
  return result.status ?? 1
}

const isRunDirectly = () => {
  try {
    return realpathSync(process.argv[1] ?? '') === realpathSync(fileURLToPath(import.meta.url))
  } catch {
    return false
  }
}

if (isRunDirectly()) process.exitCode = install()
