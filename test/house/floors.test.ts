import { describe, expect, it } from 'vitest'
import { filesIn, importsOf } from './files.ts'

/**
 * The floors. A file imports its own folder or a lower floor, so that data flows one way and a room can be read without
 * those above it.
 */
const floors: readonly (readonly [prefix: string, floor: number])[] = [
  ['src/errors.ts', 0],
  ['src/config.ts', 0],
  ['src/describeConfig.ts', 0],
  ['src/clock.ts', 0],
  ['src/postedJson.ts', 0],
  ['src/registry.ts', 0],
  ['src/agencies.ts', 0],
  // Words that tokens, packs and sources share; they import nothing but each other.
  ['src/policy/labels.ts', 0],
  ['src/policy/vocabulary.ts', 0],
  ['src/identifiers.ts', 0],
  ['src/auth/', 1],
  ['src/store/', 1],
  ['src/policy/', 2],
  ['src/audit/', 2],
  ['src/sources/', 3],
  // A second way of holding records, behind the interface of sources.
  ['src/bytes/', 4],
  ['src/identity/', 4],
  ['src/consent/', 4],
  ['src/picture/', 5],
  ['src/alerts/', 5],
  ['src/transfer/', 5],
  // One request: what is wanted, what is opened, what is recorded.
  ['src/context.ts', 6],
  ['src/plan.ts', 6],
  ['src/asking.ts', 6],
  ['src/factsLookup.ts', 6],
  ['src/opening.ts', 6],
  ['src/leafOf.ts', 6],
  ['src/request.ts', 6],
  ['src/replay.ts', 6],
  ['resolvers/', 7],
  ['src/graphql/', 8],
  // The engine: it knows GraphQL and nothing of children.
  ['src/execution/', 1],
  ['src/federation/', 9],
  ['src/server/', 9],
  // Where the rooms are put together.
  ['src/assembly/', 10],
  ['src/gateway.ts', 11],
  ['src/main.ts', 12],
  ['src/cli/', 12],
  // Data: may be read by whoever writes it into a store, and knows the contracts it fills.
  ['seeds/', 2],
]

const floorOf = (path: string): number | undefined => floors.find(([prefix]) => path.startsWith(prefix))?.[1]
const roomOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('src/') ? 2 : 1)
    .join('/')

/** Type-only imports upward that are agreed: rooms that are told about the request they serve. */
const toldAbout: readonly string[] = ['src/context.ts']

const sources = [...filesIn('src', '.ts'), ...filesIn('resolvers', '.ts')]

describe('the house', () => {
  it('has a floor for every file', () => {
    expect(sources.filter((path) => floorOf(path) === undefined)).toEqual([])
  })

  it('lets no file import a higher floor', () => {
    const wrong = sources.flatMap((path) =>
      importsOf(path)
        .filter(({ to, typeOnly }) => {
          if (roomOf(to) === roomOf(path)) return false
          if (typeOnly && toldAbout.includes(to)) return false
          return (floorOf(to) ?? 9) > (floorOf(path) ?? 0)
        })
        .map(({ to }) => `${path} imports ${to}`),
    )
    expect(wrong).toEqual([])
  })

  it('notices one that would', () => {
    expect(floorOf('src/policy/labels.ts')).toBeLessThan(floorOf('src/auth/verify.ts') ?? 0)
    expect(floorOf('src/server/server.ts')).toBeGreaterThan(floorOf('src/policy/decide.ts') ?? 9)
  })
})
