import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstLooks } from '../../src/cli/demonstrationAccess.ts'
import { firstTransfer } from '../../src/cli/demonstrationTransfer.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { openBrowser } from './support/browser.ts'
import { unspokenIn } from './support/unspoken.ts'

/** One journey for each user, from the sign-in page to done, in a real browser. Nobody knows an address. */
describe('a journey through the workbench', () => {
  let gateway: TestGateway
  let browser: Browser
  beforeAll(async () => {
    ;[gateway, browser] = await Promise.all([startTestGateway(), openBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await gateway?.close()
  })

  /** A person at the sign-in page. What the browser says of broken rules is an error of the page. */
  const arrive = async (persona: string, { scripts = true, width = 1280 } = {}) => {
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 900 } })
    const page = await context.newPage()
    const problems: string[] = []
    let pages = 0
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    page.on('response', (response) => {
      if (response.request().resourceType() === 'document' && response.status() !== 303) pages += 1
    })
    await page.goto(`${gateway.url}/`)
    await page.click(`button[value="${persona}"]`)
    await page.waitForSelector('.wv-header__who')
    return { page, problems, loaded: () => pages, close: () => context.close() }
  }
  const find = async (page: Page, number: string) => {
    await page.fill('#nhs-number', number)
    await page.click('text=Find by number')
    await page.click('a:has-text("’s page")')
    await page.waitForSelector('.wv-tabs')
  }
  // What is seen, line by line, and not what is folded away.
  // biome-ignore lint/performance/useDomNodeTextContent: the layout is what a reader reads
  const read = (page: Page) => page.innerText('main')
  /** The page that a click leads to, once it is there: a click does not wait for it. */
  const sees = async (page: Page, text: RegExp): Promise<string> => {
    await expect.poll(() => read(page), { timeout: 25_000, interval: 100 }).toMatch(text)
    return read(page)
  }

  it('tells the analyst who knows Sam, how often he went missing, what is withheld and what is overdue', async () => {
    const { page, problems, loaded, close } = await arrive('mash-analyst')
    await find(page, '999 101 2745')
    const overview = await sees(page, /What each agency could say/)
    expect(overview).toMatch(/Sam Thornley[\s\S]*13 years old, born 27 June 2013/)
    expect(overview).toMatch(/times missing\s+50\s[\s\S]*of them, no force was notified\s+5\s/)
    expect(overview).toMatch(/Maria Osei[\s\S]*01632\s960112/)
    expect(overview).toMatch(/Serve the child abduction warning notice[\s\S]*Force 4[\s\S]*Overdue/)
    expect(overview).toMatch(/Imminent risk[\s\S]*Message of \d+ November 2026, not answered/)
    expect(overview).toMatch(/Purpose: MASH enquiry[\s\S]*Children Act 2004 ss\.10 and 11/)
    await page.click('text=How these are counted')
    await sees(page, /Force 1[\s\S]*39[\s\S]*Force 4[\s\S]*6/)
    expect(await page.locator('text=No force notified').count()).toBe(5)
    await page.click('nav >> text=Withheld')
    await sees(
      page,
      /Mental health[\s\S]*Health[\s\S]*Not shared with your role[\s\S]*Designated nurse for safeguarding/,
    )
    await page.click('nav >> text=Chronology')
    await page.waitForSelector('.wv-event')
    expect(await page.locator('svg .wv-d-mark').count()).toBeGreaterThan(100)
    expect(await page.locator('svg a').count()).toBe(20)
    await page.goBack()
    expect(await page.textContent('main h2')).toContain('Withheld')
    expect(loaded()).toBeLessThanOrEqual(12)
    expect(problems).toEqual([])
    await close()
  })

  it('says what is odd about the days that were asked for, and keeps the form', async () => {
    const { page, problems, close } = await arrive('mash-analyst')
    await find(page, '999 101 2745')
    await page.click('nav >> text=Chronology')
    await page.waitForSelector('.wv-event')
    await page.goto(`${page.url()}?from=2026-06-01&to=2026-02-01&asOf=2030-01-01`)
    const odd = await sees(page, /The day under “To” is before the day under “From”\. Events of every day are shown\./)
    expect(odd).toMatch(/As known now: 1 January 2030 is yet to come/)
    expect(odd).not.toMatch(/on that day|As known on/)
    expect(await page.inputValue('#from')).toBe('2026-06-01')
    expect(problems).toEqual([])
    await close()
  })

  it('shows the analyst what another purpose changes, and what was known on a day', async () => {
    const { page, close } = await arrive('mash-analyst')
    await find(page, '9991012745')
    await page.click('text=Change purpose')
    await page.click('label:has-text("Section 47 enquiry")')
    await page.click('text=Use this purpose')
    await sees(page, /Purpose: Section 47 enquiry/)
    await page.click('nav >> text=Chronology')
    await page.fill('#asOf', '2022-06-01')
    await page.click('button:has-text("Show")')
    await sees(page, /As known on 1 June 2022/)
    expect(await read(page)).not.toContain('2023')
    await close()
  })

  it('tells the school’s lead what came of her own referral, with no script at all', async () => {
    const { page, close } = await arrive('school-dsl', { scripts: false })
    await find(page, '999 101 0009')
    await page.click('nav >> text=Concerns')
    await sees(page, /20 April 2026[\s\S]*Southmere[\s\S]*outcome asked for on 6 May 2026/)
    await close()
  })

  it('lets the school’s lead report a concern and read its one outcome, and keeps what she began to write', async () => {
    const first = await arrive('school-dsl')
    await first.page.click('nav >> text="Messages"')
    await first.page.click('text=Report a concern')
    const kept = first.page.waitForResponse((response) => response.url().endsWith('/workbench/draft'))
    await first.page.fill('[name="input.childId"]', 'C01')
    await first.page.check('label:has-text("Neglect")')
    await first.page.fill('[name="input.statements.0.text"]', 'He fell asleep in every lesson')
    await kept
    await first.page.goto(`${gateway.url}/workbench/session`)
    await first.page.click('text=Sign out on every device')
    await first.page.waitForSelector('button[value="school-dsl"]')
    await first.close()

    const again = await arrive('school-dsl')
    await again.page.click('nav >> text="Messages"')
    await again.page.click('text=Report a concern')
    expect(await again.page.inputValue('[name="input.statements.0.text"]')).toBe('He fell asleep in every lesson')
    await again.page.click('button:has-text("Report a concern")')
    await sees(again.page, /There is a problem[\s\S]*family was told/)
    await again.page.selectOption('[name="input.statements.0.evidence"]', 'FACT')
    await again.page.check('#input-familyTold-yes')
    await again.page.click('button:has-text("Report a concern")')
    await sees(again.page, /Report of a concern[\s\S]*An answer is owed[\s\S]*He fell asleep/)
    await again.close()

    const officer = await arrive('mash-analyst')
    await officer.page.click('nav >> text="Messages"')
    await officer.page.click('tr:has-text("Robin Ashdown") >> text=Report of a concern >> nth=0')
    await officer.page.click('summary:has-text("Record the outcome")')
    await officer.page.selectOption('[name="input.outcome"]', 'REFERRAL_ACCEPTED')
    await officer.page.fill('[name="input.reason"]', 'Two reports within a month')
    await officer.page.fill('[name="input.challenge"]', 'The duty manager')
    await officer.page.fill('[name="input.decidedBy"]', 'Duty manager')
    await officer.page.fill('[name="input.decidedOn"]', '2026-11-20')
    await officer.page.click('button:has-text("Record the outcome")')
    await sees(officer.page, /Referral accepted/)
    await officer.close()

    const last = await arrive('school-dsl', { scripts: false })
    await last.page.click('nav >> text="Messages"')
    await last.page.click('a:has-text("Sent")')
    await last.page.click('text=Report of a concern >> nth=0')
    await sees(last.page, /Outcome[\s\S]*Referral accepted[\s\S]*Two reports within a month/)
    expect(await read(last.page)).toMatch(/The front door[^\n]*\s+Answered\s+Referral accepted/)
    expect(await read(last.page)).not.toContain('None yet')
    expect(last.loaded()).toBeLessThanOrEqual(12)
    // A form that lacks something is answered with 422, of which the browser speaks.
    for (const { problems } of [first, officer, last]) expect(problems).toEqual([])
    await last.close()
  })

  it('shows the front door who was asked, how much time is left and what came back', async () => {
    const { page, problems, loaded, close } = await arrive('mash-analyst')
    await find(page, '9991012745')
    await page.click('nav[aria-label^="Parts"] >> text="Messages"')
    await page.click('a:has-text("Open an enquiry")')
    await page.selectOption('[name="input.rating"]', 'AMBER')
    await page.fill('[name="input.ratingReason"]', 'Missing overnight')
    await page.fill('[name="input.question"]', 'What do you hold of the last month?')
    for (const [index, code] of ['F4', '900005'].entries())
      await page.fill(`[name="input.asked.${index}.organisation"]`, code)
    await page.click('button:has-text("Open an enquiry")')
    await sees(page, /Board[\s\S]*Force 4[\s\S]*No answer yet: .* left[\s\S]*Southmere High/)
    const sent = await gateway.ask('police-public-protection', '{ inbox(first: 1) { messages { id } } }')
    const message = /"id":"([^"]+)"/.exec(JSON.stringify(sent.data))?.[1]
    await gateway.ask(
      'police-public-protection',
      `mutation { answerEnquiry(id: "${message}", input: { answer: "Seen with her on Tuesday", evidence: FACT, tie: "None" }) { id } }`,
    )
    await page.click('nav >> text="Enquiry board"')
    await sees(page, /Answered[\s\S]*Seen with her on Tuesday[\s\S]*No answer yet/)
    expect(await page.locator('svg .wv-d-bar').count()).toBeGreaterThan(1)
    expect(loaded()).toBeLessThanOrEqual(12)
    expect(problems).toEqual([])
    await close()
  })

  it('tells the analyst why she sees an alert, and lets her ask about what is not known', async () => {
    const { page, problems, close } = await arrive('mash-analyst')
    await find(page, '9991012745')
    await page.click('nav >> text="Alerts and gaps"')
    await sees(page, /Alerts[\s\S]*Order not served[\s\S]*Not known/)
    await page.click('a:has-text("Why am I seeing this") >> nth=0')
    await sees(page, /record it rests on[\s\S]*The rule[\s\S]*It answers[\s\S]*What would clear it/)
    await page.goBack()
    await page.click('a:has-text("Ask about it") >> nth=0')
    await page.fill('[name="input.to.organisation"]', 'LA2-CSC')
    await page.click('button:has-text("Ask about a gap")')
    await sees(page, /No answer yet/)
    expect(problems).toEqual([])
    await close()
  })

  it('lets the social worker answer what is asked of her', async () => {
    await gateway.ask(
      'mash-analyst',
      'mutation { askAbout(input: { childId: "C04", to: { organisation: "LA2-CSC" }, question: "Was he seen alone?", why: "Nobody says" }) { id } }',
    )
    const { page, problems, loaded, close } = await arrive('social-worker')
    await page.click('section:has-text("An answer of yours is waited for") >> a:has-text("Question") >> nth=0')
    await sees(page, /Was he seen alone\?/)
    await page.click('summary:has-text("Answer the question")')
    await page.fill('[name="input.answer"]', 'Yes, on Monday at school')
    await page.fill('[name="input.tie"]', 'He is the child asked about')
    await page.selectOption('[name="input.evidence"]', 'FACT')
    await page.click('button:has-text("Answer the question")')
    await sees(page, /What became of it[\s\S]*Yes, on Monday at school/)
    expect(loaded()).toBeLessThanOrEqual(12)
    expect(problems).toEqual([])
    await close()
  })

  it('lets a hospital’s clinician report a concern from her first page, and see which holder is away', async () => {
    const { page, problems, loaded, close } = await arrive('emergency-clinician')
    await page.click('main >> text=Report a concern')
    await page.fill('[name="input.childId"]', 'ED-4471')
    await page.fill('[name="input.describedAs"]', 'A boy of about eight, brought in by a neighbour')
    await page.check('label:has-text("Neglect")')
    await page.fill('[name="input.statements.0.text"]', 'He weighs as much as a child of five')
    await page.selectOption('[name="input.statements.0.evidence"]', 'FACT')
    await page.check('#input-familyTold-no')
    await page.fill('[name="input.whyNotTold"]', 'Nobody of the family came with him')
    await page.fill('[name="input.tellReviewOn"]', '2026-12-01')
    await page.click('button:has-text("Report a concern")')
    await sees(page, /Report of a concern[\s\S]*An answer is owed[\s\S]*He weighs as much/)
    await page.click('nav >> text=Sources')
    await sees(page, /Police[\s\S]*Answers[\s\S]*Holders of records/)
    expect(loaded()).toBeLessThanOrEqual(12)
    expect(problems).toEqual([])
    await close()
  })

  it('lets a foster carer, whose placement ended and who may know of no child, report what was said to her', async () => {
    const { page, loaded, close } = await arrive('foster-carer', { scripts: false, width: 320 })
    await page.fill('#nhs-number', '999 101 0912')
    await page.click('text=Find by number')
    await sees(page, /may know of/)
    await page.click('nav >> text="Messages"')
    await page.click('text=Report a concern')
    await page.fill('[name="input.childId"]', 'Ilka, who was with us in October 2026')
    await page.check('label:has-text("Neglect")')
    await page.fill('[name="input.statements.0.text"]', 'She asked twice whether she has to go back')
    await page.selectOption('[name="input.statements.0.evidence"]', 'FACT')
    await page.check('#input-familyTold-yes')
    await page.click('button:has-text("Report a concern")')
    await sees(page, /An answer is owed[\s\S]*She asked twice whether she has to go back/)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    expect(loaded()).toBeLessThanOrEqual(12)
    await close()
  })

  it('lets the social worker record a consent with its giver, and that it was withdrawn', async () => {
    const { page, problems, loaded, close } = await arrive('social-worker')
    await find(page, '9991012745')
    await page.click('nav >> text=Act')
    await page.click('a:has-text("Record a consent")')
    await page.click('button:has-text("Record a consent")')
    await sees(page, /There is a problem[\s\S]*Who gave it/)
    await page.selectOption('[name="input.state"]', 'GIVEN')
    await page.selectOption('[name="input.giver"]', 'CHILD')
    await page.fill('[name="input.evidence"]', 'Said at the visit on Monday')
    await page.click('button:has-text("Record a consent")')
    await sees(page, /It is recorded[\s\S]*Given by[\s\S]*Said at the visit on Monday/)
    await page.click('section:has-text("Consents") >> a:has-text("Record that it was withdrawn")')
    await sees(page, /Record that it was withdrawn[\s\S]*Given, The child/)
    await page.fill('[name="reason"]', 'He rang the office')
    await page.click('button:has-text("Record that it was withdrawn")')
    expect(await sees(page, /It is recorded[\s\S]*Withdrawn/)).not.toContain('Record that it was withdrawn')
    expect(loaded()).toBeLessThanOrEqual(12)
    // A form that lacks something is answered with 422, of which the browser speaks.
    expect(problems.filter((each) => !each.includes('422'))).toEqual([])
    await close()
  })

  it('lets the receiving officer ask for, read, acknowledge and print a transfer', async () => {
    // As `npm start` leaves the demonstration: one was sent, and waits for them; it is sent no second time.
    expect(await firstTransfer(gateway.url)).toBe(true)
    expect(await firstTransfer(gateway.url)).toBe(false)
    const { page, problems, loaded, close } = await arrive('receiving-officer', { width: 320 })
    expect(await page.textContent('h1')).toBe('Transfers')
    expect(await read(page)).toMatch(/In: records coming to[\s\S]*Sam Thornley[\s\S]*Out: /)
    await page.click('nav >> text=Find a child')
    await find(page, '9991012745')
    await page.click('nav >> text=Act')
    await page.click('text=Request the transfer')
    const record = await sees(page, /Suppliers: \d+ of/)
    expect(record).toMatch(/Looked-after child placed|looked-after child placed/i)
    expect(record).toMatch(/Suppliers: \d+ of \d+ have answered/)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    await page.click('text=I have read this version')
    await sees(page, /Acknowledged: a named person/)
    await page.click('text=The whole record')
    await sees(page, /Professionals and their counterparts/)
    expect(await page.isVisible('text=Print the record')).toBe(true)
    expect(unspokenIn(await page.content())).toEqual([])
    const pdf = await page.pdf({ tagged: true, outline: true })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1')).toContain('/StructTreeRoot')
    expect(loaded()).toBeLessThanOrEqual(12)
    await page.click('nav >> text=Transfers')
    await sees(page, /Sam Thornley[\s\S]*Acknowledged/)
    expect(problems).toEqual([])
    await close()
  })

  it('tells the governance officer who looked at Maya last week, and why', async () => {
    // As `npm start` leaves the demonstration: three of her practitioners looked, and look no second time.
    expect(await firstLooks(gateway.url, new Date())).toBe(3)
    expect(await firstLooks(gateway.url, new Date())).toBe(0)
    const { page, problems, loaded, close } = await arrive('information-governance')
    expect(await page.textContent('h1')).toBe('Governance')
    await page.click('a:has-text("Who looked")')
    // By one name alone, by her number, and by a name that nobody bears: of that it is not said that nobody looked.
    for (const typed of ['Maya', '999 101 5485']) {
      await page.fill('#child', typed)
      await page.selectOption('#within', 'week')
      await page.click('button:has-text("Show")')
      const log = await sees(page, /entr(y|ies)/)
      expect(log).toMatch(/Social worker\s+Eastvale children’s social care \(LA2-CSC\)[\s\S]*Section 47 enquiry/)
      expect(log).not.toContain('Maya')
    }
    await page.fill('#child', 'Nobody')
    await page.click('button:has-text("Show")')
    expect(await sees(page, /Check the name/)).toMatch(/Nobody looked at a child of that name/)
    await page.fill('#child', 'Maya')
    await page.click('button:has-text("Show")')
    await sees(page, /entr(y|ies)/)
    expect(loaded()).toBeLessThanOrEqual(12)
    const download = page.waitForEvent('download')
    await page.click('button:has-text("Export as CSV")')
    expect((await download).suggestedFilename()).toBe('access-log.csv')
    // The browser calls a form that came back with its problem a failed load.
    expect(problems.filter((each) => !each.includes('422'))).toEqual([])
    await close()
  })

  it('is walked by keyboard alone', async () => {
    const { page, close } = await arrive('mash-analyst')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to main content')
    await page.keyboard.press('Enter')
    const tabTo = async (selector: string) => {
      for (let step = 0; step < 60; step += 1) {
        await page.keyboard.press('Tab')
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
      }
      throw new Error(`The keyboard does not reach ${selector}.`)
    }
    await tabTo('#nhs-number')
    await page.keyboard.type('9991012745')
    await page.keyboard.press('Enter')
    await page.waitForSelector('a:has-text("’s page")')
    await tabTo('a.govuk-button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.wv-tabs')
    await tabTo('.wv-purpose summary')
    await page.keyboard.press('Enter')
    expect(await page.isVisible('text=Use this purpose')).toBe(true)
    await close()
  })
})
