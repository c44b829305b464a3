import { describe, expect, it } from 'vitest'
import { filesIn, type Import, importsOf } from './files.ts'

/**
 * The floors, from the ground. A file imports its own room or a lower floor, types included, so that data flows one way
 * and a room can be read without those above it. Rooms that share a line stand on one floor and do not import each
 * other.
 */
const floors: readonly (readonly string[])[] = [
  ['src/foundation/'],
  // The engine: it knows GraphQL and nothing of children.
  ['src/execution/'],
  // Who asks, what may be read, under which rule.
  ['src/policy/'],
  ['src/store/'],
  ['src/auth/'],
  ['src/audit/'],
  ['src/sources/'],
  ['src/records/'],
  ['src/bytes/'],
  ['src/identity/'],
  ['src/facts/'],
  ['src/registers/'],
  ['src/obligations/', 'src/subjectAccess/'],
  // One request: what opens a child, what is asked of whom, what is recorded.
  ['src/disclosure/'],
  ['src/childView/'],
  ['src/alerts/'],
  ['src/exchange/'],
  ['src/oversight/', 'src/transfer/'],
  ['resolvers/'],
  ['src/graphql/'],
  ['src/server/'],
  ['src/federation/'],
  ['seeds/'],
  // What people see: pages over the pipeline, with no way of their own to a record.
  ['web/'],
  // Where the rooms are put together.
  ['src/composition/'],
  ['src/main.ts'],
  ['src/cli/'],
  ['lab/'],
]

const floorOf = (path: string): number => floors.findIndex((rooms) => rooms.some((room) => path.startsWith(room)))
const roomOf = (path: string): string => floors.flat().find((room) => path.startsWith(room)) ?? ''

const sources = [
  ...filesIn('src', '.ts'),
  ...filesIn('resolvers', '.ts'),
  ...filesIn('web', '.ts'),
  ...filesIn('lab', '.ts'),
]
/** A command loads a tool of the lab when it is run, and only then. */
const isToolOfCommand = (path: string, { to, dynamic }: Import): boolean =>
  dynamic && path.startsWith('src/cli/commands/') && to.startsWith('lab/')

const rising = (path: string) =>
  importsOf(path).filter(
    (each) =>
      each.to.endsWith('.ts') &&
      roomOf(each.to) !== roomOf(path) &&
      floorOf(each.to) >= floorOf(path) &&
      !isToolOfCommand(path, each),
  )

describe('the house', () => {
  it('has a floor for every file, and nothing at the root of src but main.ts', () => {
    expect(sources.filter((path) => floorOf(path) < 0)).toEqual([])
  })

  it('lets no file import a higher floor, or another room of its own, types included', () => {
    expect(sources.flatMap((path) => rising(path).map(({ to }) => `${path} imports ${to}`))).toEqual([])
  })

  it('gives the pages no way to a record but the one pipeline', () => {
    const allowed = [
      'src/foundation/',
      'src/policy/vocabulary.ts',
      'src/policy/policyWords.ts',
      // Which role a question over many children is for, so that a page offers it to them.
      'src/policy/mayAskOversight.ts',
      'src/transfer/transferTypes.ts',
      // Words of the published codes, the same on a page as in a record.
      'src/sources/codeWords.ts',
      // Who is signed in, and the token made for them.
      ...['src/auth/issuers.ts', 'src/auth/signingKeys.ts', 'src/auth/signDpopProof.ts', 'src/store/database.ts'],
      ...['src/server/log.ts', 'src/server/reply.ts', 'src/server/portToGateway.ts', 'src/disclosure/answer.ts'],
    ]
    const isAllowed = ({ to, typeOnly }: Import) =>
      to.startsWith('web/') || typeOnly || allowed.some((place) => to.startsWith(place))
    expect(
      filesIn('web', '.ts').flatMap((path) =>
        importsOf(path)
          .filter((each) => !isAllowed(each))
          .map(({ to }) => `${path} imports ${to}`),
      ),
    ).toEqual([])
  })

  it('has no circle of files, types included', () => {
    expect(circlesAmong(new Map(sources.map((path) => [path, importsOf(path).map(({ to }) => to)])))).toEqual([])
  })

  it('notices what it forbids', () => {
    expect(floorOf('src/policy/labels.ts')).toBeLessThan(floorOf('src/auth/verifyToken.ts'))
    expect(floorOf('src/server/httpServer.ts')).toBeGreaterThan(floorOf('src/policy/decide.ts'))
    expect(floorOf('src/stray.ts')).toBe(-1)
    const circle = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', []],
    ])
    expect(circlesAmong(circle)).toEqual([['a', 'b', 'c']])
  })
})

/** Files that reach each other, sorted: strongly connected components of more than one file (Tarjan). */
function circlesAmong(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []
  const visit = (path: string): void => {
    const own = index.size
    index.set(path, own)
    low.set(path, own)
    stack.push(path)
    for (const to of imports.get(path) ?? []) {
      if (!imports.has(to)) continue
      if (!index.has(to)) visit(to)
      if (stack.includes(to)) low.set(path, Math.min(low.get(path) ?? own, low.get(to) ?? own))
    }
    if (low.get(path) !== own) return
    const circle = stack.splice(stack.indexOf(path))
    if (circle.length > 1) circles.push(circle.sort())
  }
  for (const path of imports.keys()) if (!index.has(path)) visit(path)
  return circles.sort()
}
