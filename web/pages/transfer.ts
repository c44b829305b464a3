import { notFound, type Page, prefix, type Reply, sealChild, type Visit } from '../pageVisit.ts'
import { byNumberPath } from './byNumber.ts'
import { namesOf } from './childrenNames.ts'
import { draftFor, noLongerBegun, stayBegun } from './formDraft.ts'
import { asked as askedFor, pagingOf } from './paging.ts'
import { choices } from './session.ts'
import { type Heading, isOverdue, laOf, purposeFor } from './transfers.ts'

interface Transfer extends Heading {
  readonly version: string | null
  readonly fingerprint: string | null
  readonly history: readonly { readonly cursor: string }[]
  readonly addenda: readonly { readonly recordId: string }[] | null
  readonly completeness: {
    readonly ready: boolean
    readonly sections: readonly {
      readonly code: string
      readonly state: string
      readonly mandatory: boolean
      readonly missing: readonly string[]
      readonly items: readonly object[]
    }[]
    readonly suppliers: readonly { readonly state: string }[]
  } | null
}

type Part = Pick<Extract<Reply, { view: string }>, 'view' | 'model' | 'status'> | null
type Built = (transfer: Transfer, own: string) => Part | Promise<Part>

/** One page of one transfer; null from `build`: that part of it does not exist. */
const onePage = async (visit: Visit, build: Built): Promise<Reply> => {
  const id = visit.secrets.unseal('transfer', visit.params['transfer'] ?? '')
  if (id === null) return notFound
  const own = `${prefix}/transfers/${visit.params['transfer']}`
  const paging = pagingOf(visit, own)
  const asked = await visit.ask<{ transferSummary: Transfer | null }>(
    'transfer',
    { id, first: askedFor, history: paging.after('history'), addenda: paging.after('addenda') },
    purposeFor(visit),
  )
  const transfer = asked.data?.transferSummary
  const frame = { purposes: choices(visit), here: '/transfers' }
  if (!transfer)
    return {
      view: 'transferRefused',
      model: { ...frame, title: 'This transfer cannot be shown', refusal: asked.errors[0] },
      status: 404,
    }
  const built = await build(transfer, own)
  if (!built) return notFound
  const today = visit.parts.clock.today().toISOString()
  const names =
    transfer.version === null ? new Map<string, string>() : await namesOf(visit, [transfer.childId], purposeFor(visit))
  return {
    ...built,
    model: {
      ...{ ...frame, title: 'Transfer', transfer, today, own },
      ...{ name: names.get(transfer.childId) ?? null, overdue: isOverdue(transfer, today) },
      history: paging.of('history', transfer.history, ({ cursor }) => cursor),
      addenda: paging.of('addenda', transfer.addenda, ({ recordId }) => recordId),
      ...built.model,
    },
  }
}

/** How the reader's authority may end it; whether it is acknowledged by then, the gateway says. */
const endingsOf = (visit: Visit, { fromLa, toLa }: Heading) => [
  ...(laOf(visit) === fromLa ? [{ value: 'WITHDRAWN', text: 'Withdraw it: the sending authority takes it back' }] : []),
  ...(laOf(visit) === toLa
    ? [{ value: 'REJECTED', text: 'Turn it down: the receiving authority does not take it' }]
    : []),
  { value: 'CLOSED', text: 'Close it: the latest version was acknowledged, and it is done with' },
]

const endingDraft = (id: string) => `end of transfer ${id}`

const summaryPage = (visit: Visit, problem?: string) =>
  onePage(visit, async (transfer) => {
    const suppliers = transfer.completeness?.suppliers ?? []
    return {
      view: 'transfer',
      model: {
        answered: suppliers.filter(({ state }) => state !== 'OUTSTANDING' && state !== 'UNAVAILABLE').length,
        lacking: (transfer.completeness?.sections ?? []).filter(
          ({ mandatory, missing }) => mandatory && missing.length > 0,
        ),
        mayAcknowledge: laOf(visit) === transfer.toLa && transfer.version !== null,
        childHref: `${prefix}/child/${sealChild(visit, { id: transfer.childId, purpose: purposeFor(visit) })}`,
        contributeHref: byNumberPath(visit, 'contributeToTransfer', { id: transfer.id }),
        ...{ endings: endingsOf(visit, transfer), ending: await draftFor(visit, endingDraft(transfer.id)) },
        errors: problem ? [{ text: problem }] : [],
      },
      ...(problem ? { status: 422 } : {}),
    }
  })

/** One section, page by page: the list of a record that is signed as a whole goes on by its own order. */
const sectionPage = (visit: Visit) =>
  onePage(visit, (transfer, own) => {
    const section = transfer.completeness?.sections.find(({ code }) => code === visit.params['section'])
    if (!section) return null
    const paging = pagingOf(visit, `${own}/sections/${section.code}`)
    return { view: 'transferSection', model: { section, items: paging.part('item', section.items) } }
  })

/** One transfer: where it stands, to be read section by section, acknowledged, and printed whole. */
export const transferPages: readonly Page[] = [
  { method: 'GET', path: '/transfers/:transfer', answer: (visit) => summaryPage(visit) },
  {
    method: 'GET',
    path: '/transfers/:transfer/record',
    answer: (visit) =>
      onePage(visit, ({ version }) => (version === null ? null : { view: 'transferRecord', model: {} })),
  },
  { method: 'GET', path: '/transfers/:transfer/sections/:section', answer: sectionPage },
  {
    method: 'POST',
    path: '/transfers/:transfer/acknowledge',
    answer: async (visit) => {
      const id = visit.secrets.unseal('transfer', visit.params['transfer'] ?? '')
      if (id === null) return notFound
      const { version = '' } = visit.form
      const asked = await visit.ask<{ acknowledgeTransfer: object | null }>(
        'acknowledgeTransfer',
        { id, version },
        purposeFor(visit),
      )
      if (!asked.data?.acknowledgeTransfer)
        return summaryPage(visit, asked.errors[0]?.message ?? 'It was not acknowledged.')
      return { to: `${prefix}/transfers/${visit.params['transfer']}` }
    },
  },
  {
    method: 'POST',
    path: '/transfers/:transfer/end',
    answer: async (visit) => {
      const id = visit.secrets.unseal('transfer', visit.params['transfer'] ?? '')
      if (id === null) return notFound
      const { reason = '', state = '' } = visit.form
      await stayBegun(visit, endingDraft(id))
      if (state === '' || reason.trim() === '') return summaryPage(visit, 'Choose how it ends, and say why.')
      const asked = await visit.ask<{ endTransfer: object | null }>(
        'endTransfer',
        { id, state, reason },
        purposeFor(visit),
      )
      if (!asked.data?.endTransfer) return summaryPage(visit, asked.errors[0]?.message ?? 'It was not ended.')
      await noLongerBegun(visit, endingDraft(id))
      return { to: `${prefix}/transfers/${visit.params['transfer']}` }
    },
  },
]
