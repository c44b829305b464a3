import { fieldsOf } from '../forms/fields.ts'
import { readForm } from '../forms/read.ts'
import { operations } from '../operations.ts'
import { notFound, type Page, prefix, type Reply, type Visit } from '../pageVisit.ts'
import { actTitle } from '../words/actTitles.ts'
import { draftFor, noLongerBegun, stayBegun } from './formDraft.ts'
import { beginsWith, begunWith } from './prefilledForm.ts'
import { choices } from './session.ts'
import { purposeFor } from './transfers.ts'

/** What is done with a number that somebody was told, each with the page to which it belongs. */
const acts = {
  confirmBreakGlass: '/duties',
  contributeToTransfer: '/duties',
  refuteLink: '/identity',
} as const
type Act = keyof typeof acts

const isAct = (text: string): text is Act => Object.hasOwn(acts, text)

/** Where the form stands; with the number where the page that leads there knows it. */
export const byNumberPath = (visit: Pick<Visit, 'secrets'>, act: Act, values = {}): string =>
  `${prefix}/by-number/${act}${beginsWith(visit, values)}`

const questionsOf = ({ parts }: Visit, act: Act) => fieldsOf(parts.schema, operations.get(act) ?? '', new Set())

const draftName = (act: Act): string => `${act} by its number`

const formPage = async (visit: Visit, act: Act, problems: readonly object[] = []): Promise<Reply> => {
  const draft = await draftFor(visit, draftName(act))
  return {
    view: 'byNumber',
    model: {
      ...{ title: actTitle(act), purposes: choices(visit), here: acts[act], back: `${prefix}${acts[act]}` },
      ...{ heading: actTitle(act), fields: questionsOf(visit, act), draft: draft.ref, errors: problems },
      values: problems.length > 0 ? visit.form : { ...draft.values, ...begunWith(visit) },
      action: `${prefix}/by-number/${act}`,
    },
    ...(problems.length > 0 ? { status: 422 } : {}),
  }
}

/** A transfer is spoken of for a purpose that serves one. */
const purposeOf = (visit: Visit, act: Act) =>
  act === 'contributeToTransfer' ? purposeFor(visit) : visit.session.purpose

/** A colleague’s break-glass, a part of a transfer, a link of identities: of each, its number is told. */
export const byNumberPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/by-number/:act',
    answer: async (visit) => {
      const act = visit.params['act'] ?? ''
      return isAct(act) ? formPage(visit, act) : notFound
    },
  },
  {
    method: 'POST',
    path: '/by-number/:act',
    answer: async (visit) => {
      const act = visit.params['act'] ?? ''
      if (!isAct(act)) return notFound
      const { problems, variables } = readForm(questionsOf(visit, act), visit.form)
      await stayBegun(visit, draftName(act))
      if (problems.length > 0) return formPage(visit, act, problems)
      const asked = await visit.ask<Readonly<Record<string, unknown>>>(act, variables, purposeOf(visit, act))
      if (!asked.data?.[act])
        return formPage(visit, act, [{ text: asked.errors[0]?.message ?? 'Nothing was recorded.' }])
      await noLongerBegun(visit, draftName(act))
      return { to: `${prefix}${acts[act]}?recorded=yes` }
    },
  },
]
