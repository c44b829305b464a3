import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files below a folder of the checkout that end so, as paths from the root. */
export const filesIn = (folder: string, ending: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)))
        .filter((path) => !path.includes('node_modules'))
        .sort()
    : []

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

export interface Import {
  /** Path from the root. */
  readonly to: string
  readonly typeOnly: boolean
  /** Loaded while the program runs. */
  readonly dynamic: boolean
}

/**
 * What a file imports from this checkout, by `import`, `export … from`, `import()` and `new URL(…, import.meta.url)`.
 */
export const importsOf = (path: string): Import[] => {
  const text = read(path)
  const found: Import[] = []
  const add = (specifier: string | undefined, typeOnly: boolean, dynamic = false) => {
    if (!specifier?.startsWith('.')) return
    found.push({ to: join(dirname(path), specifier), typeOnly, dynamic })
  }
  for (const match of text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'/gm)) {
    add(match[2], match[1] !== undefined || onlyTypes(match[0]))
  }
  for (const match of text.matchAll(/import\(\s*'([^']+)'\s*\)/g)) add(match[1], false, true)
  for (const match of text.matchAll(/new URL\('([^']+\.(?:ts|mjs))'/g)) add(match[1], false)
  return found
}

/** `import { type A, type B } from` brings no code either. */
const onlyTypes = (statement: string): boolean => {
  const names = /\{([^}]*)\}/
    .exec(statement)?.[1]
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  return names !== undefined && names.length > 0 && names.every((name) => name.startsWith('type '))
}
