import type { Page, Reply, Visit } from '../../pageVisit.ts'
import type { Counted } from '../../words/counts.ts'
import { type TypedChild, typedChild } from '../../words/typedChild.ts'
import { foundBy, noSuchChild } from '../findTypedChild.ts'
import { frame, laOf, linked, purposeOf } from './oversightFrame.ts'

interface Audit {
  readonly cases: readonly {
    readonly child: Parameters<typeof linked>[1]
    readonly themes: readonly { readonly theme: string; readonly holds: boolean | null }[]
  }[]
  readonly themes: readonly (Pick<Counted, 'completeness'> & { readonly theme: string })[]
}

const mostCases = 50

/** Children as people write them in a list: numbers beside each other, and on a line of its own what needs spaces. */
const childrenIn = (text: string): readonly TypedChild[] =>
  text.split(/[\n,;]+/).flatMap((part): readonly TypedChild[] => {
    const typed = typedChild(part)
    const isWhole = 'person' in typed && (typed.person.nhsNumber ?? typed.person.upn ?? typed.person.dateOfBirth)
    const words = part.split(/\s+/).filter((word) => word !== '')
    return isWhole ? [typed] : words.map((id) => ({ id }))
  })

/** Numbers of the children that were meant, each once, and what led to none. */
const idsIn = async (visit: Visit, children: readonly TypedChild[]) => {
  const meant = await Promise.all(children.map((each) => foundBy(visit, each, purposeOf(visit, 'CASE_AUDIT'))))
  return {
    ids: [...new Set(meant.flatMap((each) => ('id' in each ? [each.id] : [])))],
    problem: meant.find((each) => 'problem' in each)?.problem ?? null,
  }
}

const auditPage = async (visit: Visit): Promise<Reply> => {
  const { form } = visit
  const model = { ...frame(visit, '/audit', 'Case audit'), form }
  if (form['cases'] === undefined) return { view: 'oversight/audit', model }
  const refused = (text: string): Reply => ({
    view: 'oversight/audit',
    model: { ...model, errors: [{ text, href: '#cases' }] },
    status: 422,
  })
  const children = childrenIn(form['cases'])
  if (children.length === 0 || children.length > mostCases) return refused(`Enter 1 to ${mostCases} children`)
  const { ids, problem } = await idsIn(visit, children)
  if (problem !== null) return refused(problem)
  const asked = await visit.ask<{ caseAudit: Audit | null }>(
    'caseAudit',
    { caseIds: ids },
    purposeOf(visit, 'CASE_AUDIT'),
  )
  const audit = asked.data?.caseAudit ?? null
  if (audit?.cases.length === 0) return refused(noSuchChild)
  return {
    view: 'oversight/audit',
    model: {
      ...{ ...model, asked: true, audit, refusal: asked.errors[0] ?? null },
      cases: audit?.cases.map(({ child, themes }) => ({
        ...linked(visit, child),
        id: child.id,
        holds: Object.fromEntries(themes.map((each) => [each.theme, each])),
      })),
    },
  }
}

const profileThemes = [
  ...['CSE', 'MISSING', 'ONLINE_CONTACT', 'DOMESTIC_ABUSE', 'MISSING_EDUCATION', 'SUBSTANCES', 'NEGLECT'],
] as const

/** `2026 Q3`, `2026-q3` → `2026-Q3`, as a period is written; what is neither stays as it is, for the gateway to say. */
const quarter = (text: string | undefined): string =>
  (text ?? '')
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/, '-')

const profilePage = async (visit: Visit): Promise<Reply> => {
  const { form } = visit
  const la = laOf(visit.session.person)
  const model = { ...frame(visit, '/profile', 'Problem profile'), form, la, themes: profileThemes }
  const theme = profileThemes.find((each) => each === form['theme'])
  if (theme === undefined || la === '') return { view: 'oversight/profile', model }
  const [from, to] = [quarter(form['from']), quarter(form['to'])]
  const asked = await visit.ask<{ problemProfile: object | null }>(
    'problemProfile',
    { la, theme, ...(from === '' ? {} : { period: { from, to: to === '' ? null : to } }) },
    purposeOf(visit, 'PROBLEM_PROFILE'),
  )
  const profile = asked.data?.problemProfile ?? null
  return { view: 'oversight/profile', model: { ...model, asked: true, profile, refusal: asked.errors[0] ?? null } }
}

/** Cases side by side, and how many children of an authority something is so of. */
export const auditPages: readonly Page[] = [
  { method: 'GET', path: '/oversight/audit', answer: auditPage },
  { method: 'POST', path: '/oversight/audit', answer: auditPage },
  { method: 'GET', path: '/oversight/profile', answer: profilePage },
  { method: 'POST', path: '/oversight/profile', answer: profilePage },
]
