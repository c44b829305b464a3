import { describe, expect, it } from 'vitest'
import { agencies } from '../../src/foundation/agencies.ts'
import { filesIn, importsOf } from './files.ts'

/** Where reading begins: what a person or a test starts. */
const doors = [
  // Found by the agencies' names: the model loads them.
  ...filesIn('resolvers', '.ts'),
  'src/cli/program.ts',
  'src/cli/wholeview.mjs',
  'src/main.ts',
  'src/composition/gateway.ts',
  // Loaded by the agency's name: its four files are found, not listed.
  ...agencies.flatMap((name) => [`resolvers/${name}.ts`, `src/sources/${name}.ts`, `seeds/${name}.ts`]),
  ...filesIn('test', '.ts'),
  ...filesIn('bench', '.ts'),
]

const reachable = (): Set<string> => {
  const seen = new Set<string>()
  const files = new Set([
    ...filesIn('src', '.ts'),
    ...filesIn('src', '.mjs'),
    ...filesIn('resolvers', '.ts'),
    ...filesIn('seeds', '.ts'),
    ...filesIn('web', '.ts'),
    ...filesIn('test', '.ts'),
    ...filesIn('bench', '.ts'),
  ])
  const waiting = doors.filter((path) => files.has(path))
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path) || !files.has(path)) continue
    seen.add(path)
    waiting.push(...importsOf(path).map(({ to }) => to))
  }
  return seen
}

describe('every file', () => {
  it('is used by something that starts', () => {
    const seen = reachable()
    const all = ['src', 'resolvers', 'seeds', 'web'].flatMap((folder) => filesIn(folder, '.ts'))
    expect(all.filter((path) => !seen.has(path))).toEqual([])
  })
})
