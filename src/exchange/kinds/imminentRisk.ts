import { z } from 'zod'
import { carersOf, caseTeam, forcesOf, frontDoors } from '../involvedOrganisations.ts'
import { evidence, type MessageKind, shape, text } from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { acknowledged, childId } from './commonFields.ts'

/**
 * A child is in danger within hours or days. It reaches carer, police and social care within the request, from whoever
 * knows it and whatever else is closed to them; and the sender learns nothing by it, not even whether there is such a
 * child.
 */
export const imminentRisk: MessageKind = {
  name: 'IMMINENT_RISK',
  version: 1,
  title: 'Imminent risk',
  source:
    'Reviews found a school that knew of a planned missing episode; Children Act 2004 ss.10 and 11, vital interests',
  mutation: 'tellImminentRisk',
  fields: shape({
    childId,
    risk: text,
    evidence,
    when: z.string().trim().max(300).nullish(),
    /** The carer is part of it, and is then not told. */
    concernsCarer: z.boolean(),
  }),
  from: null,
  child: 'ANY',
  urgent: true,
  to: ({ concernsCarer }, sending) => [
    ...frontDoors(sending, 'ANSWER'),
    ...caseTeam(sending.circle, 'ANSWER'),
    ...forcesOf(sending, 'ANSWER'),
    ...(concernsCarer === true ? [] : carersOf(sending.circle, 'ANSWER')),
  ],
  told: ["Children's social care", 'Police', 'The carer, where there is one on record and it does not concern them'],
  due: (_, { now, procedures }) => clock(procedures, 'imminentRisk', now),
  overdueCode: 'IMMINENT_RISK',
  answers: [acknowledged()],
}
