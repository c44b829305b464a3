import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ukDay } from '../../records/dayAndAge.ts'
import { caseTeam } from '../involvedOrganisations.ts'
import type { Fields } from '../message.ts'
import {
  day,
  type MessageKind,
  objectsIn,
  type Refused,
  shape,
  shortText,
  text,
  textIn,
  whoDid,
} from '../messageKind.ts'
import { childId } from './commonFields.ts'

/** `CopyPartAbout`: each part but the last gives away where a child can be found. */
const abouts = ['PLACE', 'SCHOOL', 'HEALTH_SERVICE', 'OTHER'] as const
const places: ReadonlySet<unknown> = new Set(abouts.filter((about) => about !== 'OTHER'))

/** A postcode of the United Kingdom, as it stands in running text. */
const postcode = /\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b/i

/**
 * Why copies may not go out yet. Who somebody is was checked by a named person before anything is sent to them; where a
 * child can be found stands in the parts that can be left out, and in no other.
 */
function notYet(fields: Fields, today: string): Refused | null {
  const unchecked = objectsIn(fields, 'to')
    .filter((person) => !person['identityCheckedBy'] || !person['identityCheckedOn'])
    .map((person) => textIn(person, 'name'))
  if (unchecked.length > 0)
    return {
      ...{ code: 'CONFLICT', reason: 'IDENTITY_NOT_CHECKED', list: unchecked },
      message: 'Nothing is sent to somebody whose identity nobody has checked.',
    }
  if (objectsIn(fields, 'to').some((person) => textIn(person, 'identityCheckedOn') > today))
    return { code: 'BAD_INPUT', reason: 'IDENTITY_CHECKED_ON', message: 'An identity cannot be checked in the future.' }
  if (objectsIn(fields, 'parts').some(({ about, text: said }) => about === 'OTHER' && postcode.test(String(said))))
    return {
      ...{ code: 'BAD_INPUT', reason: 'PLACE_IN_TEXT' },
      message: 'A part that is of no place has a postcode in it: write it as a part of its own.',
    }
  return null
}

/** One person's copy: what stands in it, what was left out, and the hash of exactly that text. */
function copyFor(person: Fields, parts: readonly Fields[], placeProtected: boolean): Fields {
  const isKept = person['withoutPlace'] === true || (placeProtected && person['livesWithChild'] !== true)
  const left = isKept ? parts.filter(({ about }) => places.has(about)) : []
  const copy = parts
    .filter((part) => !left.includes(part))
    .map((part) => textIn(part, 'text'))
    .join('\n\n')
  return {
    text: copy,
    to: textIn(person, 'name'),
    lacks: [...new Set(left.map((part) => textIn(part, 'about')))],
    sha256: createHash('sha256').update(copy).digest('hex'),
  }
}

/**
 * What goes to members of the family is written for each: a copy for all is how an address reached whom it was kept
 * from. Where a place must not be found, it is left out but for those who live with the child.
 */
export const familyCopies: MessageKind = {
  name: 'FAMILY_COPIES',
  version: 1,
  title: 'Copies for the family',
  source:
    'Reviews found minutes with an address sent to whom it was kept from; guidance of 2026 on minutes by recipient',
  mutation: 'copyForFamily',
  fields: shape({
    childId,
    document: z.enum(['INVITATION', 'MINUTES']),
    parts: z
      .array(z.strictObject({ about: z.enum(abouts), text }))
      .min(1)
      .max(30),
    to: z
      .array(
        z.strictObject({
          name: shortText,
          relation: shortText,
          livesWithChild: z.boolean(),
          identityCheckedBy: whoDid.nullish(),
          identityCheckedOn: day.nullish(),
          /** Left out for this person though no place of the child is protected. */
          withoutPlace: z.boolean().nullish(),
        }),
      )
      .min(1)
      .max(10),
  }),
  from: ['CASE_TEAM', 'FRONT_DOOR', 'MANAGERS', 'REVIEWING'],
  child: 'PARTY',
  tellsPlace: true,
  guard: (fields, _, now) => notYet(fields, ukDay(now)),
  complete: (fields, { placeProtected }) => ({
    ...fields,
    copies: objectsIn(fields, 'to').map((person) => copyFor(person, objectsIn(fields, 'parts'), placeProtected)),
  }),
  to: (_, { circle }) => caseTeam(circle, 'INFORM'),
  told: 'NAMED',
  due: () => null,
  overdueCode: null,
  closed: true,
  answers: [],
}
