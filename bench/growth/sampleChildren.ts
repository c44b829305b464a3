import type pg from 'pg'
import type { Dice } from '../../seeds/generated/dice.ts'
import { childId } from '../../seeds/generated/families.ts'
import { hubs } from '../issuer.ts'
import { shuffled } from '../shuffled.ts'
import { isGenerated } from './tables.ts'

/** A child of the small population whom the question is about, and the authority whose hub may ask. */
export interface Asked {
  readonly id: string
  readonly number: number
  readonly la: string
}

/** Every child whom all five agencies know and with whom an authority that has a hub has to do. */
export async function knownToAll(client: pg.Client): Promise<readonly Asked[]> {
  const { rows } = await client.query<Asked>(
    `select child_id as id, substr(child_id, 2)::int as number, area_la as la from gateway.child
     where ${isGenerated('child_id')} and area_la = any($1::text[])
       and (select count(distinct agency) from gateway.link where link.child_id = child.child_id) = 5
       and exists (select from gateway.relationship
         where relationship.child_id = child.child_id and organisation = area_la || '-CSC')
     order by 1`,
    [hubs],
  )
  return rows
}

/** Other children of the same authorities: most of them known to the universal services alone. */
export async function anyOthers(client: pg.Client, known: readonly Asked[], most: number): Promise<readonly Asked[]> {
  const { rows } = await client.query<Asked>(
    `select child_id as id, substr(child_id, 2)::int as number, area_la as la from gateway.child
     where ${isGenerated('child_id')} and area_la = any($1::text[]) and child_id <> all($2::text[])
     order by md5(child_id) limit $3`,
    [hubs, known.map(({ id }) => id), most],
  )
  return rows
}

/** One child as a database has it. */
export interface SampledChild {
  readonly id: string
  readonly la: string
}

/**
 * The same children in a population of copies, each in equally many of them, so that answers weigh the same on small
 * and on large data. The copies are drawn from all.
 */
export function inCopies(
  asked: readonly Asked[],
  children: number,
  copies: number,
  atLeast: number,
  dice: Dice,
): readonly SampledChild[] {
  const each = Math.min(copies, Math.max(1, Math.ceil(atLeast / Math.max(1, asked.length))))
  const places = Array.from({ length: copies }, (_, place) => place)
  return asked.flatMap(({ number, la }) =>
    shuffled(places, dice)
      .slice(0, each)
      .map((copy) => ({ id: childId(number + copy * children), la })),
  )
}

/** Of one hub, who ask about one child of the large data. */
export const fewPractitioners = 5

/**
 * Who asks about whom, in one pass over a sample. Facts are kept for one practitioner and child. Whatever the size of
 * the sample, up to `most`, a pass has `most` questions by equally many practitioners, and passes have equally many
 * pairs of one who asks and a child: so a pair comes again equally often, as much is found kept, and what differs is
 * the data.
 *
 * @param most children in the largest sample.
 * @param least children in the smallest, of which the others hold each in copies, side by side.
 */
export const pairsOf = (most: number, least: number) => {
  const groups = Math.max(1, Math.round(most / Math.max(1, least)))
  return (
    sample: readonly SampledChild[],
    dice: Dice,
  ): readonly { readonly child: SampledChild; readonly practitioner: number }[] => {
    const times = Math.max(1, Math.round(most / Math.max(1, sample.length)))
    return sample
      .flatMap((child) => Array.from({ length: times }, () => child))
      .map((child, nth) => ({
        child,
        practitioner: (nth % groups) + groups * dice.between(0, fewPractitioners - 1),
      }))
  }
}

const named = new Set(['id', 'nhsNumber', 'upn', 'laChildId'])

/** What an answer says, without the names that copies do not share, and without the order that follows from them. */
export function withoutNames(answer: unknown): unknown {
  if (Array.isArray(answer))
    return answer
      .map((item) => JSON.stringify(withoutNames(item)))
      .sort()
      .map((text): unknown => JSON.parse(text))
  if (typeof answer !== 'object' || answer === null) return answer
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([key]) => !named.has(key))
      .map(([key, value]) => [key, withoutNames(value)]),
  )
}
