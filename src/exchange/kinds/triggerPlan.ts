import { carersOf, caseTeam, forcesOf } from '../involvedOrganisations.ts'
import { decision, type MessageKind, shape, text } from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { acknowledged, childId } from './commonFields.ts'

/**
 * What everybody does when the child is next missing or the placement breaks down. It stands first while it is in
 * force.
 */
export const triggerPlan: MessageKind = {
  name: 'TRIGGER_PLAN',
  version: 1,
  title: 'Trigger plan',
  source: 'Reviews asked for a plan of first actions for the next missing episode, known to all who would act',
  mutation: 'shareTriggerPlan',
  fields: shape({ childId, plan: text, likelyPlaces: text.nullish(), whoIsTrusted: text.nullish(), ...decision }),
  from: ['CASE_TEAM', 'MANAGERS', 'POLICE', 'REVIEWING'],
  child: 'PARTY',
  pinned: true,
  tellsPlace: true,
  to: (_, sending) => [
    ...caseTeam(sending.circle, 'ANSWER'),
    ...forcesOf(sending, 'ANSWER'),
    ...carersOf(sending.circle, 'ANSWER'),
  ],
  told: ["Children's social care", 'Police', 'The carer, where there is one on record'],
  due: (_, { now, procedures }) => clock(procedures, 'planAction', now),
  overdueCode: 'PLAN_ACTION_UNACKNOWLEDGED',
  answers: [
    acknowledged(),
    {
      name: 'ENDED',
      mutation: 'endTriggerPlan',
      by: 'SENDER',
      fields: shape({ reason: text, ...decision }),
      settles: 'ALL',
      shared: true,
    },
  ],
}
