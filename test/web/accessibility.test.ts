import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole } from '../support/sample.ts'
import { openBrowser } from './support/browser.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Persona, the child that they open, and pages: of the child by their name in the tabs, others by their address. */
const tours: readonly (readonly [persona: string, nhsNumber: string | null, pages: readonly string[]])[] = [
  [
    'mash-analyst',
    '9991012745',
    ['Overview', 'Alerts and gaps', 'Chronology', 'Missing and harm', 'Withheld', 'Act', '/messages', '/board'],
  ],
  ['information-governance', null, ['/governance', '/governance/access', '/sources']],
  ...(isWhole
    ? ([
        [
          'mash-analyst',
          '9991012745',
          [
            'Concerns',
            'Family',
            'Picture',
            'Attendance',
            'Engagement',
            'Orders and care',
            'Plans and meetings',
            'Who looked',
            'nav[aria-label^="Parts"] >> text="Messages"',
            '/messages/sent',
            '/messages/new/reportConcern',
            '/duties',
            '/identity',
            '/transfers',
            '/session',
            '/worklist',
            '/accessibility',
            '/nothing',
          ],
        ],
        [
          'social-worker',
          '9991010009',
          ['Overview', 'Chronology', 'Missing and harm', 'Attendance', 'Engagement', 'Orders and care', 'Concerns'],
        ],
        ['social-worker', '9991010009', ['Family', 'Plans and meetings', 'Withheld', 'Act']],
        ['school-dsl', null, ['/', '/oversight', '/oversight/missing']],
        [
          'team-manager',
          null,
          [
            ...['/oversight', '/oversight/missing', '/oversight/placed', '/oversight/forums', '/oversight/learning'],
            ...['/oversight/disagreements', '/oversight/audit', '/oversight/profile', '/oversight/quality'],
          ],
        ],
        ['gp', '9991010009', ['Overview', 'Family', 'Withheld']],
        [
          'information-governance',
          null,
          [
            '/governance/glass',
            '/governance/notices',
            '/governance/registers',
            '/governance/what-if',
            '/governance/subject',
            '/governance/packs',
            '/governance/agreements',
          ],
        ],
      ] as const)
    : []),
]

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

  it.each(tours)('%s, child %s: %s', async (persona, nhsNumber, pages) => {
    // The tool is put into the page past its content policy; the pages themselves stay as they are.
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true })
    const page = await context.newPage()
    const found: string[] = []
    const check = async (name: string) => {
      await page.addScriptTag({ content: axe })
      const violations = (await page.evaluate(
        `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations)`,
      )) as readonly Violation[]
      found.push(
        ...violations.map(
          ({ id, nodes }) =>
            `${name}: ${id} at ${nodes
              .map(({ target }) => target.join(' '))
              .slice(0, 3)
              .join('; ')}`,
        ),
      )
      await page.setViewportSize({ width: 320, height: 900 })
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
      if (width > 320) found.push(`${name}: ${width} pixels wide at 320`)
      await page.setViewportSize({ width: 1280, height: 900 })
    }
    await page.goto(`${gateway.url}/workbench/sign-in`)
    await check('Sign in')
    await page.click(`button[value="${persona}"]`)
    if (nhsNumber) {
      await check('Find')
      await page.fill('#nhs-number', nhsNumber)
      await page.click('text=Find by number')
      await check('Found')
      await page.click('a:has-text("’s page")')
    }
    for (const name of pages) {
      if (name.startsWith('/')) await page.goto(`${gateway.url}/workbench${name}`)
      else await page.click(name.startsWith('nav') ? name : `nav >> text="${name}"`)
      await check(name)
    }
    expect(found).toEqual([])
    await context.close()
  })
})
