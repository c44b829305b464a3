import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { signedIn } from './support/visitor.ts'

describe('the access log, asked for by one name', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
    for (const child of ['C07', 'C04'])
      await gateway.ask('social-worker', `{ child(id: "${child}") { names { family } } }`)
  })
  afterAll(() => gateway?.close())

  /** Sends the form that the page shows, with what stands in its fields: as a browser does. */
  const fieldsOf = (html: string): Record<string, string> => {
    const form = /<form method="post" action="[^"]*governance\/access"[\s\S]*?<\/form>/.exec(html)?.[0] ?? ''
    const inputs = [...form.matchAll(/<input[^>]*>/g)].map(([tag]) => tag)
    const value = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
    const within = /<option value="([^"]*)" selected/.exec(form)?.[1] ?? ''
    const entries = inputs.map((tag) => [value(tag, 'name'), value(tag, 'value')] as const)
    return { ...Object.fromEntries(entries.filter(([name]) => name !== '_form')), within }
  }

  it('exports what is shown, and no other child', async () => {
    const officer = await signedIn(gateway, 'information-governance')
    await officer.get('/governance/access')
    const shown = await officer.post('/governance/access', { child: 'Maya', within: 'week' })
    expect(shown.text).toContain('children of that name')
    const file = await officer.post('/governance/access', { ...fieldsOf(shown.html), as: 'csv' })
    expect(file.headers.get('content-type')).toContain('text/csv')
    expect(file.html).toContain('C07')
    expect(file.html).not.toContain('C04')
  })

  it('narrows a family name by a date of birth that was given beside it', async () => {
    const officer = await signedIn(gateway, 'information-governance')
    await officer.get('/governance/access')
    const other = { child: 'Thornley', born: '1999-01-01', within: 'week' }
    expect((await officer.post('/governance/access', other)).text).toContain('You may know of no child by this')
    const his = { child: 'Thornley', born: '2013-06-27', within: 'week' }
    expect((await officer.post('/governance/access', his)).text).toMatch(/\d+ entr(y|ies) about C04/)
  })

  it('finds by one name and a new search leaves the old name behind', async () => {
    const officer = await signedIn(gateway, 'information-governance')
    await officer.get('/governance/access')
    const shown = await officer.post('/governance/access', { child: 'Maya', within: 'week' })
    const next = await officer.post('/governance/access', { ...fieldsOf(shown.html), child: 'C04' })
    expect(next.text).toMatch(/entr(y|ies) about C04/)
  })
})
