import { randomUUID } from 'node:crypto'
import { isoText } from '../facts/factsStatement.ts'
import { recipientKey } from '../facts/recipientKey.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Caller } from '../policy/caller.ts'
import { pathOfPurpose, type Role } from '../policy/vocabulary.ts'
import { laterDay, ukDay } from '../records/dayAndAge.ts'
import type { Database } from '../store/database.ts'
import { rowsIn } from '../store/transactionRows.ts'
import type { RegisterPage } from './registerPage.ts'
import { neededReason } from './validateRegisterEntries.ts'

/** `BreakGlassSession` of `schema/governance.graphql`. */
export interface BreakGlassSession {
  readonly id: string
  readonly childId: string
  readonly organisation: string
  readonly role: string
  readonly reason: string
  readonly secondPerson: string | null
  readonly needsSecond: boolean
  readonly confirmedAt: string | null
  readonly openedAt: string
  readonly expiresAt: string
}

export interface NewBreakGlass {
  readonly childId: string
  readonly reason: string
  readonly secondPerson: string | null
  readonly minutes: number
}

export interface BreakGlassInput {
  readonly childId: string
  readonly reason: string
  readonly secondPerson?: string | null
  readonly minutes: number
}

const mostMinutes = 60
/** A review is due in so many days. */
const reviewDays = 5

/** Roles that see children and act; whoever advises, or reviews, opens no break-glass session. */
const neverBreak: readonly Role[] = ['INFORMATION_GOVERNANCE_OFFICER', 'LEGAL_OFFICER', 'ADOPTION_WORKER']

/** Decided by role and purpose alone, so that a refusal says nothing of whether the child is known. */
export function mayBreakGlass(
  caller: Pick<Caller, 'role' | 'purpose'>,
): 'ALLOWED' | 'ROLE_NOT_PERMITTED' | 'PURPOSE_NOT_PERMITTED' {
  if (neverBreak.includes(caller.role)) return 'ROLE_NOT_PERMITTED'
  const path = pathOfPurpose[caller.purpose]
  return path === 'METADATA' || path === 'CLOSED' ? 'PURPOSE_NOT_PERMITTED' : 'ALLOWED'
}

/**
 * A session ready to be opened.
 *
 * @param twoPersons whether the partnership wants a second person to confirm with their own token.
 */
export function newBreakGlass(
  input: BreakGlassInput,
  caller: Pick<Caller, 'subject'>,
  twoPersons: boolean,
): NewBreakGlass {
  const secondPerson = input.secondPerson?.trim() || null
  if (!(input.minutes >= 1 && input.minutes <= mostMinutes))
    throw new Refusal('BAD_INPUT', { message: `A session lasts 1 to ${mostMinutes} minutes.` })
  if (twoPersons && secondPerson === null)
    throw new Refusal('BAD_INPUT', { message: 'A second person is needed, who confirms with their own token.' })
  if (secondPerson === caller.subject || (secondPerson?.length ?? 0) > 200)
    throw new Refusal('BAD_INPUT', { message: 'The second person is another one, named as in their token.' })
  return { childId: input.childId, reason: neededReason(input.reason), secondPerson, minutes: input.minutes }
}

/** Who is notified at once: every agency that is linked to the child, and the authorities that answer for the child. */
export interface BreakGlassNotice {
  readonly agencies: readonly AgencyName[]
  readonly authorities: readonly string[]
  /** Whose information governance reviews. */
  readonly reviewer: string | null
}

const columns = `session.id::text, session.child_id::text, session.organisation::text, session.role::text, session.reason::text,
  session.second_person::text, session.needs_second::text, ${isoText('session.confirmed_at')}, ${isoText('session.opened_at')},
  ${isoText('session.expires_at')}`

/** Sessions of which a recipient was notified. */
const noticed = `select ${columns} from gateway.break_glass_notice notice
  join gateway.break_glass session on session.id = notice.break_glass_id where notice.recipient = $1::text`

/**
 * The register of sessions. Session, notices and review task are written together or not at all: none is opened unseen.
 */
export class BreakGlassRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async open(
    session: NewBreakGlass,
    caller: Caller,
    needsSecond: boolean,
    notice: BreakGlassNotice,
    at: Date,
  ): Promise<string> {
    const id = randomUUID()
    const opened = at.toISOString()
    const recipients = [...notice.authorities.map(recipientKey.governance), ...notice.agencies.map(recipientKey.agency)]
    await this.#database.knex.transaction(async (trx) => {
      const rows = rowsIn(trx)
      await rows({
        name: 'break_glass_lock',
        text: `select 1 as one from pg_advisory_xact_lock(hashtextextended('break_glass ' || $1::text, 0))`,
        values: [caller.organisation],
      })
      await refuseMore(rows, session.childId, caller, opened)
      await trx('gateway.break_glass').insert({
        id,
        child_id: session.childId,
        issuer: caller.issuer,
        subject: caller.subject,
        organisation: caller.organisation,
        role: caller.role,
        purpose: caller.purpose,
        reason: session.reason,
        second_person: session.secondPerson,
        needs_second: needsSecond,
        opened_at: opened,
        expires_at: new Date(at.getTime() + session.minutes * 60_000).toISOString(),
      })
      if (recipients.length > 0)
        await trx('gateway.break_glass_notice').insert(
          recipients.map((recipient) => ({
            id: randomUUID(),
            break_glass_id: id,
            child_id: session.childId,
            recipient,
            at: opened,
          })),
        )
      const dueOn = laterDay(ukDay(at), reviewDays)
      await trx('gateway.review').insert({
        id: randomUUID(),
        break_glass_id: id,
        child_id: session.childId,
        la: notice.reviewer,
        opened_at: opened,
        due_on: dueOn,
      })
      const duty = { child_id: session.childId, arisen_at: opened, due_on: dueOn }
      if (notice.reviewer !== null)
        await trx('gateway.obligation').insert([
          {
            ...duty,
            id: `${id}:alert`,
            kind: 'ALERT_PRIVACY_OFFICER',
            owner: recipientKey.governance(notice.reviewer),
          },
          {
            ...duty,
            id: `${id}:notify`,
            kind: 'NOTIFY_RESPONSIBLE_LA',
            owner: recipientKey.organisation(caller.organisation),
            discharged_at: opened,
            discharged_by: 'gateway',
            discharge_reason: 'Notified as the session was opened.',
          },
        ])
    })
    return id
  }

  /** Whether this call confirmed it: by the person who was named, in time, once. */
  async confirm(id: string, caller: Caller, at: Date): Promise<boolean> {
    const changed = await this.#database
      .knex('gateway.break_glass')
      .where({ id, issuer: caller.issuer, organisation: caller.organisation, second_person: caller.subject })
      .whereNot({ subject: caller.subject })
      .whereNull('confirmed_at')
      .where('expires_at', '>', at.toISOString())
      .update({ confirmed_at: at.toISOString() })
    return changed === 1
  }

  async byId(id: string): Promise<BreakGlassSession | null> {
    const text = `select ${columns} from gateway.break_glass session where session.id = $1::text`
    const [row] = await this.#database.rows({ name: 'break_glass_by_id', text, values: [id] })
    return row ? readSession(row) : null
  }

  /** Sessions of which one recipient was notified, latest first. */
  async noticesFor(recipient: string, { first, after }: RegisterPage): Promise<readonly BreakGlassSession[]> {
    const behind = `and (notice.at, notice.id) < (select at, id from gateway.break_glass_notice
      where break_glass_id = $2::text and recipient = $1::text)`
    const text = `${noticed} ${after === null ? 'and $2::text is null' : behind}
      order by notice.at desc, notice.id desc limit $3::int`
    const name = after === null ? 'break_glass_told' : 'break_glass_told_behind'
    return (await this.#database.rows({ name, text, values: [recipient, after, first] })).map(readSession)
  }

  /** The session of which this recipient was notified. */
  async noticeFor(recipient: string, id: string): Promise<BreakGlassSession | null> {
    const text = `${noticed} and session.id = $2::text`
    const [row] = await this.#database.rows({ name: 'break_glass_told_of', text, values: [recipient, id] })
    return row ? readSession(row) : null
  }
}

/**
 * Sessions that one organisation opens within a day, about one child and about all; and one of its people, who alone
 * must not use up what a colleague needs in an emergency.
 */
const mostInDay = { ofChild: 20, ofAll: 200, ofPersonAndChild: 5, ofPerson: 20 } as const

/**
 * Whoever has a session for a child needs no other, and a hundred of them would bury those of everybody else under
 * notices and reviews. One that waits for a second person opens nothing and holds up nobody.
 */
async function refuseMore(
  rows: Database['rows'],
  childId: string,
  { issuer, organisation, subject }: Caller,
  at: string,
): Promise<void> {
  const text = `select count(*) filter (where child_id = $2::text and issuer = $3::text and subject = $4::text
      and expires_at > $5::timestamptz and (confirmed_at is not null or not needs_second))::text as own,
    count(*) filter (where child_id = $2::text)::text as of_child, count(*)::text as of_all,
    count(*) filter (where child_id = $2::text and issuer = $3::text and subject = $4::text)::text
      as of_person_and_child,
    count(*) filter (where issuer = $3::text and subject = $4::text)::text as of_person
    from gateway.break_glass where organisation = $1::text and opened_at > $5::timestamptz - interval '1 day'`
  const values = [organisation, childId, issuer, subject, at]
  const [own, ofChild, ofAll, ofPersonAndChild, ofPerson] = (
    (await rows({ name: 'break_glass_opened', text, values }))[0] ?? []
  ).map(Number)
  if ((own ?? 0) > 0)
    throw new Refusal('CONFLICT', {
      message: 'You have a break-glass session for this child already.',
      extensions: { reason: 'IN_FORCE' },
    })
  const opened = { ofChild, ofAll, ofPersonAndChild, ofPerson }
  const isOver = (which: keyof typeof mostInDay) => (opened[which] ?? 0) >= mostInDay[which]
  if (isOver('ofPersonAndChild') || isOver('ofPerson') || isOver('ofChild') || isOver('ofAll'))
    throw new Refusal('REGISTER_FULL')
}

function readSession(row: readonly (string | null)[]): BreakGlassSession {
  const [id, childId, organisation, role, reason, secondPerson, needsSecond, confirmedAt, openedAt, expiresAt] = row
  return {
    id: id ?? '',
    childId: childId ?? '',
    organisation: organisation ?? '',
    role: role ?? '',
    reason: reason ?? '',
    secondPerson: secondPerson ?? null,
    needsSecond: needsSecond === 'true',
    confirmedAt: confirmedAt ?? null,
    openedAt: openedAt ?? '',
    expiresAt: expiresAt ?? '',
  }
}
