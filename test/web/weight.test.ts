import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole } from '../support/sample.ts'
import { childPages } from './support/matrix.ts'
import { signedIn } from './support/visitor.ts'

const kilobytes = 1024
const mostShown = 60 * kilobytes
const mostSent = 150 * kilobytes
const mostScript = 10 * kilobytes

/** What a page weighs on the line: static files compressed, a page that holds a secret not. */
describe('the weight of a page', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  afterAll(() => gateway.close())

  const sizeOf = async (path: string): Promise<number> => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { 'accept-encoding': 'br' } })
    // `fetch` gives a body as it was before it was compressed; a length says how it was sent.
    const length = Number(response.headers.get('content-length'))
    expect(response.headers.get('content-encoding')).toBe('br')
    await response.arrayBuffer()
    return length
  }

  it('of the child with most to show is within its bounds, on every page', async () => {
    const visitor = await signedIn(gateway, 'mash-analyst')
    const { html } = await visitor.get('/find')
    const asset = (ending: string) => new RegExp(`"(/workbench/assets/[^"]+${ending})"`).exec(html)?.[1] ?? ''
    const [style, script] = [await sizeOf(asset('css')), await sizeOf(asset('js'))]
    expect(script).toBeLessThan(mostScript)
    const found = await visitor.post('/find', { nhsNumber: '9991012745' })
    const address = /href="(\/workbench\/child\/[^"]+)"/.exec(found.html)?.[1] ?? ''
    const pages = isWhole ? childPages.map(([page]) => page) : ['', '/alerts', '/chronology', '/harm']
    for (const page of [...pages.map((each) => `${address}${each}`), '/sources', '/worklist']) {
      const shown = await visitor.get(page)
      expect(shown.status).toBe(200)
      expect(shown.headers.get('content-encoding')).toBeNull()
      const bytes = Buffer.byteLength(shown.html)
      expect([page.replace(address, 'child'), bytes + style <= mostShown ? 'within' : bytes + style]).toEqual([
        page.replace(address, 'child'),
        'within',
      ])
      expect(bytes + style + script).toBeLessThan(mostSent)
    }
  })
})
