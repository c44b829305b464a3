import { transferTypes } from '../../../src/transfer/transferTypes.ts'
import { childAtHand, childPath, notFound, type Page, prefix, type Reply, type Visit } from '../../pageVisit.ts'
import { inWords } from '../../words/codes.ts'
import { draftFor } from '../formDraft.ts'
import { recordedWords } from '../recordEntry.ts'
import { linksBeside } from '../registerActs.ts'
import { registersOf } from '../registers.ts'
import { choices } from '../session.ts'
import { type Banner, childPage, pagingOfChild } from './childPage.ts'

/** A form that was sent for the child at hand, and how it went. */
interface Sent {
  readonly problem?: string
}

const actPage = (visit: Visit, sent: Sent = {}) =>
  childPage<Banner>(visit, 'act', 'childBanner', async (child, at) => {
    const path = childPath(visit, at, 'act')
    const registers = await registersOf(visit, at.id, at.purpose, pagingOfChild(visit, 'act'), path)
    const { form, parts } = visit
    const { registry } = parts
    const responsible = child.status['responsibleLa']
    return {
      ...{ form, registers, recorded: recordedWords(visit) },
      beside: linksBeside(path, [
        'signalHarm',
        ...(registers.registerOrders.rows ? [] : (['confirmCourtOrder'] as const)),
      ]),
      transferTypes: transferTypes.map((code) => ({ value: code, text: inWords(code) })),
      authorities: [...registry.authorities.values()].map(({ code, name }) => ({
        value: code,
        text: `${name} (${code})`,
      })),
      fromLa: form['fromLa'] ?? responsible ?? '',
      toLa: form['toLa'] ?? child.status['areaLa'] ?? '',
      glass: await draftFor(visit, glassDraft(at.id)),
      errors: sent.problem ? [{ text: sent.problem }] : [],
    }
  })

/** Whoever confirms it may know nothing of the child: the number alone leads them to it, told by word of mouth. */
const glassWaits = (visit: Visit, id: string, secondPerson: string): Reply => ({
  view: 'glassWaits',
  model: {
    ...{ title: 'Break-glass waits for a second person', purposes: choices(visit), here: '' },
    id,
    secondPerson,
  },
})

const glassDraft = (childId: string) => `break-glass ${childId}`

/** What can be done about the child at hand: send or ask for the record, break the glass, fill a register. */
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
      const asked = await visit.ask<{ breakGlass: { id: string; inForce: boolean } | null }>(
        'breakGlass',
        variables,
        at.purpose,
      )
      const session = asked.data?.breakGlass
      if (!session) return actPage(visit, { problem: asked.errors[0]?.message ?? 'The glass was not broken.' })
      await visit.parts.drafts.drop(visit.session.person, glassDraft(at.id))
      if (!session.inForce) return glassWaits(visit, session.id, secondPerson)
      return { to: childPath(visit, at) }
    },
  },
]
