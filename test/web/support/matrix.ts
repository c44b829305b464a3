import { personas } from '../../../seeds/personas.ts'
import { alertRules } from '../../../src/alerts/rules.ts'
import { operations } from '../../../web/operations.ts'
import { inWords } from '../../../web/words/codes.ts'
import { filesIn, read } from '../../house/files.ts'
import type { TestGateway } from '../../support/gateway.ts'
import { signedIn } from './visitor.ts'

/** Operations of the pages about a child that only read, with the page that asks each. */
export const childPages: readonly (readonly [page: string, operation: string])[] = [
  ['', 'childOverview'],
  ['/alerts', 'childAlerts'],
  ['/chronology', 'childChronology'],
  ['/harm', 'childHarm'],
  ['/attendance', 'childAttendance'],
  ['/engagement', 'childEngagement'],
  ['/concerns', 'childConcerns'],
  ['/family', 'childFamily'],
  ['/picture', 'childPicture'],
  ['/plans', 'childPlans'],
  ['/orders', 'childOrders'],
  ['/workers', 'childWorkers'],
  ['/links', 'childLinks'],
  ['/withheld', 'childWithheld'],
]

/** Texts that say something of somebody: long enough not to stand anywhere by chance. */
const isNeedle = (text: string): boolean =>
  text.length >= 9 &&
  !/^[A-Z0-9_]+$/.test(text) &&
  !/^\d{4}-\d{2}-\d{2}/.test(text) &&
  !/^[a-zA-Z]+:[0-9a-f]+$/.test(text) &&
  !/^[0-9a-f-]{36}$/.test(text)

/** Fields that name a list of the schema, and say nothing of anybody. */
const namesOfThings: ReadonlySet<string> = new Set(['recordType', 'endCursor'])

/** Words of the pages' own, which a record may use too: that they stand there tells of no record. */
const ownWords = [
  ...alertRules.map(({ code }) => inWords(code)),
  ...['web/views', 'web/words'].flatMap((folder) => filesIn(folder, '').map(read)),
].join('\n')

/** Every text in an answer. */
export const textsIn = (value: unknown, found = new Set<string>()): Set<string> => {
  if (typeof value === 'string') {
    if (isNeedle(value) && !ownWords.includes(value)) found.add(value)
  } else if (typeof value === 'object' && value !== null) {
    // A page writes a name as one text.
    if ('given' in value && 'family' in value) textsIn(`${value.given} ${value.family}`, found)
    for (const [name, each] of Object.entries(value)) if (!namesOfThings.has(name)) textsIn(each, found)
  }
  return found
}

/** Ids of records, messages and people, and places of lists, in an answer. */
export const idsIn = (value: unknown, found = new Set<string>()): Set<string> => {
  if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) {
      if (typeof each === 'string' && /^(id|\w+Id|cursor|endCursor)$/.test(name) && each.length > 3) found.add(each)
      idsIn(each, found)
    }
  return found
}

/**
 * What the API gives a persona of a child, by the very operations of the pages, over HTTP with a token of the issuer.
 */
export async function given(
  gateway: TestGateway,
  persona: string,
  child: string,
  ids = new Set<string>(),
): Promise<Set<string>> {
  const found = new Set<string>()
  const audience = personas.find(({ id }) => id === persona)?.role
  // Names of holders are told to everybody, of no child: pages write them beside an organisation's code.
  textsIn((await gateway.ask(persona, operations.get('holders') ?? '')).data, found)
  for (const [, operation] of childPages) {
    const variables = { id: child, first: 200, audience }
    const { data } = await gateway.ask(persona, operations.get(operation) ?? '', { variables })
    textsIn(data, found)
    idsIn(data, ids)
  }
  return found
}

export interface PageRead {
  readonly page: string
  readonly status: number
  readonly text: string
  readonly html: string
  /** Where its links and forms lead: no fragment, which no server sees. */
  readonly addresses: readonly string[]
}

/** Every page about a child as a persona reads it; none where their search does not find the child. */
export async function pagesOf(gateway: TestGateway, persona: string, nhsNumber: string): Promise<readonly PageRead[]> {
  const visitor = await signedIn(gateway, persona)
  await visitor.get('/find')
  const found = await visitor.post('/find', { nhsNumber })
  const address = /href="(\/workbench\/child\/[^"]+)"/.exec(found.html)?.[1]
  if (!address)
    return [{ page: 'find', status: found.status, text: found.text.replace(nhsNumber, ''), html: '', addresses: [] }]
  const pages = [...childPages.map(([page]) => page), '/access', '/act']
  const read: PageRead[] = []
  for (const page of pages) {
    const { status, text, html } = await visitor.get(`${address}${page}`)
    const addresses = [...html.matchAll(/(?:href|action)="([^"#]+)/g)].map((match) => match[1] ?? '')
    read.push({ page, status, text, html, addresses })
  }
  return read
}

/** As a page writes it. */
export const onPage = (text: string): string => text.replace(/\s+/g, ' ').trim()
