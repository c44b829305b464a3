import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole } from '../support/sample.ts'
import { openBrowser } from './support/browser.ts'
import { sampleTours, walk, wholeTours } from './support/tours.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[] }[]
}

describe('WCAG 2.2 AA, as far as a tool can tell', () => {
  let gateway: TestGateway
  let browser: Browser
  beforeAll(async () => {
    ;[gateway, browser] = await Promise.all([startTestGateway(), openBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await gateway?.close()
  })

  it.each(isWhole ? [...sampleTours, ...wholeTours] : sampleTours)('as $persona, child $nhsNumber', async (tour) => {
    // The tool is put into the page past its content policy; the pages themselves stay as they are.
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true })
    const page = await context.newPage()
    const found: string[] = []
    await walk(page, gateway.url, tour, async (state) => {
      await page.addScriptTag({ content: axe })
      const violations = (await page.evaluate(
        `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations)`,
      )) as readonly Violation[]
      found.push(
        ...violations.map(
          ({ id, nodes }) =>
            `${state}: ${id} at ${nodes
              .map(({ target }) => target.join(' '))
              .slice(0, 3)
              .join('; ')}`,
        ),
      )
      // 1280 pixels at 400 % are 320 of them.
      await page.setViewportSize({ width: 320, height: 900 })
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
      if (width > 320) found.push(`${state}: ${width} pixels wide at 320`)
      await page.setViewportSize({ width: 1280, height: 900 })
    })
    expect(found).toEqual([])
    await context.close()
  })
})
