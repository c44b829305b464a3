import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import type { View } from '../../lab/codeTrace/filesOfOneView.ts'
import { typescriptLoader } from '../support/childProcess.ts'
import { read, root } from './files.ts'

const readme = read('README.md')
const block = (language: string): string =>
  readme.match(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``))?.[1] ?? ''

describe('the README', () => {
  let view: View
  beforeAll(async () => {
    // In a process of its own: coverage counts the files as they are, not as the test runner transforms them.
    const reading = ['--import', typescriptLoader, join(root, 'lab/codeTrace/run.ts'), '--json']
    const { stdout } = await promisify(execFile)(process.execPath, reading, { maxBuffer: 1 << 24 })
    view = JSON.parse(stdout)
  })

  it('shows a query with the answer that the gateway gives', () => {
    const shown = JSON.parse(block('json'))
    const data = view.data as { child: { sources: object[] } }
    // An agency that was added stands behind those of the page, which need not show it.
    data.child.sources.splice(shown.child.sources.length)
    expect(data).toEqual(shown)
  })

  it('gives a reading order of files that this very question runs', () => {
    const order = /## Read the code in this order\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''
    const listed = [...order.matchAll(/^\d+\. .*\n?(?: {3,}.*\n?)*/gm)].flatMap(([item]) =>
      [...item.matchAll(/\]\(((?:src|resolvers)\/[^)]+\.ts)\)/g)].map((match) => match[1] ?? ''),
    )
    expect(listed.length).toBeGreaterThan(10)
    const ran = new Set(view.files.map(({ path }) => path))
    expect(listed.filter((path) => !ran.has(path))).toEqual([])
  })

  it('says how many files one view runs, and is about right', () => {
    const [, all, busy] = /One view runs some (\d+)\s+files, (\d+)\s+of\s+them\s+five/.exec(readme) ?? []
    const near = (said: string | undefined, found: number) => Math.abs(Number(said) / found - 1) < 0.15
    expect({ all: view.files.length, near: near(all, view.files.length) }).toMatchObject({ near: true })
    const several = view.files.filter(({ functions }) => functions >= 5).length
    expect({ several, near: near(busy, several) }).toMatchObject({ near: true })
  })

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const named = [...readme.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map((match) => match[1] ?? '')
    expect([...named, 'start', 'test'].filter((name) => !(name in scripts))).toEqual([])
  })

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] ?? '')
    expect(links.filter((link) => !existsSync(new URL(`../../${link}`, import.meta.url)))).toEqual([])
  })
})
