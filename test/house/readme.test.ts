import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { read } from './files.ts'

const readme = read('README.md')
const block = (language: string): string =>
  readme.match(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``))?.[1] ?? ''

describe('the README', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  afterAll(() => gateway.close())

  it('shows a query with the answer that the gateway gives', async () => {
    const { data, errors } = await gateway.ask('mash-analyst', block('graphql'))
    expect(errors).toEqual([])
    const shown = JSON.parse(block('json'))
    const { sources } = (data as unknown as { child: { sources: object[] } }).child
    // An agency that was added stands behind those of the page, which need not show it.
    sources.splice(shown.child.sources.length)
    expect(data).toEqual(shown)
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
