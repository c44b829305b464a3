import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { filesIn, importsOf, read, root } from '../house/files.ts'

const sources = [...filesIn('src', '.ts'), ...filesIn('resolvers', '.ts')]
const composition = 'src/composition/chooseRecordReader.ts'

it('stands behind one line: nobody but the composition imports the room', () => {
  const importers = sources.filter(
    (path) => !path.startsWith('src/bytes/') && importsOf(path).some(({ to }) => to.startsWith('src/bytes/')),
  )
  expect(importers).toEqual([composition])
  expect(importsOf(composition).filter(({ to }) => to.startsWith('src/bytes/'))).toHaveLength(1)
})

/** What is no promise of pg's: its insides, read by name, and files of pg-protocol that are not its front. */
const inside =
  /pg-protocol|attachListeners|setPrototypeOf|parsedStatements|Reflect\.(?:get|set)\(\w+, '(?:connection|stream)'/

it('reaches into pg in one file', () => {
  expect(sources.filter((path) => inside.test(read(path)))).toEqual(['src/bytes/postgresDriverInternals.ts'])
})

/**
 * The versions that `postgresDriverInternals.ts` was written against. With another, read `connection.js`, `client.js`
 * and `query.js` of pg and `parser.js` of pg-protocol beside that file, then change the number here.
 */
const written = { pg: '8.23.1', 'pg-protocol': '1.16.1' }

it.each(Object.entries(written))('reaches into %s %s, which is pinned', (name, version) => {
  const versionIn = (path: string): unknown => JSON.parse(readFileSync(`${root}${path}`, 'utf8')).version
  const { dependencies } = JSON.parse(read('package.json'))
  expect([dependencies[name], versionIn(`node_modules/${name}/package.json`)]).toEqual([version, version])
})
