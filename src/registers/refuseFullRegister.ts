import { Refusal } from '../foundation/errors.ts'
import { ukDay } from '../records/dayAndAge.ts'
import type { Database } from '../store/database.ts'

/** Entries in force that one organisation keeps about one child in one register, at most. */
export const mostInForce = 200

type Register = 'consent' | 'hold' | 'relationship'

/** Of $2, in force at $3, whose day is $4. Who recorded it is written `ROLE, ORGANISATION`. */
const inForce: Readonly<Record<Register, string>> = {
  consent: `substring(recorded_by from ', ([^,]+)$') = $2::text and $3::timestamptz is not null and withdrawn_at is null
    and (expires_on is null or expires_on >= $4::date)`,
  hold: `organisation = $2::text and released_at is null and $4::date is not null
    and (kind <> 'EMBARGO' or until is null or until > $3::timestamptz)`,
  relationship: `substring(recorded_by from ', ([^,]+)$') = $2::text and $3::timestamptz is not null
    and (to_on is null or to_on > $4::date)`,
}

/**
 * Every decision about a child looks at what stands in the registers, so that there is an end to it. What is over does
 * not count: whoever is refused can end what no longer holds.
 */
export async function refuseFull(
  database: Pick<Database, 'rows'>,
  register: Register,
  childId: string,
  organisation: string,
  now: Date,
): Promise<void> {
  const text = `select count(*)::text from (select from gateway.${register}
    where child_id = $1::text and ${inForce[register]} limit ${mostInForce}) standing`
  const values = [childId, organisation, now.toISOString(), ukDay(now)]
  const [row] = await database.rows({ name: `${register}_full`, text, values })
  if (Number(row?.[0] ?? 0) >= mostInForce) throw new Refusal('REGISTER_FULL')
}

/** The organisation in the signature of whoever recorded something. */
export const organisationOf = (signature: string): string => /, ([^,]+)$/.exec(signature)?.[1] ?? ''
