import type { Visit } from '../pageVisit.ts'
import { actTitle } from '../words/actTitles.ts'
import { inWords } from '../words/codes.ts'
import { shortDay } from '../words/dates.ts'

/** Registers of a child, each by the operation that reads it. */
export const registers = [
  ...(['registerConsents', 'registerHolds', 'registerRelationships', 'registerDuties'] as const),
  ...(['registerOrders', 'registerResponsibilities', 'registerBars'] as const),
] as const
export type Register = (typeof registers)[number]

/** What begins an entry of a register, and what is done with one that is there. Who may, the gateway says. */
const acts: Readonly<Record<Register, { readonly begin: readonly string[]; readonly ofEntry: readonly string[] }>> = {
  registerConsents: { begin: ['recordConsent'], ofEntry: ['withdrawConsent'] },
  registerHolds: { begin: ['recordHold', 'decideRelevance'], ofEntry: ['reviewHold', 'releaseHold'] },
  registerResponsibilities: { begin: ['recordParentalResponsibility'], ofEntry: ['endParentalResponsibility'] },
  registerOrders: { begin: ['recordCourtOrder'], ofEntry: ['confirmCourtOrder', 'endCourtOrder'] },
  registerBars: { begin: ['recordBar'], ofEntry: ['endBar'] },
  registerRelationships: { begin: ['recordRelationship'], ofEntry: ['endRelationship'] },
  registerDuties: { begin: [], ofEntry: ['dischargeObligation'] },
}

/** Offered beside the registers: an agency's word of harm, and an order that its reader was told by its number. */
const besides = ['signalHarm', 'confirmCourtOrder'] as const

const all = Object.values(acts)

/** Every act that has a form, for whoever looks at all of them. */
export const registerActs: readonly string[] = [
  ...besides,
  ...all.flatMap(({ begin, ofEntry }) => [...begin, ...ofEntry]),
]

/** Whether a form begins this without an entry, or is about one. */
export const beginsEntry = (act: string): boolean =>
  besides.some((each) => each === act) || all.some(({ begin }) => begin.includes(act))
export const isOfEntry = (act: string): boolean => all.some(({ ofEntry }) => ofEntry.includes(act))

interface Link {
  readonly text: string
  /** Which entry it is of, where several stand one below the other. */
  readonly about?: string
  readonly href: string
}

type Entry = Readonly<Record<string, unknown>> & { readonly id: string }

const textOf = (value: unknown): readonly string[] => (typeof value === 'string' && value !== '' ? [value] : [])

/** What an entry is, in a line: whoever ends it sees which it is. */
const aboutEntry = (entry: Entry): string => {
  const first = (...names: readonly string[]) => names.flatMap((name) => textOf(entry[name])).slice(0, 1)
  const what = [
    ...first('state', 'kind', 'source', 'court'),
    ...first('giver', 'holder', 'subject', 'organisation', 'reference'),
  ]
  const day = first('recordedAt', 'madeOn', 'from', 'arisenAt').flatMap((each) => shortDay(each) ?? [])
  return [...what.map(inWords), ...day].join(', ')
}

/** What was ended, withdrawn or done has nothing more to do; an order is confirmed once. */
const isOver = (entry: Entry): boolean =>
  ['endedAt', 'withdrawnAt', 'releasedAt', 'to', 'dischargedAt'].some((name) => textOf(entry[name]).length > 0)
const isPossible = (act: string, entry: Entry): boolean =>
  act !== 'confirmCourtOrder' || textOf(entry['confirmedBy']).length === 0

/** Where a form about an entry of a register stands, below the place where the register is shown. */
export const linksOfEntry = (visit: Visit, path: string, register: Register, entry: Entry): readonly Link[] =>
  isOver(entry) ? [] : acts[register].ofEntry.filter((act) => isPossible(act, entry)).map(linkOf(visit, path, entry))

const linkOf = ({ secrets }: Visit, path: string, entry: Entry) => {
  const about = aboutEntry(entry)
  const ref = secrets.seal('entry of a register', JSON.stringify([entry.id, about]))
  return (act: string): Link => ({ text: actTitle(act), about, href: `${path}/record/${act}/${ref}` })
}

/** Where an order that was asked for by its number is read, and confirmed. */
export const orderPath = (visit: Visit, path: string, order: { readonly id: string }): string =>
  linkOf(visit, path, { ...order })('confirmCourtOrder').href

export const linksThatBegin = (path: string, register: Register): readonly Link[] =>
  acts[register].begin.map((act) => ({ text: actTitle(act), href: `${path}/record/${act}` }))

/** What is offered beside the registers: an order by its number where its register may not be read. */
export const linksBeside = (path: string, offered: readonly (typeof besides)[number][]): readonly Link[] =>
  offered.map((act) => ({ text: actTitle(act), href: `${path}/record/${act}` }))

/** The entry that an address names; null for one of another session. */
export const entryIn = (visit: Visit): { readonly id: string; readonly about: string } | null => {
  const text = visit.secrets.unseal('entry of a register', visit.params['entry'] ?? '')
  if (text === null) return null
  const [id, about]: [string, string] = JSON.parse(text)
  return { id, about }
}
