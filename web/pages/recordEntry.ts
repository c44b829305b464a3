import { fieldsOf } from '../forms/fields.ts'
import { type Problem, readForm } from '../forms/read.ts'
import { operations } from '../operations.ts'
import { type ChildAtHand, childAtHand, childPath, notFound, type Page, type Reply, type Visit } from '../pageVisit.ts'
import { actTitle } from '../words/actTitles.ts'
import { type Banner, childPage } from './child/childPage.ts'
import { askOrder, orderSaid } from './courtOrderToConfirm.ts'
import { draftFor, noLongerBegun, stayBegun } from './formDraft.ts'
import { partiesOf } from './formParties.ts'
import { beginsEntry, entryIn, isOfEntry, orderPath } from './registerActs.ts'

/** Where registers of a child are shown: among the pages of the child, or with governance. */
export interface Place {
  /** Below the workbench: the place itself, and with `/record/…` a form. */
  readonly path: string
  /** The child that the address names; null for an address of another session. */
  at(visit: Visit): ChildAtHand | null
  /** The place with this child. */
  pathOf(visit: Visit, at: ChildAtHand): string
  /** A page there with the form. */
  show(visit: Visit, at: ChildAtHand, form: object): Reply | Promise<Reply>
}

type Problems = readonly (Problem | { readonly text: string })[]

const questionsOf = ({ parts }: Visit, act: string, isOfEntry: boolean) =>
  fieldsOf(parts.schema, operations.get(act) ?? '', new Set(isOfEntry ? ['id'] : ['childId']))

/** The form that an address asks for: with the entry that it is about, or none. */
const meantIn = (visit: Visit) => {
  const act = visit.params['act'] ?? ''
  if (visit.params['entry'] === undefined) return beginsEntry(act) ? { act, entry: null } : null
  const entry = isOfEntry(act) ? entryIn(visit) : null
  return entry && { act, entry }
}

const formPage = async (visit: Visit, place: Place, problems: Problems = []): Promise<Reply> => {
  const [at, meant] = [place.at(visit), meantIn(visit)]
  if (!at || !meant) return notFound
  const { act, entry } = meant
  const draft = await draftFor(visit, draftName(act, at, entry?.id))
  const order = act === confirmsOrder && entry ? await askOrder(visit, entry.id, at) : null
  const says = order?.data?.courtOrder ? orderSaid(visit, order.data.courtOrder) : []
  const reply = await place.show(visit, at, {
    ...{ act, heading: actTitle(act), about: entry?.about ?? null, fields: questionsOf(visit, act, entry !== null) },
    says,
    ...{ ...partiesOf(visit), values: problems.length > 0 ? visit.form : draft.values, draft: draft.ref },
    ...{ back: place.pathOf(visit, at), action: formPath(visit, place, at), errors: problems },
  })
  return 'view' in reply && problems.length > 0 ? { ...reply, status: 422 } : reply
}

const formPath = (visit: Visit, place: Place, at: ChildAtHand): string => {
  const { act, entry } = visit.params
  return `${place.pathOf(visit, at)}/record/${act}${entry === undefined ? '' : `/${entry}`}`
}

/** Of an order nobody confirms more than its number: it is shown first, and confirmed from there. */
const confirmsOrder = 'confirmCourtOrder'

const showOrder = async (visit: Visit, place: Place, at: ChildAtHand, id: string): Promise<Reply> => {
  const { data, errors } = await askOrder(visit, id, at)
  if (!data?.courtOrder) return formPage(visit, place, [{ text: errors[0]?.message ?? 'There is no such order.' }])
  return { to: orderPath(visit, place.pathOf(visit, at), data.courtOrder) }
}

const draftName = (act: string, { id }: ChildAtHand, entry = 'none') => `${act} of ${id}, entry ${entry}`

const send = async (visit: Visit, place: Place): Promise<Reply> => {
  const [at, meant] = [place.at(visit), meantIn(visit)]
  if (!at || !meant) return notFound
  const { act, entry } = meant
  const { problems, variables } = readForm(questionsOf(visit, act, entry !== null), visit.form)
  await stayBegun(visit, draftName(act, at, entry?.id))
  if (problems.length > 0) return formPage(visit, place, problems)
  if (act === confirmsOrder && !entry) return showOrder(visit, place, at, String(variables['id']))
  const asked = await visit.ask<Readonly<Record<string, { readonly confirmed?: boolean } | null>>>(
    act,
    withWhom(act, variables, at, entry?.id),
    at.purpose,
  )
  const recorded = asked.data?.[act]
  if (!recorded) return formPage(visit, place, [{ text: asked.errors[0]?.message ?? 'Nothing was recorded.' }])
  await noLongerBegun(visit, draftName(act, at, entry?.id))
  return { to: `${place.pathOf(visit, at)}?recorded=${recorded.confirmed === false ? 'waits' : 'yes'}` }
}

type Variables = Readonly<Record<string, unknown>>

/** What was typed, with the child or the entry where the operation takes it. */
const withWhom = (act: string, variables: Variables, { id }: ChildAtHand, entry: string | undefined): Variables => {
  const operation = operations.get(act) ?? ''
  if (entry !== undefined) return { ...variables, id: entry }
  if (operation.includes('$childId')) return { ...variables, childId: id }
  if (!operation.includes('$input')) return variables
  return { ...variables, input: { ...(variables['input'] as object | undefined), childId: id } }
}

/** What a place says after a form was sent; null where none was. */
export const recordedWords = ({ query }: Visit): string | null => {
  if (query['recorded'] === 'waits')
    return 'It waits for a second person who says the same. Until then it is in no list, and opens nothing.'
  return query['recorded'] === 'yes' ? 'It is recorded.' : null
}

/** Forms about the registers of a child, in one place. */
export const recordPagesOf = (place: Place): readonly Page[] =>
  ['', '/:entry'].flatMap((behind) => {
    const path = `${place.path}/record/:act${behind}`
    return [
      { method: 'GET', path, answer: (visit: Visit) => formPage(visit, place) },
      { method: 'POST', path, answer: (visit: Visit) => send(visit, place) },
    ] as const
  })

/** Under the child at hand, beside what else can be done about it. */
export const recordPages: readonly Page[] = recordPagesOf({
  path: '/child/:child/act',
  at: childAtHand,
  pathOf: (visit, at) => childPath(visit, at, 'act'),
  show: (visit, _, form) => childPage<Banner>(visit, 'record', 'childBanner', () => form),
})
