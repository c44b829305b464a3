import { z } from 'zod'
import { carersOf, caseTeam, forcesOf, involvedOf } from '../involvedOrganisations.ts'
import type { StoredMessage } from '../message.ts'
import { decision, type MessageKind, shape, shortText, text } from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { addressee, namedAll } from '../resolveAddressee.ts'
import { acknowledged, childId, decline } from './commonFields.ts'

const meetingTypes = [
  'STRATEGY_DISCUSSION',
  'MISSING_STRATEGY',
  'CHILD_PROTECTION_CONFERENCE',
  'CLA_REVIEW',
  'CORE_GROUP',
  'CHILD_IN_NEED',
  'EARLY_HELP',
  'PROFESSIONALS',
] as const

const hasOutcome = ({ events }: StoredMessage): boolean => events.some(({ kind }) => kind === 'OUTCOME')

/**
 * Everybody who works with the child is invited, in the area that keeps the case and in the one where the child lives:
 * an invitation that only goes to the convenor's own systems stops at the boundary.
 */
export const meeting: MessageKind = {
  name: 'MEETING',
  version: 1,
  title: 'Invitation to a meeting',
  source:
    'Reviews found that invitations did not reach professionals across the boundary, and outcomes not on every file',
  mutation: 'inviteToMeeting',
  fields: shape({
    childId,
    type: z.enum(meetingTypes),
    at: z.iso.datetime(),
    where: shortText,
    purpose: text,
    chair: shortText,
    also: z.array(addressee).max(30),
    /** Those whom the child chose not to have there: a choice, and no absence. */
    notChosenByChild: z.array(z.string().max(60)).max(30),
  }),
  namesOthers: ['also', 'notChosenByChild'],
  from: ['CASE_TEAM', 'FRONT_DOOR', 'MANAGERS', 'REVIEWING'],
  child: 'PARTY',
  to: ({ also, notChosenByChild }, sending) => {
    const chosenOut = Array.isArray(notChosenByChild) ? notChosenByChild : []
    return [
      ...caseTeam(sending.circle, 'ANSWER'),
      ...carersOf(sending.circle, 'ANSWER'),
      ...involvedOf(sending.circle, null, 'ANSWER'),
      ...forcesOf(sending, 'ANSWER'),
      ...namedAll(also, sending, 'ANSWER'),
    ].filter(({ party }) => !chosenOut.includes(party))
  },
  told: 'NAMED',
  tellsPlace: true,
  due: (_, { now, procedures }) => clock(procedures, 'meetingAnswer', now),
  overdueCode: 'AGENCY_NON_PARTICIPATION',
  answers: [
    {
      name: 'ACCEPTED',
      mutation: 'acceptInvitation',
      by: 'ADDRESSEE',
      fields: shape({ contribution: text.nullish(), sendsReport: z.boolean() }),
      settles: 'OWN',
      refuse: (_, __, message) => (hasOutcome(message) ? 'The meeting was held.' : null),
    },
    decline(),
    {
      name: 'OUTCOME',
      mutation: 'recordMeetingOutcome',
      by: 'SENDER',
      fields: shape({ outcome: text, attended: z.array(z.string().max(60)).max(60), ...decision }),
      namesOthers: ['attended'],
      settles: null,
      shared: true,
      once: true,
      // From here on every attendee owes that the outcome stands on its own file.
      asksAgain: ({ attended }) => (Array.isArray(attended) ? attended.map(String) : []),
      againDue: ({ now, procedures }) => clock(procedures, 'outcomeFiling', now),
      overdueCode: 'OUTCOME_NOT_FILED',
    },
    {
      ...acknowledged(),
      name: 'FILED',
      mutation: 'fileOutcome',
      refuse: (_, __, message) => (hasOutcome(message) ? null : 'There is no outcome to file yet.'),
    },
  ],
}
