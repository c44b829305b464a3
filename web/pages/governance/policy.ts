import { purposes as allPurposes, roles } from '../../../src/policy/vocabulary.ts'
import { notFound, type Page, type Reply, type Visit } from '../../pageVisit.ts'
import { inWords } from '../../words/codes.ts'
import { purposeName } from '../../words/purposes.ts'
import { auditing, frame } from './governanceFrame.ts'
import { governedChild, noSuchChildHere } from './governedChild.ts'

const whatIfForm = (visit: Visit, more: object, status?: number): Reply => ({
  view: 'governance/whatIf',
  model: {
    ...{ ...frame(visit, '/what-if'), title: 'What a role would see', form: visit.form },
    roles: roles.map((code) => ({ value: code, text: inWords(code) })),
    purposesShown: allPurposes.map((code) => ({ value: code, text: purposeName(code) })),
    ...more,
  },
  ...(status ? { status } : {}),
})

const whatIfPages: readonly Page[] = [
  { method: 'GET', path: '/governance/what-if', answer: async (visit) => whatIfForm(visit, {}) },
  {
    method: 'POST',
    path: '/governance/what-if',
    answer: async (visit) => {
      const { role, purpose } = visit.form
      const meant = await governedChild(visit, auditing(visit))
      if ('problem' in meant) return whatIfForm(visit, { errors: [meant.problem] }, 422)
      const asked = await visit.ask<{ whatIf: object | null }>(
        'whatIf',
        { childId: meant.id, role, purpose },
        auditing(visit),
      )
      if (asked.errors[0]?.code === 'NOT_FOUND') return whatIfForm(visit, { errors: [noSuchChildHere] }, 422)
      return whatIfForm(visit, { asked: true, answer: asked.data?.whatIf ?? null, refusal: asked.errors[0] ?? null })
    },
  },
]

interface Pack {
  readonly id: string
  readonly inForce: boolean
}

interface Change {
  readonly change: string
  readonly label: string
  readonly purposes: readonly string[]
}

const packsPage = async (visit: Visit): Promise<Reply> => {
  const asked = await visit.ask<{ policyPacks: readonly Pack[] | null }>('policyPacks', {}, auditing(visit))
  const packs = asked.data?.policyPacks ?? []
  const named = (name: string) => packs.find(({ id }) => id === visit.form[name])?.id
  const [before, after] = [named('before') ?? packs.find(({ inForce }) => inForce)?.id, named('after')]
  const compared =
    before && after
      ? await visit.ask<{ policyChanges: readonly Change[] | null }>(
          'policyChanges',
          { before, after },
          auditing(visit),
        )
      : null
  const changes = compared?.data?.policyChanges ?? null
  const label = changes?.find((each) => each.label === visit.form['label'])?.label ?? null
  const counted = (kind: string) => changes?.filter(({ change }) => change === kind).length ?? 0
  return {
    view: 'governance/packs',
    model: {
      ...{ ...frame(visit, '/packs'), title: 'Policy packs', packs, before, after, changes },
      byLabel: [...new Set(changes?.map(({ label }) => label))].map((label) => {
        const of = (kind: string) => changes?.filter((each) => each.label === label && each.change === kind).length
        return { label, gained: of('GAINS'), lost: of('LOSES'), other: of('OTHER_GROUND') }
      }),
      label,
      rows: changes
        ?.filter((each) => each.label === label)
        .map((each) => ({ ...each, isEvery: each.purposes.length === allPurposes.length })),
      counts: { gained: counted('GAINS'), lost: counted('LOSES'), other: counted('OTHER_GROUND') },
      refusal: asked.errors[0] ?? compared?.errors[0] ?? null,
    },
  }
}

const replayPage = async (visit: Visit): Promise<Reply> => {
  const auditId = visit.secrets.unseal('entry', visit.params['entry'] ?? '')
  if (auditId === null) return notFound
  const asked = await visit.ask<{ replayDecision: object | null }>('replayDecision', { auditId }, auditing(visit))
  return {
    view: 'governance/replay',
    model: {
      ...{ ...frame(visit, '/access'), title: 'A decision, decided again', auditId },
      replay: asked.data?.replayDecision ?? null,
      refusal: asked.errors[0] ?? null,
    },
  }
}

/** What a role would see, packs beside each other, and a past decision decided again. */
export const policyPages: readonly Page[] = [
  ...whatIfPages,
  { method: 'GET', path: '/governance/packs', answer: packsPage },
  { method: 'POST', path: '/governance/packs', answer: packsPage },
  { method: 'GET', path: '/governance/replay/:entry', answer: replayPage },
]
