import { z } from 'zod'
import { caseTeam, forcesOf, involvedOf } from '../involvedOrganisations.ts'
import { decision, type MessageKind, shape, shortText, text, textsIn } from '../messageKind.ts'
import { acknowledged, childId } from './commonFields.ts'

/**
 * A child goes home after those who know them talked about it, police among them: one went home while an investigation
 * was live.
 */
export const reunification: MessageKind = {
  name: 'REUNIFICATION_DECISION',
  version: 1,
  title: 'Decision that a child goes home',
  source: 'Reviews found a return home against wishes while a police investigation was live',
  mutation: 'decideReunification',
  fields: shape({
    childId,
    returnOn: z.iso.date(),
    toWhom: shortText,
    discussedOn: z.iso.date(),
    discussedWith: z.array(z.enum(['POLICE', 'HEALTH', 'EDUCATION', 'SOCIAL_CARE', 'ADULT_SERVICES', 'CARER'])).max(6),
    liveInvestigation: z.boolean(),
    childSays: text,
    reason: text,
    ...decision,
  }),
  from: ['CASE_TEAM', 'MANAGERS'],
  child: 'PARTY',
  tellsPlace: true,
  guard: (fields) => {
    const discussed = new Set(textsIn(fields, 'discussedWith'))
    const others = [...discussed].filter((each) => each !== 'SOCIAL_CARE')
    return others.length >= 2 && discussed.has('POLICE')
      ? null
      : {
          code: 'CONFLICT',
          reason: 'DISCUSSION_REQUIRED',
          message: 'Record a discussion with the police and at least one other agency before a child goes home.',
        }
  },
  to: (_, sending) => [
    ...caseTeam(sending.circle, 'INFORM'),
    ...forcesOf(sending, 'INFORM'),
    ...involvedOf(sending.circle, null, 'INFORM'),
  ],
  told: ['All who work with the child and may know where they live'],
  due: () => null,
  overdueCode: null,
  alertCode: ({ liveInvestigation }) => (liveInvestigation === true ? 'RETURN_HOME_DURING_LIVE_INVESTIGATION' : null),
  answers: [acknowledged()],
}
