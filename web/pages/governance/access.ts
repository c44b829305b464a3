import { purposes as allPurposes } from '../../../src/policy/vocabulary.ts'
import type { Page, Reply, Visit } from '../../pageVisit.ts'
import { csvOf } from '../../words/csv.ts'
import { purposeName } from '../../words/purposes.ts'
import { isNameAlone } from '../../words/typedChild.ts'
import type { AccessEvent } from '../child/access.ts'
import { named } from '../childrenNames.ts'
import { auditing, frame } from './governanceFrame.ts'
import { governedChild, noSuchChildHere } from './governedChild.ts'

interface Found {
  readonly childId: string
  readonly person: string | null
  readonly event: AccessEvent
}

const days: Readonly<Record<string, number>> = { week: 7, month: 31, quarter: 92, year: 366 }
const mostShown = 25
/** Entries of one question of an export, and of a whole one: a file that stops says so in its last line. */
const exportedAtOnce = 200
const mostExported = 5000

/** The child is typed and posted: no address of governance names a child in the clear. */
const accessForm = (visit: Visit, more: object, status?: number): Reply => ({
  view: 'governance/access',
  model: {
    ...{ ...frame(visit, '/access'), title: 'Who looked', form: visit.form },
    purposesShown: allPurposes.map((code) => ({ code, name: purposeName(code) })),
    ...more,
  },
  ...(status ? { status } : {}),
})

interface Answer {
  readonly found: readonly Found[] | null
  readonly next: string | null
  readonly refusal: { readonly code: string; readonly message: string } | null
}

const typed = ({ form }: Visit, name: string): string | null => (form[name] ?? '').trim() || null

/** One name says no child; it says whose entries are meant. */
const oneName = (text: string | null): string | null =>
  text !== null && isNameAlone(text) && !/\s/.test(text) ? text : null

/** All that is kept of one child; else a span of time, across children. */
const search = async (visit: Visit, first: number, from: string): Promise<Answer> => {
  const { clock } = visit.parts
  const span = days[visit.form['within'] ?? '']
  const [childId, organisation, purpose, person, name] = ['child', 'organisation', 'purpose', 'person', 'named'].map(
    (field) => typed(visit, field),
  )
  const after = visit.secrets.unseal('entry', from)
  if (span === undefined) {
    const asked = await visit.ask<{ accessLog: readonly AccessEvent[] | null }>(
      'childAccess',
      { childId, first, after },
      auditing(visit),
    )
    const events = asked.data?.accessLog?.filter(
      (event) => (!organisation || event.organisation === organisation) && (!purpose || event.purpose === purpose),
    )
    const found = events?.map((event) => ({ childId: childId ?? '', person: null, event })) ?? null
    const last = events && asked.data?.accessLog?.length === first ? asked.data.accessLog.at(-1) : undefined
    const next = last ? visit.secrets.seal('entry', last.id) : null
    return { found, next, refusal: asked.errors[0] ?? null }
  }
  const since = new Date(clock.now().getTime() - span * 86_400_000).toISOString()
  const asked = await visit.ask<{
    accessSearch: { readonly found: readonly Found[]; readonly endCursor: string | null } | null
  }>(
    'accessSearch',
    { from: since, childId, named: name, organisation, purpose, person, first, after },
    auditing(visit),
  )
  const page = asked.data?.accessSearch
  const next = page?.endCursor ? visit.secrets.seal('entry', page.endCursor) : null
  return { found: page?.found ?? null, next, refusal: asked.errors[0] ?? null }
}

/** Every page of it, one after the other. */
const searchAll = async (visit: Visit): Promise<Answer> => {
  const found: Found[] = []
  for (let from = ''; ; ) {
    const page = await search(visit, exportedAtOnce, from)
    if (page.found === null) return page
    found.push(...page.found)
    if (page.next === null || found.length >= mostExported) return { ...page, found }
    from = page.next
  }
}

const head = [
  'When',
  'Child',
  'Person',
  'Role',
  'Organisation',
  'Purpose',
  'Outcome',
  'What was done',
  'Shown',
  'Withheld',
  'Policy pack',
  'Entry',
]

const rowOf = ({ childId, event, person }: Found): readonly string[] => [
  ...[event.at, childId, person ?? '', event.role ?? '', event.organisation ?? '', event.purpose, event.outcome],
  ...[event.actions.join('; '), event.disclosed.join('; '), event.withheld.join('; '), event.pack, event.id],
]

/** Who saw what, when, for which purpose and under which rule: by child, person, organisation and purpose. */
export const accessPages: readonly Page[] = [
  { method: 'GET', path: '/governance/access', answer: async (visit) => accessForm(visit, {}) },
  {
    method: 'POST',
    path: '/governance/access',
    answer: async (came) => {
      // A date of birth beside it makes one child of a family name.
      const name = typed(came, 'born') === null ? oneName(typed(came, 'child') ?? typed(came, 'named')) : null
      const isOfChild = name === null && typed(came, 'child') !== null
      if (!isOfChild && name === null && days[came.form['within'] ?? ''] === undefined)
        return accessForm(
          came,
          { errors: [{ text: 'Enter a child’s number or name, or choose a span of time', href: '#child' }] },
          422,
        )
      const meant = isOfChild ? await governedChild(came, auditing(came)) : null
      if (meant && 'problem' in meant) return accessForm(came, { errors: [meant.problem] }, 422)
      // From here on one child goes by its number; one name stays, for the next question to mean the same children.
      const visit = meant
        ? { ...came, form: { ...came.form, child: meant.id, born: '' } }
        : name === null
          ? came
          : { ...came, form: { ...came.form, child: '', born: '', named: name, within: came.form['within'] || 'year' } }
      const { form, secrets } = visit
      const isExport = form['as'] === 'csv'
      const { found, next, refusal } = isExport
        ? await searchAll(visit)
        : await search(visit, mostShown, form['after'] ?? '')
      if (refusal?.code === 'NOT_FOUND') return accessForm(visit, { errors: [noSuchChildHere] }, 422)
      if (isExport && found) {
        const rows = found.map(rowOf)
        if (next !== null) rows.push([`There are more: choose a shorter span. ${mostExported} stand here.`])
        return {
          file: { name: 'access-log.csv', type: 'text/csv; charset=utf-8', body: csvOf(head, rows) },
        }
      }
      const events = (found && (await named(visit, found)))?.map(({ childId, event, name, person }) => ({
        ...event,
        ...{ person, childId, name, replay: event.kind === 'ERASURE' ? null : secrets.seal('entry', event.id) },
      }))
      return accessForm(visit, { asked: true, events: events ?? null, refusal, next })
    },
  },
]
