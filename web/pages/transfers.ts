import type { Purpose } from '../../src/policy/vocabulary.ts'
import { notFound, type Page, prefix, type Reply, sealChild, type Visit } from '../pageVisit.ts'
import { daysBetween } from '../words/dates.ts'
import { nameOf } from './child/childPage.ts'
import { asked as askedFor, pagingOf } from './paging.ts'
import { choices } from './session.ts'

interface Heading {
  readonly id: string
  readonly type: string
  readonly state: string
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  readonly dueAt: string | null
}

interface Transfer extends Heading {
  readonly version: string | null
  readonly fingerprint: string | null
  readonly completeness: {
    readonly ready: boolean
    readonly sections: readonly {
      readonly code: string
      readonly state: string
      readonly mandatory: boolean
      readonly missing: readonly string[]
    }[]
    readonly suppliers: readonly { readonly state: string }[]
  } | null
}

/** Done with: neither counted nor chased. */
const over = new Set(['CLOSED', 'REJECTED', 'WITHDRAWN', 'RESPONSIBILITY_PASSED'])

const laOf = ({ session }: Visit): string | null => /^(LA\d+)-/.exec(session.person.organisation)?.[1] ?? null

/** A purpose under which transfers are read: the one at hand where it serves, else the first that does. */
const purposeFor = (visit: Visit): Purpose => {
  const serving = visit.purposes.filter(
    (purpose) => !['AUDIT', 'PRACTICE_REVIEW', 'EARLY_HELP', 'DOMESTIC_ABUSE_NOTICE'].includes(purpose),
  )
  return serving.find((purpose) => purpose === visit.session.purpose) ?? serving[0] ?? visit.session.purpose
}

const listPage: Page = {
  method: 'GET',
  path: '/transfers',
  answer: async (visit) => {
    const paging = pagingOf(visit, `${prefix}/transfers`)
    const asked = await visit.ask<{
      transfers: readonly Heading[] | null
      pendingTransfers: readonly Heading[] | null
    }>(
      'transfers',
      { first: askedFor, after: paging.after('after'), pending: paging.after('pending') },
      purposeFor(visit),
    )
    const la = laOf(visit)
    const listed = paging.of('after', asked.data?.transfers, ({ id }) => id)
    const pending = paging.of('pending', asked.data?.pendingTransfers, ({ id }) => id)
    const names = await namesOf(visit, listed.rows ?? [])
    const today = visit.parts.clock.today().toISOString()
    const rows = (list: readonly Heading[] | null | undefined) =>
      (list ?? []).map((each) => ({
        ...each,
        name: names.get(each.childId) ?? null,
        href: `${prefix}/transfers/${visit.secrets.seal('transfer', each.id)}`,
        overdue:
          each.dueAt !== null &&
          each.dueAt !== undefined &&
          !over.has(each.state) &&
          daysBetween(today, each.dueAt) < 0,
      }))
    return {
      view: 'transfers',
      model: {
        ...{ title: 'Transfers', purposes: choices(visit), here: '/transfers', today, la },
        arriving: rows(listed.rows?.filter(({ toLa }) => toLa === la)),
        leaving: rows(listed.rows?.filter(({ fromLa }) => fromLa === la)),
        waiting: rows(pending.rows),
        ...{ listed, pending },
        refusal: asked.errors[0] ?? null,
      },
    }
  },
}

/** Names of the children of a list, of those whom this person may know. Asked for like any view, and recorded. */
const namesOf = async (visit: Visit, transfers: readonly Heading[]): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(transfers.map(({ childId }) => childId))]
  if (ids.length === 0) return new Map()
  type Named = Parameters<typeof nameOf>[0] & { readonly id: string }
  const asked = await visit.ask<{ children: readonly (Named | null)[] | null }>(
    'childrenNames',
    { ids },
    purposeFor(visit),
  )
  return new Map((asked.data?.children ?? []).flatMap((child) => (child ? [[child.id, nameOf(child)] as const] : [])))
}

const transferPage = async (visit: Visit, problem?: string): Promise<Reply> => {
  const id = visit.secrets.unseal('transfer', visit.params['transfer'] ?? '')
  if (id === null) return notFound
  const asked = await visit.ask<{ transferSummary: Transfer | null }>('transfer', { id }, purposeFor(visit))
  const transfer = asked.data?.transferSummary
  const frame = { purposes: choices(visit), here: '/transfers' }
  if (!transfer)
    return {
      view: 'transferRefused',
      model: { ...frame, title: 'This transfer cannot be shown', refusal: asked.errors[0] },
      status: 404,
    }
  const today = visit.parts.clock.today().toISOString()
  const suppliers = transfer.completeness?.suppliers ?? []
  const names = transfer.version === null ? new Map<string, string>() : await namesOf(visit, [transfer])
  return {
    view: 'transfer',
    model: {
      ...{
        ...frame,
        title: 'Transfer',
        transfer,
        today,
        name: names.get(transfer.childId) ?? null,
        ref: visit.params['transfer'],
      },
      answered: suppliers.filter(({ state }) => state !== 'OUTSTANDING' && state !== 'UNAVAILABLE').length,
      lacking: (transfer.completeness?.sections ?? []).filter(
        ({ mandatory, missing }) => mandatory && missing.length > 0,
      ),
      mayAcknowledge: laOf(visit) === transfer.toLa && transfer.version !== null,
      overdue: transfer.dueAt !== null && !over.has(transfer.state) && daysBetween(today, transfer.dueAt) < 0,
      childHref: `${prefix}/child/${sealChild(visit, { id: transfer.childId, purpose: purposeFor(visit) })}`,
      errors: problem ? [{ text: problem }] : [],
    },
  }
}

/** Transfers in and out; one transfer, to be read, acknowledged and printed. */
export const transferPages: readonly Page[] = [
  listPage,
  { method: 'GET', path: '/transfers/:transfer', answer: (visit) => transferPage(visit) },
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
        return transferPage(visit, asked.errors[0]?.message ?? 'It was not acknowledged.')
      return { to: `${prefix}/transfers/${visit.params['transfer']}` }
    },
  },
]
