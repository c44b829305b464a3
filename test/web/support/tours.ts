import type { Page } from 'playwright-core'

/** What leads to the next state: the name of a part of the child's page, an address, or what somebody does there. */
export type Step = string | readonly [state: string, act: (page: Page) => Promise<unknown>]

export interface Tour {
  readonly persona: string
  /** The child whom they open; null: nobody. */
  readonly nhsNumber: string | null
  readonly steps: readonly Step[]
}

const sends = (state: string, button: string, fields: Readonly<Record<string, string>> = {}): Step => [
  state,
  async (page) => {
    for (const [selector, value] of Object.entries(fields))
      if (await page.locator(`select${selector}`).count()) await page.selectOption(selector, value)
      else await page.fill(selector, value)
    await page.click(button)
    await page.waitForLoadState()
  },
]

const follows = (state: string, link: string): Step => [
  state,
  async (page) => {
    await page.click(link)
    await page.waitForLoadState()
  },
]

/** What the default tests look at. */
export const sampleTours: readonly Tour[] = [
  {
    persona: 'mash-analyst',
    nhsNumber: '9991012745',
    steps: ['Overview', 'Alerts and gaps', 'Chronology', 'Missing and harm', 'Withheld', 'Act', '/messages', '/board'],
  },
  {
    persona: 'information-governance',
    nhsNumber: null,
    steps: ['/governance', '/governance/access', '/sources'],
  },
]

/** Every page, in every state that somebody can bring it into. */
export const wholeTours: readonly Tour[] = [
  {
    persona: 'mash-analyst',
    nhsNumber: '9991012745',
    steps: [
      ...['Concerns', 'Family', 'Picture', 'Attendance', 'Engagement', 'Orders and care', 'Plans and meetings'],
      ...['Who works where', 'Links', 'Who looked', 'nav[aria-label^="Parts"] >> text="Messages"'],
      follows('Form of an enquiry', 'a:has-text("Open an enquiry")'),
      sends('Form of an enquiry, empty', 'button:has-text("Open an enquiry")'),
      sends('An enquiry', 'button:has-text("Open an enquiry")', {
        '[name="input.rating"]': 'AMBER',
        '[name="input.ratingReason"]': 'Missing overnight',
        '[name="input.question"]': 'What do you hold of the last month?',
        '[name="input.asked.0.organisation"]': 'F4',
        '[name="input.asked.1.organisation"]': '900005',
      }),
      ...['/board', '/messages/sent', '/messages/new/reportConcern'],
      sends('Form of a concern, empty', 'button:has-text("Report a concern")'),
      ...['/duties', '/identity', '/transfers', '/session', '/worklist', '/accessibility', '/nothing', '/find'],
      sends('No number', 'text=Find by number', { '#nhs-number': '9990000000' }),
      sends('Nobody found', 'text=Find by number', { '#nhs-number': '9999999999' }),
      sends('No search', 'text=Find by description'),
      sends('Not settled', 'text=Find by description', { '#family': 'Thornley', '#birth-year': '2013' }),
    ],
  },
  {
    persona: 'mash-analyst',
    nhsNumber: '9991012745',
    steps: [
      'Alerts and gaps',
      follows('One alert', 'a:has-text("Why am I seeing this") >> nth=0'),
      sends('One alert, not cleared', 'button:has-text("Clear it")'),
      'Chronology',
      sends('Chronology of a day', 'button:has-text("Show")', { '#asOf': '2022-06-01' }),
      follows('What one holder knew', 'text=What each alone knew'),
      'Act',
      sends('A transfer', 'text=Request the transfer'),
      ...['/by-number/contributeToTransfer', '/by-number/refuteLink'],
      sends('A link not undone', 'button:has-text("Undo the link")'),
    ],
  },
  {
    persona: 'social-worker',
    nhsNumber: '9991012745',
    steps: [
      'Act',
      follows('Form of a consent', 'a:has-text("Record a consent")'),
      sends('Form of a consent, empty', 'button:has-text("Record a consent")'),
      sends('A consent recorded', 'button:has-text("Record a consent")', {
        '[name="input.state"]': 'GIVEN',
        '[name="input.giver"]': 'CHILD',
        '[name="input.evidence"]': 'Said at the visit on Monday',
      }),
      follows('A consent to withdraw', 'a:has-text("Record that it was withdrawn")'),
      'Withheld',
      follows('What is withheld, asked for', 'a:has-text("Ask its controller") >> nth=0'),
    ],
  },
  { persona: 'foster-carer', nhsNumber: null, steps: ['/', '/messages'] },
  {
    persona: 'social-worker',
    nhsNumber: '9991010009',
    steps: [
      ...['Overview', 'Chronology', 'Missing and harm', 'Attendance', 'Engagement', 'Orders and care', 'Concerns'],
      ...['Family', 'Who works where', 'Links', 'Plans and meetings', 'Picture', 'Withheld', 'Act', 'Who looked'],
    ],
  },
  { persona: 'social-worker', nhsNumber: '9991012745', steps: ['Overview', 'Family', 'Picture', 'Missing and harm'] },
  { persona: 'school-dsl', nhsNumber: null, steps: ['/', '/oversight', '/oversight/missing', '/messages'] },
  { persona: 'emergency-clinician', nhsNumber: null, steps: ['/', '/messages', '/duties'] },
  { persona: 'receiving-officer', nhsNumber: null, steps: ['/', '/transfers'] },
  {
    persona: 'receiving-officer',
    nhsNumber: '9991012745',
    steps: [
      'Act',
      sends('A transfer in', 'text=Request the transfer'),
      follows('A section of it', 'h3 a >> nth=3'),
      follows('The transfer again', 'text=The transfer'),
      follows('The record, to print', 'text=The whole record'),
      follows('The transfer, to end', 'text=The transfer'),
      follows('Form of its end', 'summary:has-text("End it, with a reason")'),
      sends('Form of its end, empty', 'button:has-text("End the transfer")'),
    ],
  },
  {
    persona: 'team-manager',
    nhsNumber: null,
    steps: [
      ...['/', '/oversight', '/oversight/missing', '/oversight/placed', '/oversight/forums', '/oversight/learning'],
      ...['/oversight/disagreements', '/oversight/audit'],
      sends('Case audit', 'text=Lay them side by side', { '#cases': 'C04, C07, C99' }),
      '/oversight/profile',
      sends('Problem profile', 'button:has-text("Count")', { '#theme': 'MISSING' }),
      '/oversight/quality',
    ],
  },
  {
    persona: 'gp',
    nhsNumber: '9991010009',
    steps: ['Overview', 'Family', 'Withheld', 'Chronology', 'Missing and harm'],
  },
  {
    persona: 'information-governance',
    nhsNumber: null,
    steps: [
      '/governance/cases',
      follows('Form of a case', 'summary:has-text("Take in a complaint")'),
      ...['/governance/glass', '/governance/notices', '/governance/agreements'],
      follows('Form of an agreement', 'summary:has-text("Enter an agreement")'),
      '/governance/registers',
      sends('Registers of a child', 'button:has-text("Show")', { '#child': 'C04' }),
      follows('Somebody to bar', 'a:has-text("Bar somebody")'),
      '/governance/what-if',
      sends('What a role would see', 'button:has-text("Show")', { '#child': 'C04' }),
      '/governance/subject',
      '/governance/packs',
      sends('Packs compared', 'button:has-text("Compare")'),
      '/governance/access',
      sends('Who looked, nothing asked', 'button:has-text("Show")'),
      sends('Who looked at a child', 'button:has-text("Show")', { '#child': 'C04' }),
      follows('A decision, decided again', 'a:has-text("Decide it again") >> nth=0'),
    ],
  },
]

/** Walks from the sign-in page through every step; `look` sees each state, once it is there. */
export async function walk(
  page: Page,
  url: string,
  { persona, nhsNumber, steps }: Tour,
  look: (state: string) => Promise<unknown>,
): Promise<void> {
  await page.goto(`${url}/workbench/sign-in`)
  await look('Sign in')
  await page.click(`button[value="${persona}"]`)
  await page.waitForSelector('.wv-header__who')
  if (nhsNumber) {
    if (!(await page.isVisible('#nhs-number'))) await page.click('nav >> text=Find a child')
    await look('Find')
    await page.fill('#nhs-number', nhsNumber)
    await page.click('text=Find by number')
    await page.waitForSelector('#found')
    await look('Found')
    await page.click('a:has-text("’s page")')
    await page.waitForSelector('.wv-tabs')
  }
  let child = page.url()
  for (const step of steps) {
    if (typeof step !== 'string') await step[1](page)
    else if (step.startsWith('/')) await page.goto(`${url}/workbench${step}`)
    else {
      if (!(await page.isVisible('.wv-tabs'))) await page.goto(child)
      await page.click(step.startsWith('nav') ? step : `.wv-tabs >> text="${step}"`)
      await page.waitForLoadState()
      child = page.url()
    }
    await look(typeof step === 'string' ? step : step[0])
  }
}
