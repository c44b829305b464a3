import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isoText } from '../facts/factsStatement.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Database } from '../store/database.ts'

/** The organisation of whoever recorded an entry, as the registers keep role and organisation. */
const recordedBy = "substring(recorded_by from ', ([^,]+)$')"

/**
 * What is over of each register, since when, and whose entry it is: an entry in force is never erased. The audit log
 * has a command of its own.
 */
const overSince = {
  consent: ['gateway.consent', 'coalesce(withdrawn_at, expires_on::timestamptz)', recordedBy],
  hold: ['gateway.hold', "coalesce(released_at, case when kind = 'EMBARGO' then until end)", 'organisation'],
  relationship: ['gateway.relationship', 'to_on::timestamptz', 'organisation'],
  agreement: ['gateway.agreement', 'to_on::timestamptz', 'organisation'],
  courtOrder: ['gateway.court_order', 'coalesce(ended_at, expires_on::timestamptz)', recordedBy],
  bar: ['gateway.bar', 'ended_at', recordedBy],
  responsibility: ['gateway.parental_responsibility', 'ended_at', recordedBy],
  harmSignal: ['gateway.harm_signal', 'coalesce(ended_at, ends_at)', 'organisation'],
  case: ['gateway.governance_case', 'closed_at', 'controller'],
} as const
export type Retained = keyof typeof overSince | 'audit'
export const retainedRegisters = [...Object.keys(overSince), 'audit'] as readonly Retained[]

export interface RetentionRule {
  readonly id: string
  readonly register: string
  readonly keepDays: number
  readonly basis: string
  readonly proposedBy: string
  readonly approvedBy: string | null
}

const registerIn = (text: string): Retained => {
  const found = retainedRegisters.find((each) => each === text)
  if (!found) throw new Refusal('BAD_INPUT', { message: `There is no such register: ${retainedRegisters.join(', ')}.` })
  return found
}

/** Proposes how long what is over of a register is kept. It holds once another person approves it. */
export async function proposeRetention(
  { knex }: Pick<Database, 'knex'>,
  rule: Omit<RetentionRule, 'id' | 'approvedBy'>,
  at: Date,
): Promise<string> {
  registerIn(rule.register)
  if (!Number.isInteger(rule.keepDays) || rule.keepDays < 1 || rule.keepDays > 36_525)
    throw new Refusal('BAD_INPUT', { message: 'Kept for 1 to 36525 days.' })
  const id = randomUUID()
  await knex('gateway.retention').insert({
    ...{ id, register: rule.register, keep_days: rule.keepDays, basis: rule.basis },
    ...{ proposed_by: rule.proposedBy, proposed_at: at.toISOString() },
  })
  return id
}

/** Approves a rule, as another person than proposed it. @throws Refusal */
export async function approveRetention(
  { knex }: Pick<Database, 'knex'>,
  id: string,
  by: string,
  at: Date,
): Promise<void> {
  const changed = await knex('gateway.retention')
    .where({ id })
    .whereNull('approved_at')
    .whereNot({ proposed_by: by })
    .update({ approved_by: by, approved_at: at.toISOString() })
  if (changed !== 1)
    throw new Refusal('CONFLICT', {
      message: 'Another person approves a rule that waits; this one does not wait, or is yours.',
    })
}

/** Every rule; of each register the latest that was approved holds. */
export async function retentionRules(database: Pick<Database, 'rows'>): Promise<readonly RetentionRule[]> {
  const text = `select id, register, keep_days::text, basis, proposed_by, approved_by from gateway.retention
    order by register, approved_at desc nulls last, id`
  const rows = await database.rows({ name: 'retention_rules', text, values: [] })
  return rows.map(([id, register, keepDays, basis, proposedBy, approvedBy]) => ({
    id: id ?? '',
    register: register ?? '',
    keepDays: Number(keepDays ?? 0),
    basis: basis ?? '',
    proposedBy: proposedBy ?? '',
    approvedBy: approvedBy ?? null,
  }))
}

export interface NewLegalHold {
  readonly register: string
  readonly reason: string
  readonly by: string
  /**
   * Whose entries it keeps: an authority's hold keeps those of its own controller. Null, an operator's, keeps
   * everybody's: for an inquiry that the whole partnership answers.
   */
  readonly organisations: readonly string[] | null
}

/** Keeps a register, or all of them, from being erased: an inquiry needs it. */
export async function placeLegalHold(
  { knex }: Pick<Database, 'knex'>,
  { register, reason, by, organisations }: NewLegalHold,
  at: Date,
): Promise<string> {
  if (register !== 'all') registerIn(register)
  const id = randomUUID()
  const row = { id, register, reason, placed_by: by, placed_at: at.toISOString(), organisations }
  await knex('gateway.legal_hold').insert(row)
  return id
}

/** Ends one. By another person than placed it. @throws Refusal */
export async function endLegalHold({ knex }: Pick<Database, 'knex'>, id: string, by: string, at: Date): Promise<void> {
  const changed = await knex('gateway.legal_hold')
    .where({ id })
    .whereNull('ended_at')
    .whereNot({ placed_by: by })
    .update({ ended_by: by, ended_at: at.toISOString() })
  if (changed !== 1)
    throw new Refusal('CONFLICT', {
      message: 'Another person ends a hold that stands; this one does not stand, or is yours.',
    })
}

const codes = z.array(z.string())

/** What must not be erased while an inquiry needs it. */
export interface LegalHold {
  readonly id: string
  readonly register: string
  readonly reason: string
  readonly placedBy: string
  readonly placedAt: string
  readonly endedAt: string | null
  /** Whose entries it keeps; null: everybody's. */
  readonly organisations: readonly string[] | null
}

/** Every legal hold; those that stand first. */
export async function legalHolds(database: Pick<Database, 'rows'>): Promise<readonly LegalHold[]> {
  const text = `select id, register, reason, placed_by, ${isoText('placed_at')}, ${isoText('ended_at')},
    to_json(organisations)::text
    from gateway.legal_hold order by ended_at is not null, placed_at desc, id`
  const rows = await database.rows({ name: 'legal_holds', text, values: [] })
  return rows.map(([id, register, reason, placedBy, placedAt, endedAt, organisations]) => ({
    ...{ id: id ?? '', register: register ?? '', reason: reason ?? '' },
    ...{ placedBy: placedBy ?? '', placedAt: placedAt ?? '', endedAt: endedAt ?? null },
    organisations: organisations == null ? null : codes.parse(JSON.parse(organisations)),
  }))
}

/** The registers' schedule as a request has it. What is due is erased by command alone. */
export const retentionRegister = (database: Pick<Database, 'knex' | 'rows'>) => ({
  propose: (rule: Omit<RetentionRule, 'id' | 'approvedBy'>, at: Date) => proposeRetention(database, rule, at),
  approve: (id: string, by: string, at: Date) => approveRetention(database, id, by, at),
  rules: () => retentionRules(database),
  place: (hold: Parameters<typeof placeLegalHold>[1], at: Date) => placeLegalHold(database, hold, at),
  end: (id: string, by: string, at: Date) => endLegalHold(database, id, by, at),
  holds: () => legalHolds(database),
})
export type RetentionRegister = ReturnType<typeof retentionRegister>

/** Organisations whose entries of a register are kept by a legal hold; everybody's where an operator placed one. */
export async function heldFor(
  database: Pick<Database, 'rows'>,
  register: Retained,
): Promise<readonly string[] | 'EVERYBODY'> {
  const standing = (await legalHolds(database)).filter(
    (hold) => hold.endedAt === null && (hold.register === 'all' || hold.register === register),
  )
  if (standing.some(({ organisations }) => organisations === null)) return 'EVERYBODY'
  return [...new Set(standing.flatMap(({ organisations }) => organisations ?? []))]
}

/** Why nothing of a register may be erased that was over before a day; null where it may. */
export async function whyKept(
  database: Pick<Database, 'rows'>,
  register: Retained,
  before: Date,
  now: Date,
): Promise<'LEGAL_HOLD' | 'NO_RULE' | 'TOO_EARLY' | null> {
  if ((await heldFor(database, register)) === 'EVERYBODY') return 'LEGAL_HOLD'
  const text = `select keep_days::text from gateway.retention where register = $1::text and approved_at is not null
    order by approved_at desc, id limit 1`
  const [row] = await database.rows({ name: 'retention_standing', text, values: [register] })
  const days = row?.[0]
  if (days == null) return 'NO_RULE'
  return before.getTime() > now.getTime() - Number(days) * 86_400_000 ? 'TOO_EARLY' : null
}

/**
 * Erases what has been over for as long as the approved rule keeps it; answers how many. What a legal hold keeps stays:
 * entries of the authority that placed it, and those that do not say whose they are.
 *
 * @throws Refusal
 */
export async function eraseOver(database: Database, register: string, now: Date): Promise<number> {
  const named = registerIn(register)
  if (named === 'audit') throw new Refusal('BAD_INPUT', { message: 'The log is erased by `wholeview audit erase`.' })
  const rule = (await retentionRules(database)).find((each) => each.register === named && each.approvedBy !== null)
  const before = new Date(now.getTime() - (rule?.keepDays ?? 0) * 86_400_000)
  const kept = await whyKept(database, named, before, now)
  if (kept !== null) throw new Refusal('CONFLICT', { message: whyWords[kept] })
  const held = await heldFor(database, named)
  if (held === 'EVERYBODY') throw new Refusal('CONFLICT', { message: whyWords.LEGAL_HOLD })
  const [table, since, whose] = overSince[named]
  const text = `with gone as (delete from ${table} where ${since} < $1::timestamptz
      and (cardinality($2::text[]) = 0 or (${whose}) <> all($2::text[])) returning 1)
    select count(*)::text from gone`
  const values = [before.toISOString(), held]
  const [row] = await database.rows({ name: `erase_over_${named}`, text, values })
  return Number(row?.[0] ?? 0)
}

/** Why something is kept, for whoever wanted it gone. */
export const whyWords = {
  LEGAL_HOLD: 'A legal hold stands: nothing is erased while it does.',
  NO_RULE: 'No rule was approved for this register: nothing is erased without one.',
  TOO_EARLY: 'The approved rule keeps it for longer.',
} as const
