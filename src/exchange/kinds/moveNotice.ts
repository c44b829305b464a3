import { z } from 'zod'
import { carersOf, caseTeam, forcesOf, involvedOf } from '../involvedOrganisations.ts'
import type { Addressee } from '../message.ts'
import { type MessageKind, shape, shortText, textIn } from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { acknowledged, childId } from './commonFields.ts'

/**
 * A child has moved or will: whoever learns it tells all who work with them, but nobody from whom the place is kept.
 */
export const moveNotice: MessageKind = {
  name: 'MOVE_NOTICE',
  version: 1,
  title: 'A child moves',
  source:
    'Local procedures on children who move: any agency that learns of a move tells the others, within five working days',
  mutation: 'tellMove',
  fields: shape({
    childId,
    movesOn: z.iso.date(),
    toLa: z.string().regex(/^[A-Z0-9-]{1,16}$/),
    learntOn: z.iso.date(),
    /** Whether the family says that it is for good. */
    permanent: z.boolean().nullish(),
    source: shortText,
  }),
  from: null,
  child: 'PARTY',
  tellsPlace: true,
  to: (fields, sending): readonly Addressee[] => [
    ...caseTeam(sending.circle, 'ANSWER'),
    ...forcesOf(sending, 'ANSWER'),
    ...carersOf(sending.circle, 'ANSWER'),
    ...involvedOf(sending.circle, null, 'ANSWER'),
    ...(sending.registry.authorities.has(textIn(fields, 'toLa'))
      ? [{ party: textIn(fields, 'toLa'), service: 'FRONT_DOOR' as const, duty: 'ANSWER' as const }]
      : []),
  ],
  told: ['All who work with the child and may know where they live', 'The authority of the new area'],
  due: (_, { now, procedures }) => clock(procedures, 'moveNotice', now),
  overdueCode: 'MOVE_NOT_ACKNOWLEDGED',
  answers: [acknowledged()],
}
