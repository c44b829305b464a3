import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { filesIn, read } from './files.ts'

const versions = z.record(z.string(), z.string())
const manifest = z
  .object({ dependencies: versions, optionalDependencies: versions, devDependencies: versions })
  .parse(JSON.parse(read('package.json')))
const packages = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }

const row = /^\| `([^`]+)` +\| (\S.*?) +\|$/gm
const rows = [...read('docs/dependencies.md').matchAll(row)]

describe('every dependency', () => {
  it('has one line that says why it is there, and nothing else has', () => {
    expect(rows.map((each) => each[1] ?? '').sort()).toEqual(Object.keys(packages).sort())
  })

  it('is pinned to one version', () => {
    expect(Object.entries(packages).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it('stands in the section that says when it is needed', () => {
    const sections = new Map(
      read('docs/dependencies.md')
        .split(/^## /m)
        .map((text) => [text.split('\n')[0] ?? '', [...text.matchAll(row)].map((each) => each[1] ?? '').sort()]),
    )
    expect(sections.get('In the product')).toEqual(Object.keys(manifest.dependencies).sort())
    expect(sections.get('In the demonstration')).toEqual(Object.keys(manifest.optionalDependencies).sort())
    expect(sections.get('For work on it')).toEqual(Object.keys(manifest.devDependencies).sort())
  })

  it('is declared where it is imported', () => {
    const imported = importedBy([
      ...filesIn('src', '.ts'),
      ...filesIn('resolvers', '.ts'),
      ...filesIn('seeds', '.ts'),
      ...filesIn('web', '.ts'),
    ])
    const declared = { ...manifest.dependencies, ...manifest.optionalDependencies }
    expect(imported.filter((name) => !Object.hasOwn(declared, name))).toEqual([])
  })

  it('is imported when it is needed and not before, where it is optional', () => {
    const early = [
      ...filesIn('src', '.ts'),
      ...filesIn('resolvers', '.ts'),
      ...filesIn('seeds', '.ts'),
      ...filesIn('web', '.ts'),
    ].filter((path) =>
      Object.keys(manifest.optionalDependencies).some((name) =>
        new RegExp(`^(?:import|export) (?!type )[^';]*'${name}'`, 'm').test(read(path)),
      ),
    )
    expect(early).toEqual([])
  })

  it('is no package at all in the scripts that run before there is any', () => {
    expect(importedBy(['src/cli/install.mjs', 'src/cli/launch.mjs', 'src/cli/packaged.mjs'])).toEqual([])
  })
})

const importedBy = (paths: readonly string[]): string[] => [
  ...new Set(
    paths.flatMap((path) =>
      [...read(path).matchAll(/(?:from|import|import\()\s*'((?!node:)[@a-z][^']*)'/g)].map((match) =>
        packageOf(match[1] ?? ''),
      ),
    ),
  ),
]

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
