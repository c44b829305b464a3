import { fieldsOf } from '../../forms/fields.ts'
import { readForm } from '../../forms/read.ts'
import { operations } from '../../operations.ts'
import { childAtHand, childPath, notFound, type Page, prefix, type Reply, type Visit } from '../../pageVisit.ts'
import { actTitle } from '../../words/actTitles.ts'
import { type Banner, childPage } from '../child/childPage.ts'
import { namedOrReferred, withChild } from '../findTypedChild.ts'
import { draftFor } from '../formDraft.ts'
import { partiesOf } from '../formParties.ts'
import { beginsWith, begunWith } from '../prefilledForm.ts'
import { choices } from '../session.ts'
import { sendings, withoutChild } from './messageActs.ts'

interface Sent {
  readonly problems: readonly object[]
}

/**
 * The address of a form about the child at hand that begins with these values; none of them stands there in the clear.
 */
export const sayPath = (
  visit: Visit,
  child: Parameters<typeof childPath>[1],
  act: string,
  values: Readonly<Record<string, string>> = {},
): string => `${childPath(visit, child, `say/${act}`)}${beginsWith(visit, values)}`

const questionsOf = ({ parts }: Visit, act: string, hasChild: boolean) =>
  fieldsOf(parts.schema, operations.get(act) ?? '', new Set(['key', ...(hasChild ? ['childId'] : [])]))

/** Text begun about one child, or about none, is one draft. */
const draftName = (act: string, childId: string | null) => `${act} about ${childId ?? 'nobody'}`

const formOfAct = async (visit: Visit, act: string, childId: string | null, { problems }: Sent) => {
  const { form } = visit
  const draft = await draftFor(visit, draftName(act, childId))
  const values = problems.length > 0 ? form : { ...draft.values, ...begunWith(visit) }
  return {
    ...{ act, heading: actTitle(act), fields: questionsOf(visit, act, childId !== null), values, draft: draft.ref },
    ...{ errors: problems, ...partiesOf(visit) },
  }
}

const ofChild = (visit: Visit, act: string, sent: Sent = { problems: [] }) =>
  childPage<Banner>(visit, 'say', 'childBanner', (_, { id }) => formOfAct(visit, act, id, sent))

const ofNobody = async (visit: Visit, act: string, sent: Sent = { problems: [] }): Promise<Reply> => ({
  view: 'exchange/new',
  model: {
    ...{ title: actTitle(act), purposes: choices(visit), here: '/messages' },
    ...(await formOfAct(visit, act, null, sent)),
  },
  ...(sent.problems.length > 0 ? { status: 422 } : {}),
})

/** Sends what a form says; the message it became, or what is wrong with it. */
const sendForm = async (visit: Visit, act: string, child: ReturnType<typeof childAtHand>) => {
  const { problems, variables } = readForm(questionsOf(visit, act, child !== null), visit.form)
  if (problems.length > 0) return { id: null, problems }
  const purpose = child?.purpose ?? visit.session.purpose
  const meant = child ? { variables } : await withChild(variables, (text) => namedOrReferred(visit, text, purpose))
  if ('problem' in meant) return { id: null, problems: [meant.problem] }
  const input = { ...(meant.variables['input'] as object | undefined), ...(child ? { childId: child.id } : {}) }
  const asked = await visit.ask<Readonly<Record<string, { readonly id: string } | null>>>(
    act,
    { ...variables, input, key: visit.form['_key'] || null },
    purpose,
  )
  const id = asked.data?.[act]?.id
  if (id === undefined) return { id: null, problems: [{ text: asked.errors[0]?.message ?? 'It was not sent.' }] }
  await visit.parts.drafts.drop(visit.session.person, draftName(act, child?.id ?? null))
  return { id, problems: [] }
}

const sentTo = ({ secrets }: Visit, id: string): Reply => ({ to: `${prefix}/messages/${secrets.seal('message', id)}` })

/** A message that begins something: about the child at hand, or where the gateway may know no child. */
export const sendPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/messages/new/:act',
    answer: async (visit) => {
      const act = visit.params['act'] ?? ''
      return withoutChild.has(act) ? ofNobody(visit, act) : notFound
    },
  },
  {
    method: 'POST',
    path: '/messages/new/:act',
    answer: async (visit) => {
      const act = visit.params['act'] ?? ''
      if (!withoutChild.has(act)) return notFound
      const { id, problems } = await sendForm(visit, act, null)
      return id === null ? ofNobody(visit, act, { problems }) : sentTo(visit, id)
    },
  },
  {
    method: 'GET',
    path: '/child/:child/say/:act',
    answer: async (visit) => {
      const act = visit.params['act'] ?? ''
      return sendings.includes(act) ? ofChild(visit, act) : notFound
    },
  },
  {
    method: 'POST',
    path: '/child/:child/say/:act',
    answer: async (visit) => {
      const [act, child] = [visit.params['act'] ?? '', childAtHand(visit)]
      if (!sendings.includes(act) || !child) return notFound
      const { id, problems } = await sendForm(visit, act, child)
      return id === null ? ofChild(visit, act, { problems }) : sentTo(visit, id)
    },
  },
]
