import { childAtHand, childPath, notFound, type Page, type Reply, type Visit } from '../../pageVisit.ts'
import { inWords } from '../../words/codes.ts'
import { sayPath } from '../exchange/sendMessage.ts'
import { draftFor, noLongerBegun, stayBegun } from '../formDraft.ts'
import { type Banner, childPage, pagingOfChild } from './childPage.ts'

export interface Alert {
  readonly id: string
  readonly code: string
  readonly since: string
  readonly cleared: boolean
  readonly evidence: readonly { readonly recordId: string; readonly eventAt: string | null }[]
}

interface Gap {
  readonly kind: string
  readonly area: string
  readonly ask: string
}

type Alerts = Banner & {
  readonly alerts: readonly Alert[] | null
  readonly alertsNotJudged: readonly { readonly code: string }[] | null
  readonly gaps: readonly Gap[] | null
  readonly gapsNotJudged: readonly object[] | null
}

/** The latest first: what has just become so is what nobody has looked at yet. */
export const latestFirst = <Found extends Pick<Alert, 'code' | 'since'>>(alerts: readonly Found[]): readonly Found[] =>
  alerts.toSorted((one, other) => other.since.localeCompare(one.since) || one.code.localeCompare(other.code))

/** Findings of one rule stand together, where its latest stands. */
const byCode = <Found extends Pick<Alert, 'code'>>(alerts: readonly Found[]) =>
  [...new Set(alerts.map(({ code }) => code))].map((code) => ({
    code,
    alerts: alerts.filter((each) => each.code === code),
  }))

const listPage = (visit: Visit) =>
  childPage<Alerts>(visit, 'alerts', 'childAlerts', (child, at) => {
    const paging = pagingOfChild(visit, 'alerts')
    const alerts = latestFirst(child.alerts ?? []).map((alert) => ({
      ...alert,
      href: childPath(visit, at, `alerts/${visit.secrets.seal('alert', alert.id)}`),
    }))
    return {
      open: child.alerts ? byCode(alerts.filter(({ cleared }) => !cleared)) : null,
      cleared: alerts.filter(({ cleared }) => cleared),
      notJudged: paging.part('rule', child.alertsNotJudged),
      gapsNotJudged: paging.part('subject', child.gapsNotJudged),
      gaps: paging.part(
        'gap',
        child.gaps?.map((gap) => ({
          ...gap,
          href: sayPath(visit, at, 'askAbout', {
            'input.question': gap.ask,
            'input.why': `${inWords(gap.kind)}: ${inWords(gap.area)}`,
            'input.gap': gap.area.slice(0, 300),
          }),
        })),
      ),
    }
  })

const clearDraft = (alertId: string) => `clear ${alertId}`

const onePage = async (visit: Visit, problem?: string): Promise<Reply> => {
  const id = visit.secrets.unseal('alert', visit.params['alert'] ?? '')
  if (id === null) return notFound
  const reply = await childPage<Alerts>(visit, 'alerts', 'childAlerts', async (child) => ({
    alert: child.alerts?.find((each) => each.id === id) ?? null,
    ref: visit.params['alert'],
    draft: await draftFor(visit, clearDraft(id)),
    errors: problem ? [{ text: problem, href: '#reason' }] : [],
  }))
  return 'view' in reply && reply.view === 'child/alerts' ? { ...reply, view: 'child/alert' } : reply
}

/**
 * What the rules find and what is not known, with whom to ask; one alert with the records that it rests on, why it is
 * told, and a way to clear it.
 */
export const alertPages: readonly Page[] = [
  { method: 'GET', path: '/child/:child/alerts', answer: listPage },
  { method: 'GET', path: '/child/:child/alerts/:alert', answer: (visit) => onePage(visit) },
  {
    method: 'POST',
    path: '/child/:child/alerts/:alert',
    answer: async (visit) => {
      const at = childAtHand(visit)
      const alertId = visit.secrets.unseal('alert', visit.params['alert'] ?? '')
      if (!at || alertId === null) return notFound
      const { note = '', reason = '' } = visit.form
      await stayBegun(visit, clearDraft(alertId))
      if (reason === '' || note.trim() === '')
        return onePage(visit, 'Choose why the alert is cleared, and say it in your words.')
      const variables = { childId: at.id, alertId, reason, note }
      const asked = await visit.ask<{ clearAlert: object | null }>('clearAlert', variables, at.purpose)
      if (!asked.data?.clearAlert) return onePage(visit, asked.errors[0]?.message ?? 'Nothing was recorded.')
      await noLongerBegun(visit, clearDraft(alertId))
      return onePage(visit)
    },
  },
]
