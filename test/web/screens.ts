import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { startTestGateway } from '../support/gateway.ts'
import { takeLooks } from './looks.ts'
import { openBrowser } from './support/browser.ts'

/**
 * `npm run screens`: ten pages as they look, for the README and for whoever reviews a change of them; with a folder
 * (and a persona), every page and state in every look.
 */
const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url))
const usualHeight = 1000

interface Screen {
  readonly name: string
  readonly persona: string
  readonly nhsNumber?: string
  readonly width?: number
  /** More, where what matters stands further down. */
  readonly height?: number
  /** From the child's first page, or the persona's. */
  readonly walk?: (page: Page) => Promise<unknown>
}

const tab = (name: string) => (page: Page) => page.click(`nav >> text="${name}"`)

const screens: readonly Screen[] = [
  { name: 'find', persona: 'mash-analyst' },
  { name: 'child', persona: 'mash-analyst', nhsNumber: '9991012745' },
  { name: 'child-narrow', persona: 'mash-analyst', nhsNumber: '9991012745', width: 360 },
  { name: 'chronology', persona: 'mash-analyst', nhsNumber: '9991012745', height: 1500, walk: tab('Chronology') },
  { name: 'missing', persona: 'mash-analyst', nhsNumber: '9991012745', walk: tab('Missing and harm') },
  { name: 'family', persona: 'social-worker', nhsNumber: '9991012745', height: 1300, walk: tab('Family') },
  { name: 'withheld', persona: 'gp', nhsNumber: '9991010009', walk: tab('Withheld') },
  {
    name: 'transfer',
    persona: 'receiving-officer',
    nhsNumber: '9991012745',
    walk: async (page) => {
      await tab('Act')(page)
      await page.click('text=Request the transfer')
    },
  },
  { name: 'governance', persona: 'information-governance' },
  { name: 'sign-in', persona: '' },
]

const takeScreens = async (): Promise<void> => {
  const [gateway, browser] = await Promise.all([startTestGateway(), openBrowser()])
  try {
    mkdirSync(folder, { recursive: true })
    for (const { name, persona, nhsNumber, width = 1280, height = usualHeight, walk } of screens) {
      const context = await browser.newContext({ viewport: { width, height } })
      const page = await context.newPage()
      await page.goto(`${gateway.url}/workbench/`)
      if (persona) await page.click(`button[value="${persona}"]`)
      if (nhsNumber) {
        if (!(await page.isVisible('#nhs-number'))) await page.click('nav >> text=Find a child')
        await page.fill('#nhs-number', nhsNumber)
        await page.click('text=Find by number')
        await page.click('a:has-text("’s page")')
      }
      await walk?.(page)
      writeFileSync(`${folder}${name}.png`, await page.screenshot())
      process.stdout.write(`docs/screens/${name}.png\n`)
      await context.close()
    }
  } finally {
    await browser.close()
    await gateway.close()
  }
}

const [into, only = null] = process.argv.slice(2)
await (into ? takeLooks(into, only) : takeScreens())
