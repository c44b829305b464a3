import { z } from 'zod'
import { nextWorkingMorning } from '../../foundation/workingTime.ts'
import { involvedOf } from '../involvedOrganisations.ts'
import { type MessageKind, shape } from '../messageKind.ts'
import { acknowledged, childId } from './commonFields.ts'

/** That police were called to domestic abuse where the child lives, told to the school before its next day begins. */
export const domesticAbuseNotice: MessageKind = {
  name: 'DOMESTIC_ABUSE_NOTICE',
  version: 1,
  title: 'Domestic abuse where the child lives',
  source: 'Victims and Prisoners Act 2024 s.20; statutory guidance of 7 November 2025',
  mutation: 'tellDomesticAbuse',
  // What happened, where, and who was there is not for the school: it has no field to stand in.
  fields: shape({ childId, incidentAt: z.iso.datetime(), childPresent: z.boolean().nullish() }),
  from: ['POLICE'],
  child: 'PARTY',
  to: (_, { circle }) => involvedOf(circle, ['SAFEGUARDING_LEAD'], 'ANSWER'),
  told: ['The safeguarding lead of the child’s school'],
  due: (_, { now, procedures }) => ({
    at: nextWorkingMorning(now, procedures.schoolDayBegins),
    rule: `before the next school day, at ${procedures.schoolDayBegins}; ${procedures.title}`,
  }),
  overdueCode: 'DOMESTIC_ABUSE_NOTICE_UNREAD',
  labels: () => ['DOMESTIC_ABUSE'],
  answers: [acknowledged()],
}
