import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { filesIn, read } from './files.ts'

const versions = z.record(z.string(), z.string())
const manifest = z.object({ dependencies: versions, devDependencies: versions }).parse(JSON.parse(read('package.json')))
const packages = { ...manifest.dependencies, ...manifest.devDependencies }

const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\| (\S.*?) +\|$/gm)]

describe('every dependency', () => {
  it('has one line that says why it is there, and nothing else has', () => {
    expect(rows.map((row) => row[1] ?? '').sort()).toEqual(Object.keys(packages).sort())
  })

  it('is pinned to one version', () => {
    expect(Object.entries(packages).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it('is declared where it is imported', () => {
    const imported = new Set(
      [
        ...filesIn('src', '.ts'),
        ...filesIn('src', '.mjs'),
        ...filesIn('resolvers', '.ts'),
        ...filesIn('seeds', '.ts'),
        ...filesIn('web', '.ts'),
      ].flatMap((path) =>
        [...read(path).matchAll(/(?:from|import|import\()\s*'((?!node:)[@a-z][^']*)'/g)].map((match) =>
          packageOf(match[1] ?? ''),
        ),
      ),
    )
    expect([...imported].filter((name) => !Object.hasOwn(manifest.dependencies, name))).toEqual([])
  })
})

describe('the lock file', () => {
  it('names every optional package, or `npm ci` refuses a fresh clone', () => {
    const lock = z
      .object({ packages: z.record(z.string(), z.object({ optionalDependencies: versions.optional() })) })
      .parse(JSON.parse(read('package-lock.json')))
    const paths = Object.keys(lock.packages)
    const missing = Object.values(lock.packages)
      .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      .filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))
    expect(missing).toEqual([])
  })
})

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
