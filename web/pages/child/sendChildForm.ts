import { transferTypes } from '../../../src/transfer/transferTypes.ts'
import { choicesOf } from '../../forms/fields.ts'
import { childAtHand, childPath, notFound, type Page, prefix, type Visit } from '../../pageVisit.ts'
import { inWords } from '../../words/codes.ts'
import { draftFor, noLongerBegun, stayBegun } from '../formDraft.ts'
import { registersOf } from '../registers.ts'
import { type Banner, childPage, pagingOfChild } from './childPage.ts'

/** A form that was sent for the child at hand, and how it went. */
interface Sent {
  readonly problem?: string
  readonly done?: string
}

const actPage = (visit: Visit, sent: Sent = {}) =>
  childPage<Banner>(visit, 'act', 'childBanner', async (child, at) => {
    const registers = await registersOf(visit, at.id, at.purpose, pagingOfChild(visit, 'act'))
    const { form, parts } = visit
    const { registry } = parts
    const responsible = child.status['responsibleLa']
    return {
      ...{ form, sent, registers },
      consentStates: choicesOf(parts.schema, 'ConsentState').filter(({ value }) => !becomes.has(value)),
      givers: choicesOf(parts.schema, 'ConsentGiver'),
      competences: choicesOf(parts.schema, 'Competence'),
      transferTypes: transferTypes.map((code) => ({ value: code, text: inWords(code) })),
      authorities: [...registry.authorities.values()].map(({ code, name }) => ({
        value: code,
        text: `${name} (${code})`,
      })),
      fromLa: form['fromLa'] ?? responsible ?? '',
      toLa: form['toLa'] ?? child.status['areaLa'] ?? '',
      glass: await draftFor(visit, glassDraft(at.id)),
      consent: await draftFor(visit, consentDraft(at.id)),
      errors: sent.problem ? [{ text: sent.problem }] : [],
    }
  })

/** What becomes of a consent, and cannot be recorded as said. */
const becomes: ReadonlySet<string> = new Set(['WITHDRAWN', 'EXPIRED'])

const consentDraft = (childId: string) => `consent ${childId}`
const glassDraft = (childId: string) => `break-glass ${childId}`

/** What can be done about the child at hand: send or ask for the record, break the glass, record a consent. */
export const actPages: readonly Page[] = [
  { method: 'GET', path: '/child/:child/act', answer: (visit) => actPage(visit) },
  {
    method: 'POST',
    path: '/child/:child/transfer',
    answer: async (visit) => {
      const at = childAtHand(visit)
      if (!at) return notFound
      const { fromLa, toLa, type } = visit.form
      const asked = await visit.ask<{ requestTransfer: { id: string } | null }>(
        'requestTransfer',
        { childId: at.id, fromLa, toLa, type },
        at.purpose,
      )
      const transfer = asked.data?.requestTransfer
      if (!transfer) return actPage(visit, { problem: asked.errors[0]?.message ?? 'The transfer was not asked for.' })
      return { to: `${prefix}/transfers/${visit.secrets.seal('transfer', transfer.id)}` }
    },
  },
  {
    method: 'POST',
    path: '/child/:child/break-glass',
    answer: async (visit) => {
      const at = childAtHand(visit)
      if (!at) return notFound
      const { reason = '', secondPerson = '', minutes = '30' } = visit.form
      if (reason.trim().length < 20)
        return actPage(visit, { problem: 'Say in a sentence why it cannot wait. The review will read it.' })
      const variables = {
        childId: at.id,
        reason,
        secondPerson: secondPerson.trim() || null,
        minutes: Number(minutes) || 30,
      }
      const asked = await visit.ask<{ breakGlass: { id: string } | null }>('breakGlass', variables, at.purpose)
      if (!asked.data?.breakGlass)
        return actPage(visit, { problem: asked.errors[0]?.message ?? 'The glass was not broken.' })
      await visit.parts.drafts.drop(visit.session.person, glassDraft(at.id))
      return { to: childPath(visit, at) }
    },
  },
  {
    method: 'POST',
    path: '/child/:child/consent',
    answer: async (visit) => {
      const at = childAtHand(visit)
      if (!at) return notFound
      await stayBegun(visit, consentDraft(at.id))
      const { state, giver, competence, evidence = '' } = visit.form
      const input = { childId: at.id, state, giver, competence, evidence: evidence.trim() || null }
      const asked = await visit.ask<{ recordConsent: { id: string } | null }>('recordConsent', { input }, at.purpose)
      if (!asked.data?.recordConsent)
        return actPage(visit, { problem: asked.errors[0]?.message ?? 'Nothing was recorded.' })
      await noLongerBegun(visit, consentDraft(at.id))
      return { to: childPath(visit, at, 'act') }
    },
  },
]
