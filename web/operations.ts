import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('./operations/', import.meta.url))

/**
 * What the pages ask: each file of `operations/` is one operation of the public schema, whole as it is sent. There is
 * nothing else that a page can ask, and whoever keeps a list of allowed operations lists these.
 */
export const operations: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => [name.replace(/\.graphql$/, ''), withFragments(readFileSync(`${folder}${name}`, 'utf8'))]),
)

/** What several operations select alike stands once, in `fragments/`. */
function withFragments(operation: string): string {
  const names = new Set([...operation.matchAll(/\.\.\.(?!on\b)([A-Z]\w*)/g)].map((match) => match[1] ?? ''))
  return [operation, ...[...names].map((name) => readFileSync(`${folder}fragments/${name}.graphql`, 'utf8'))].join('\n')
}
