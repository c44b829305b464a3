import { z } from 'zod'
import { type MessageKind, shape, text } from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { addressee, named } from '../resolveAddressee.ts'
import { childId } from './commonFields.ts'

const cannotReasons = ['LEGAL', 'CAPACITY', 'SAFETY', 'NOT_OUR_ROLE', 'NOT_POSSIBLE', 'OTHER'] as const

/**
 * An action of a plan is somebody's only once they took it on: "supervise always" stood in a plan and nobody could
 * lawfully do it.
 */
export const planAction: MessageKind = {
  name: 'PLAN_ACTION',
  version: 1,
  title: 'Action of a plan',
  source: 'Reviews found expectations in plans that had not reached their owner, or could not lawfully be met',
  mutation: 'assignPlanAction',
  fields: shape({ childId, to: addressee, action: text, due: z.iso.date(), actionId: z.string().max(200).nullish() }),
  namesOthers: ['to'],
  readAsSender: ['REVIEWING'],
  from: ['CASE_TEAM', 'MANAGERS', 'REVIEWING', 'FRONT_DOOR', 'POLICE', 'HEALTH'],
  child: 'PARTY',
  to: (fields, sending) => named(fields['to'], sending, 'ANSWER'),
  told: 'NAMED',
  due: (_, { now, procedures }) => clock(procedures, 'planAction', now),
  overdueCode: 'PLAN_ACTION_UNACKNOWLEDGED',
  answers: [
    {
      name: 'ACCEPTED',
      mutation: 'acceptPlanAction',
      by: 'ADDRESSEE',
      fields: shape({ how: text.nullish() }),
      settles: 'OWN',
    },
    {
      name: 'CANNOT_DELIVER',
      mutation: 'cannotDeliverAction',
      by: 'ADDRESSEE',
      fields: shape({ reason: z.enum(cannotReasons), explanation: text }),
      settles: 'OWN',
      // To whoever chairs the plan: a chair who is not told goes on believing that it is done.
      alsoTo: (_, { circle }) =>
        circle.responsibleLa === null
          ? []
          : [{ party: circle.responsibleLa, service: 'REVIEWING', duty: 'INFORM' as const }],
      shared: true,
    },
  ],
}
