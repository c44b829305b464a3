import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { read, root } from '../house/files.ts'

/** `nobody`, where this run may become another user; else the user of the run, before whom the folders are locked. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

const flag = z.boolean().default(false)
const needed = z.object({ dev: flag, optional: flag, devOptional: flag })
const lock = z
  .object({
    packages: z.record(z.string(), needed),
  })
  .parse(JSON.parse(read('package-lock.json')))

export interface Finished {
  readonly exitCode: number | null
  readonly out: string
  readonly err: string
}

export interface Served {
  /** Where it listens. */
  readonly url: string
  readonly stop: () => Promise<Finished>
}

/** The packed product, installed in a folder that nobody may write to, and used from another. */
export interface Installation {
  /** Where its user stands: empty at first, and theirs. */
  readonly home: string
  /** Names of what is installed at the top of `node_modules`. */
  readonly packages: readonly string[]
  /** Runs the command to its end. */
  run(args: readonly string[], env?: Record<string, string>): Promise<Finished>
  /** Runs `start` until it listens. @throws what it said when it ends instead. */
  serve(env?: Record<string, string>): Promise<Served>
  /** A folder of its user's, with files that only they can read. */
  own(name: string, files: Readonly<Record<string, unknown>>): string
  remove(): void
}

/** `npm pack`, unpacked: the folder that holds the package. The caller removes it. */
export const packed = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wholeview-packed-'))
  const npm = process.env['npm_execpath']
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  execFileSync(command, [...first, 'pack', '--pack-destination', folder], { cwd: root, stdio: 'pipe' })
  const [file] = readdirSync(folder)
  execFileSync('tar', ['-xzf', join(folder, file ?? ''), '-C', folder])
  return folder
}

/** Ten thousand files are linked, where their user is another than ours; else copied, so that each can be locked. */
const take = (from: string, to: string): void => {
  if (nobody.uid !== undefined) {
    mkdirSync(dirname(to), { recursive: true })
    if (spawnSync('cp', ['-RlL', from, to], { stdio: 'ignore' }).status === 0) return
    rmSync(to, { recursive: true, force: true })
  }
  cpSync(from, to, { recursive: true, dereference: true })
}

/** As `npm install` of the package does it, without a network: the packages come from this checkout's own lock. */
export const install = (packedFolder: string, { optional }: { readonly optional: boolean }): Installation => {
  const folder = mkdtempSync(join(tmpdir(), 'wholeview-installed-'))
  const modules = join(folder, 'app', 'node_modules')
  mkdirSync(modules, { recursive: true })
  cpSync(join(packedFolder, 'package'), join(modules, 'wholeview'), { recursive: true })
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!/^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path) || entry.dev) continue
    if (!optional && (entry.optional || entry.devOptional)) continue
    // Made for another kind of machine, and so not installed on this one.
    if (entry.optional && !existsSync(join(root, path))) continue
    take(join(root, path), join(folder, 'app', path))
  }
  const home = join(folder, 'home')
  mkdirSync(home)
  if (nobody.uid !== undefined) chownSync(home, nobody.uid, nobody.gid)
  chmodSync(folder, 0o755)
  // Files that are the checkout's too keep their rights: they are not the user's, who may not make any beside them.
  const locked = nobody.uid === undefined ? [] : ['-type', 'd']
  execFileSync('find', [join(folder, 'app'), ...locked, '-exec', 'chmod', 'a-w,a+rX', '{}', '+'])

  const running = new Set<ChildProcess>()
  const begin = (args: readonly string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [join(modules, 'wholeview', 'dist', 'packaged.mjs'), ...args], {
      ...{ cwd: home, stdio: ['ignore', 'pipe', 'pipe'], ...nobody },
      env: { PATH: process.env['PATH'], HOME: home, LOG_LEVEL: 'error', ...env },
    })
    running.add(child)
    return { child, said: listened(child) }
  }
  return {
    home,
    packages: readdirSync(modules),
    run: (args, env) => ended(begin(args, env)),
    serve: async (env) => {
      const begun = begin(['--json', 'start', '--port', '0'], env)
      const { child } = begun
      const line = await Promise.race([
        firstLine(child),
        ended(begun).then(({ err }) => Promise.reject(new Error(err))),
      ])
      const { url } = z.object({ url: z.string() }).parse(JSON.parse(line))
      const stop = async () => {
        const gone = ended(begun)
        child.kill('SIGTERM')
        return gone
      }
      return { url, stop }
    },
    own: (name, files) => {
      const path = join(home, name)
      mkdirSync(path)
      for (const [file, value] of Object.entries(files))
        writeFileSync(join(path, file), JSON.stringify(value), { mode: 0o600 })
      for (const each of [path, ...Object.keys(files).map((file) => join(path, file))])
        if (nobody.uid !== undefined) chownSync(each, nobody.uid, nobody.gid)
      return path
    },
    remove: () => {
      for (const child of running) child.kill('SIGKILL')
      execFileSync('find', [folder, ...locked, '-exec', 'chmod', 'u+w', '{}', '+'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Said {
  out: string
  err: string
}

const listened = (child: ChildProcess): Said => {
  const said = { out: '', err: '' }
  child.stdout?.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    said.err += chunk
  })
  return said
}

const ended = async ({ child, said }: { readonly child: ChildProcess; readonly said: Said }): Promise<Finished> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  return { exitCode: child.exitCode, ...said }
}

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
  })
