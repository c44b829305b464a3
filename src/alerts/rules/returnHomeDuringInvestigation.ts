import { dayOf, textOf } from '../../records/currentRows.ts'
import { enquiryEnd } from '../../records/enquiryEnd.ts'
import { manager, police, socialWorker } from '../audience.ts'
import { dayWords, found, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** An investigation that came to an outcome on no known day: whether it was going on then nobody can say. */
const isEndUnsaid = (crime: { readonly outcome?: unknown; readonly outcomeAt?: unknown }): boolean =>
  textOf(crime, 'outcome') !== null && textOf(crime, 'outcomeAt') === null

/** A child went home while those who looked into what happened there had not finished. */
export const returnHomeDuringInvestigation = rule({
  code: 'RETURN_HOME_DURING_LIVE_INVESTIGATION',
  version: 1,
  rule: 'A child does not return home from care while an enquiry or a police investigation is open without a joint decision.',
  source: 'Sonia briefing, lines 34 and 108 to 110',
  audience: [socialWorker, manager, police],
  clears: 'A joint decision by social care and police, with its reasons.',
  needs: {
    socialCare: {
      legalStatuses: ['to', 'endReason'],
      placements: ['to', 'changeReason'],
      s47Enquiries: ['startedOn', 'endedOn'],
    },
    police: { crimes: ['role', 'outcomeAt'] },
  },
  on: [
    ['socialCare.legalStatuses', 'socialCare.placements'],
    ['socialCare.s47Enquiries', 'police.crimes'],
  ],
  also: {
    socialCare: { s47Enquiries: ['provenance.la'], referrals: ['closedOn', 'provenance.la'] },
    police: { crimes: ['outcome'] },
  },
  find: ({ rows }) =>
    [
      ...rows('socialCare', 'legalStatuses').map((row) => ({ status: row, reason: textOf(row, 'endReason') })),
      ...rows('socialCare', 'placements').map((row) => ({ status: row, reason: textOf(row, 'changeReason') })),
    ].flatMap(({ status, reason }) => {
      const home = textOf(status, 'to')
      if (home === null || !['E4A', 'E4B'].includes(reason ?? '')) return []
      const isOpen = (from: string | null, to: string | null) =>
        from !== null && dayOf(from) <= dayOf(home) && (to === null || dayOf(to) > dayOf(home))
      const live = [
        ...rows('socialCare', 's47Enquiries').filter((row) =>
          isOpen(textOf(row, 'startedOn', 'eventAt'), enquiryEnd(row, rows('socialCare', 'referrals'))),
        ),
        ...rows('police', 'crimes').filter(
          (row) => row.role === 'VICTIM' && !isEndUnsaid(row) && isOpen(whenOf(row), textOf(row, 'outcomeAt')),
        ),
      ]
      const first = live[0]
      if (!first) return []
      return [
        found({
          of: [status, first],
          more: live.slice(1),
          due: home,
          anchor: status.id,
          text: `Home from care on ${dayWords(home)} while what began on ${dayWords(whenOf(first))} was still being looked into.`,
        }),
      ]
    }),
  unsaid: ({ rows }) => {
    const cameHome = [
      ...rows('socialCare', 'legalStatuses').map((row) => textOf(row, 'endReason')),
      ...rows('socialCare', 'placements').map((row) => textOf(row, 'changeReason')),
    ].some((reason) => reason === 'E4A' || reason === 'E4B')
    return cameHome ? rows('police', 'crimes').filter((row) => row.role === 'VICTIM' && isEndUnsaid(row)) : []
  },
})
