import { describe, expect, it } from 'vitest'
import { filesIn, read } from './files.ts'

const widest = 120

const linesOf = (path: string): readonly (readonly [place: string, line: string])[] =>
  read(path)
    .split('\n')
    .map((line, at) => [`${path}:${at + 1}`, line] as const)

const tooWide = (lines: readonly (readonly [string, string])[]): readonly string[] =>
  lines.filter(([, line]) => line.length > widest).map(([place]) => place)

/** The formatter wraps code and leaves comments, prose and SDL as they are: these are held here. */
describe('lines of at most 120 columns', () => {
  it.each(['src', 'resolvers', 'lab', 'web', 'seeds', 'bench', 'test'])('hold in the comments of %s', (folder) => {
    const comments = filesIn(folder, '.ts').flatMap((path) =>
      linesOf(path).filter(([, line]) => /^\s*(\/\/|\/\*|\*)/.test(line)),
    )
    expect(comments.length).toBeGreaterThan(0)
    expect(tooWide(comments)).toEqual([])
  })

  it('hold in the schema', () => {
    expect(tooWide(filesIn('schema', '.graphql').flatMap(linesOf))).toEqual([])
  })

  it('hold in the prose of the documents, where a line can be broken', () => {
    const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...filesIn('docs', '.md')]
    const prose = documents.flatMap((path) => {
      let fenced = false
      return linesOf(path).filter(([, line]) => {
        if (line.startsWith('```')) fenced = !fenced
        return !fenced && !/^\s*(\||!\[|<)/.test(line)
      })
    })
    expect(tooWide(prose)).toEqual([])
  })
})
