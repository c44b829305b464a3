import { readForm } from '../../forms/read.ts'
import { notFound, type Page, prefix, type Reply, type Visit } from '../../pageVisit.ts'
import { actTitle } from '../../words/actTitles.ts'
import { noLongerBegun, stayBegun } from '../formDraft.ts'
import { partiesOf } from '../formParties.ts'
import { actDraft, actFields, actForm } from './actForm.ts'
import { auditing, frame } from './governanceFrame.ts'

interface Agreement {
  readonly id: string
  readonly to: string | null
  readonly confirmedBy: string | null
}

const path = `${prefix}/governance/agreements`
const ofEntry: readonly string[] = ['confirmAgreement', 'endAgreement']

const listPage = async (visit: Visit, problems: readonly object[] = []): Promise<Reply> => {
  const asked = await visit.ask<{ agreements: readonly Agreement[] | null }>('agreements', {}, auditing(visit))
  const today = visit.parts.clock.today().toISOString().slice(0, 10)
  const shown = (agreement: Agreement) => ({
    ...agreement,
    ref: visit.secrets.seal('agreement', agreement.id),
    isOver: agreement.to !== null && agreement.to < today,
  })
  return {
    view: 'governance/agreements',
    model: {
      ...{ ...frame(visit, '/agreements'), title: 'Agreements to share', path, errors: problems },
      agreements: asked.data?.agreements?.map(shown) ?? null,
      propose: await actForm(visit, 'proposeAgreement', null),
      titles: Object.fromEntries(ofEntry.map((act) => [act, actTitle(act)])),
      ...{ ...partiesOf(visit), refusal: asked.errors[0] ?? null },
    },
    ...(problems.length > 0 ? { status: 422 } : {}),
  }
}

const act = async (visit: Visit, name: string, id: string | null): Promise<Reply> => {
  const { problems, variables } = readForm(actFields(visit, name), visit.form)
  await stayBegun(visit, actDraft(name, id))
  if (problems.length > 0) return listPage(visit, problems)
  const sent = id === null ? variables : { ...variables, id }
  const asked = await visit.ask<Readonly<Record<string, object | null>>>(name, sent, auditing(visit))
  if (!asked.data?.[name]) return listPage(visit, [{ text: asked.errors[0]?.message ?? 'Nothing was recorded.' }])
  await noLongerBegun(visit, actDraft(name, id))
  return { to: path }
}

/** Agreements to share: entered by one party from the signed document, confirmed by another, ended by any. */
export const agreementPages: readonly Page[] = [
  { method: 'GET', path: '/governance/agreements', answer: (visit) => listPage(visit) },
  {
    method: 'POST',
    path: '/governance/agreements/proposeAgreement',
    answer: (visit) => act(visit, 'proposeAgreement', null),
  },
  {
    method: 'POST',
    path: '/governance/agreements/:act/:agreement',
    answer: async (visit) => {
      const name = visit.params['act'] ?? ''
      const id = visit.secrets.unseal('agreement', visit.params['agreement'] ?? '')
      return id === null || !ofEntry.includes(name) ? notFound : act(visit, name, id)
    },
  },
]
