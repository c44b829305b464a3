import type { Page } from 'playwright-core'
import { operations } from '../../web/operations.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { openBrowser } from '../web/support/browser.ts'
import { childPages } from '../web/support/matrix.ts'
import { signedIn, type Visitor } from '../web/support/visitor.ts'

/** What a page may take: as many times the API's own time, bytes on the line, and milliseconds until it can be used. */
const bounds = { ratio: 1.5, shown: 60 * 1024, sent: 150 * 1024, usable: 1000 }
/** A slow connection: 1.6 Mbit a second, 150 milliseconds there and back. */
const slow = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 }
const child = { id: 'C04', nhsNumber: '9991012745', persona: 'mash-analyst' }
const rounds = 25
const warming = 5

const median = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await act()
  return performance.now() - began
}

/** Operations that a child's first page asks, over HTTP as any client asks them, one after the other as it does. */
const overApi = async (gateway: TestGateway): Promise<void> => {
  const ask = (name: string, variables: object) =>
    gateway.ask(child.persona, operations.get(name) ?? '', { variables: { ...variables } })
  await ask('childOverview', { id: child.id, first: 21 })
  await ask('childMessages', { childId: child.id, first: 1 })
}

/** Until the headers are there: the body is read, and not counted. */
const firstByte = async (url: string, cookie: string): Promise<number> => {
  const began = performance.now()
  const response = await fetch(url, { headers: { cookie } })
  const time = performance.now() - began
  await response.arrayBuffer()
  return time
}

const sizeSent = async (url: string): Promise<number> => {
  const response = await fetch(url, { headers: { 'accept-encoding': 'br' } })
  await response.arrayBuffer()
  return Number(response.headers.get('content-length'))
}

/** From the click until the page is drawn and answers, with nothing in the browser's cache. */
const usableAfter = async (page: Page, address: string): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  await session.send('Network.emulateNetworkConditions', slow)
  await page.goto(address, { waitUntil: 'load' })
  const time = await page.evaluate(
    `Math.max(performance.getEntriesByType('navigation')[0].domInteractive, performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)`,
  )
  await session.detach()
  return Number(time)
}

const line = (name: string, ...values: readonly string[]) =>
  process.stdout.write(`${[name.padEnd(24), ...values.map((each) => each.padStart(12))].join(' ')}\n`)

const addressOf = async (visitor: Visitor): Promise<string> => {
  await visitor.get('/find')
  const { html } = await visitor.post('/find', { nhsNumber: child.nhsNumber })
  return /href="(\/workbench\/child\/[^"]+)"/.exec(html)?.[1] ?? ''
}

/** Prints what each page about a child weighs and takes. @returns what is over its bound. */
export async function measure(): Promise<readonly string[]> {
  const [gateway, browser] = await Promise.all([startTestGateway(), openBrowser()])
  const over: string[] = []
  try {
    const visitor = await signedIn(gateway, child.persona)
    const path = await addressOf(visitor)
    const [api, page]: [number[], number[]] = [[], []]
    for (let round = 0; round < warming + rounds; round += 1) {
      const times = [await timed(() => overApi(gateway)), await firstByte(`${gateway.url}${path}`, visitor.cookie)]
      if (round < warming) continue
      api.push(times[0] ?? 0)
      page.push(times[1] ?? 0)
    }
    const ratio = median(page) / median(api)
    line('first byte, C04', `page ${median(page).toFixed(1)} ms`, `API ${median(api).toFixed(1)} ms`, ratio.toFixed(2))
    if (ratio > bounds.ratio) over.push(`first byte: ${ratio.toFixed(2)} times the API's own time`)

    const { html } = await visitor.get(path)
    const assets = [...html.matchAll(/"(\/workbench\/assets\/[^"]+\.(css|js))"/g)]
    const [style = 0, script = 0] = await Promise.all(assets.map(([, asset]) => sizeSent(`${gateway.url}${asset}`)))
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const [name = '', value = ''] = visitor.cookie.split('=')
    await context.addCookies([{ name, value, url: `${gateway.url}/workbench` }])
    const tab = await context.newPage()
    line('page', 'HTML and CSS', 'all', 'usable')
    for (const part of [...childPages.map(([each]) => each), '/messages', '/access', '/act', '/known']) {
      const bytes = Buffer.byteLength((await visitor.get(`${path}${part}`)).html)
      const usable = await usableAfter(tab, `${gateway.url}${path}${part}`)
      const [shown, sent] = [bytes + style, bytes + style + script]
      line(part || '/', `${(shown / 1024).toFixed(1)} KB`, `${(sent / 1024).toFixed(1)} KB`, `${usable.toFixed(0)} ms`)
      if (shown > bounds.shown || sent > bounds.sent) over.push(`${part}: ${shown} and ${sent} bytes`)
      if (usable > bounds.usable) over.push(`${part}: usable after ${usable.toFixed(0)} ms`)
    }
  } finally {
    await browser.close()
    await gateway.close()
  }
  return over
}
