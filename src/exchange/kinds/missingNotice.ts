import { z } from 'zod'
import { carersOf, caseTeam, forcesOf, involvedOf } from '../involvedOrganisations.ts'
import { type MessageKind, shape, textIn } from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { acknowledged, childId } from './commonFields.ts'

/**
 * That a child is or was missing, told to those who work with them: from and until, and nothing of where or with whom.
 */
export const missingNotice: MessageKind = {
  name: 'MISSING_NOTICE',
  version: 1,
  title: 'A child is or was missing',
  source: 'Statutory guidance on children who run away or go missing, 2014; reviews found key professionals unaware',
  mutation: 'tellMissing',
  // No free text: circumstances, places and names of others have no field to stand in.
  fields: shape({ childId, from: z.iso.datetime(), until: z.iso.datetime().nullish(), overnight: z.boolean() }),
  from: ['POLICE', 'CASE_TEAM', 'FRONT_DOOR', 'CARER', 'MANAGERS'],
  child: 'PARTY',
  to: (_, sending) => [
    ...caseTeam(sending.circle, 'ANSWER'),
    ...forcesOf(sending, 'INFORM'),
    ...carersOf(sending.circle, 'INFORM'),
    ...involvedOf(sending.circle, ['SAFEGUARDING_LEAD', 'HEALTH', 'FRONT_DOOR'], 'INFORM'),
  ],
  told: ['Social care and police', 'The school, health services and carer who work with the child'],
  guard: (fields, _, now) => {
    const [from, until] = [Date.parse(textIn(fields, 'from')), Date.parse(textIn(fields, 'until'))]
    if (from <= now.getTime() && !(until < from) && !(until > now.getTime())) return null
    return {
      ...{ code: 'BAD_INPUT', reason: 'PERIOD' },
      message:
        'Say from when until when the child was missing: neither is yet to come, and the end is after the beginning.',
    }
  },
  due: (_, { now, procedures }) => clock(procedures, 'missingNotice', now),
  overdueCode: 'MISSING_NOTICE',
  answers: [acknowledged()],
}
