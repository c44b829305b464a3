import { readForm } from '../../forms/read.ts'
import { notFound, type Page, prefix, type Reply, type Visit } from '../../pageVisit.ts'
import { actTitle } from '../../words/actTitles.ts'
import { typedChild } from '../../words/typedChild.ts'
import { named } from '../childrenNames.ts'
import { governedBy, noSuchChild, withChild } from '../findTypedChild.ts'
import { noLongerBegun, stayBegun } from '../formDraft.ts'
import { asked as askedFor, pagingOf } from '../paging.ts'
import { actDraft, actFields, actForm } from './actForm.ts'
import { auditing, frame } from './governanceFrame.ts'

interface Identified {
  readonly id: string
}

interface Registers {
  readonly governanceCases: readonly (Identified & { readonly childId: string | null })[]
  readonly retentionRules: readonly Identified[]
  readonly legalHolds: readonly Identified[]
}

/** What begins something, and what is done with an entry that is there. */
const beginnings: readonly string[] = ['openGovernanceCase', 'proposeRetention', 'placeLegalHold']
const ofEntry: readonly string[] = ['noteGovernanceCase', 'closeGovernanceCase', 'approveRetention', 'endLegalHold']

const path = `${prefix}/governance/cases`
const listPage = async (visit: Visit, problems: readonly object[] = []): Promise<Reply> => {
  const paging = pagingOf(visit, path)
  const variables = { first: askedFor, after: paging.after('after') }
  const asked = await visit.ask<Registers>('governanceCases', variables, auditing(visit))
  const linked = <Entry extends Identified>(entry: Entry) => ({ ...entry, ref: visit.secrets.seal('case', entry.id) })
  const cases = paging.of('after', asked.data?.governanceCases, ({ id }) => id)
  const withForms = async (entry: Identified) => {
    const forms = ['noteGovernanceCase', 'closeGovernanceCase'].map((each) => actForm(visit, each, entry.id))
    return { ...linked(entry), forms: await Promise.all(forms) }
  }
  const { authorities } = visit.parts.registry
  return {
    view: 'governance/cases',
    model: {
      ...{ ...frame(visit, '/cases'), title: 'Complaints, breaches, requests and retention', errors: problems, path },
      cases: { ...cases, rows: cases.rows && (await Promise.all((await named(visit, cases.rows)).map(withForms))) },
      rules: asked.data?.retentionRules.map(linked) ?? [],
      holds: asked.data?.legalHolds.map(linked) ?? [],
      begin: Object.fromEntries(
        await Promise.all(beginnings.map(async (each) => [each, await actForm(visit, each, null)])),
      ),
      titles: Object.fromEntries(ofEntry.map((each) => [each, actTitle(each)])),
      authorities: [...authorities.values()].map(({ code, name }) => ({ value: code, text: `${name} (${code})` })),
      refusal: asked.errors[0] ?? null,
    },
    ...(problems.length > 0 ? { status: 422 } : {}),
  }
}

/** Does what a form says: with the entry that the address names, or with none. */
const act = async (visit: Visit, id: string | null): Promise<Reply> => {
  const name = visit.params['act'] ?? ''
  const { problems, variables } = readForm(actFields(visit, name), visit.form)
  await stayBegun(visit, actDraft(name, id))
  if (problems.length > 0) return listPage(visit, problems)
  const meant = await withChild(variables, (text) => governedBy(visit, typedChild(text), auditing(visit)))
  if ('problem' in meant) return listPage(visit, [meant.problem])
  const sent = id === null ? meant.variables : { ...meant.variables, id }
  const asked = await visit.ask<Readonly<Record<string, object | null>>>(name, sent, auditing(visit))
  if (!asked.data?.[name]) {
    const [refused] = asked.errors
    // An entry that is begun names nothing but its child that could be unknown.
    const isOfChild = id === null && refused?.code === 'NOT_FOUND'
    return listPage(visit, [{ text: isOfChild ? noSuchChild : (refused?.message ?? 'Nothing was recorded.') }])
  }
  await noLongerBegun(visit, actDraft(name, id))
  return { to: path }
}

/** What governance has to answer, each with its clock, and how long registers are kept. */
export const casePages: readonly Page[] = [
  { method: 'GET', path: '/governance/cases', answer: (visit) => listPage(visit) },
  {
    method: 'POST',
    path: '/governance/cases/:act',
    answer: async (visit) => (beginnings.includes(visit.params['act'] ?? '') ? act(visit, null) : notFound),
  },
  {
    method: 'POST',
    path: '/governance/cases/:act/:entry',
    answer: async (visit) => {
      const id = visit.secrets.unseal('case', visit.params['entry'] ?? '')
      return id === null || !ofEntry.includes(visit.params['act'] ?? '') ? notFound : act(visit, id)
    },
  },
]
