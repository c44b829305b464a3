import { decision, type MessageKind, shape, text } from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { childId } from './commonFields.ts'

/** Whoever heads the service is told of a case of high risk, and says what they decided. */
export const seniorOversight: MessageKind = {
  name: 'SENIOR_OVERSIGHT',
  version: 1,
  title: 'Senior oversight',
  source:
    'Reviews asked for a complex-case discussion and notice to the head of service after repeated missing episodes',
  mutation: 'requestSeniorOversight',
  fields: shape({ childId, why: text, knownSoFar: text }),
  from: ['CASE_TEAM', 'FRONT_DOOR', 'MANAGERS', 'REVIEWING'],
  child: 'PARTY',
  to: (_, { circle, sender }) => {
    const la = circle.responsibleLa ?? sender.la
    return la === null ? [] : [{ party: la, service: 'SENIOR_MANAGERS', duty: 'ANSWER' }]
  },
  told: 'NAMED',
  due: (_, { now, procedures }) => clock(procedures, 'seniorOversight', now),
  overdueCode: 'SENIOR_OVERSIGHT_DUE',
  answers: [
    {
      name: 'OVERSIGHT',
      mutation: 'recordSeniorOversight',
      by: 'ADDRESSEE',
      fields: shape({ decision: text, reason: text, ...decision }),
      settles: 'ALL',
      shared: true,
    },
  ],
}
