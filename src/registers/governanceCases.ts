import { randomUUID } from 'node:crypto'
import { isoText } from '../facts/factsStatement.ts'
import { Refusal } from '../foundation/errors.ts'
import { ukDay } from '../records/dayAndAge.ts'
import type { Database } from '../store/database.ts'
import { behindIn, type RegisterPage } from './registerPage.ts'

/** What governance has to answer, and its clock. */
export const caseKinds = ['COMPLAINT', 'BREACH', 'SUBJECT_REQUEST'] as const
export type CaseKind = (typeof caseKinds)[number]

export interface GovernanceCase {
  readonly id: string
  readonly kind: CaseKind
  /** Who answers: a controller's code, for example LA2 or NHS-LA5-GP. */
  readonly controller: string
  readonly childId: string | null
  readonly receivedOn: string
  readonly dueAt: string
  readonly summary: string
  /** Of a request: that whoever asks is who they say, and may. */
  readonly identityChecked: boolean
  readonly recordedBy: string
  readonly closedAt: string | null
  readonly outcome: string | null
}

export type NewCase = Omit<GovernanceCase, 'id' | 'dueAt' | 'closedAt' | 'outcome'>

/**
 * When it must be answered. A complaint is acknowledged within 30 days (Data Protection Act 2018 s.164A, commencement
 * not verified); a breach is told to the Commissioner within 72 hours (UK GDPR Art 33); a request is answered within a
 * month (Art 12(3)), on the last day of a month that has no such day.
 */
export function dueOf(kind: CaseKind, receivedOn: string): string {
  const day = new Date(`${receivedOn}T00:00:00Z`)
  if (kind === 'COMPLAINT') day.setUTCDate(day.getUTCDate() + 30)
  if (kind === 'BREACH') day.setUTCHours(72)
  if (kind === 'SUBJECT_REQUEST') {
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 2, 0)).getUTCDate()
    day.setUTCDate(Math.min(day.getUTCDate(), last))
    day.setUTCMonth(day.getUTCMonth() + 1)
  }
  return day.toISOString()
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

/** Takes a case in. @throws Refusal with what is wrong with it. */
export async function addCase({ knex }: Pick<Database, 'knex'>, made: NewCase, at: Date): Promise<string> {
  const problems = [
    ...(/^[A-Z0-9][A-Z0-9-]{0,31}$/.test(made.controller) ? [] : [`${made.controller} is no code of a controller.`]),
    ...(isDay(made.receivedOn) && made.receivedOn <= ukDay(at)
      ? []
      : [`${made.receivedOn} is not a day that has been.`]),
    ...(made.summary.trim() === '' ? ['A summary is needed.'] : []),
    ...(made.kind === 'SUBJECT_REQUEST' && made.childId === null ? ['Name the child whom the request is about.'] : []),
  ]
  if (problems.length > 0) throw new Refusal('BAD_INPUT', { message: problems.join(' ') })
  const id = randomUUID()
  await knex('gateway.governance_case').insert({
    ...{ id, kind: made.kind, controller: made.controller, child_id: made.childId, received_on: made.receivedOn },
    ...{ due_at: dueOf(made.kind, made.receivedOn), summary: made.summary.trim() },
    ...{ identity_checked: made.identityChecked, recorded_by: made.recordedBy, recorded_at: at.toISOString() },
  })
  return id
}

/** Closes a case. A request is closed by nobody before it is known who asks. @throws Refusal */
export async function closeCase(
  database: Pick<Database, 'knex' | 'rows'>,
  id: string,
  {
    by,
    outcome,
    identityChecked,
  }: { readonly by: string; readonly outcome: string; readonly identityChecked: boolean },
  at: Date,
): Promise<void> {
  const found = await caseById(database, id)
  if (!found || found.closedAt !== null) throw new Refusal('NOT_FOUND', { message: 'There is no such open case.' })
  if (found.kind === 'SUBJECT_REQUEST' && !found.identityChecked && !identityChecked)
    throw new Refusal('BAD_INPUT', { message: 'It must have been checked who asks, and be said so.' })
  await database
    .knex('gateway.governance_case')
    .where({ id })
    .update({
      ...{ closed_by: by, closed_at: at.toISOString(), outcome, identity_checked: true },
    })
}

/** Notes what was done meanwhile. */
export async function noteCase(
  { knex }: Pick<Database, 'knex'>,
  caseId: string,
  { by, note }: { readonly by: string; readonly note: string },
  at: Date,
): Promise<void> {
  const [known] = await knex('gateway.governance_case').select('id').where({ id: caseId })
  if (!known) throw new Refusal('NOT_FOUND', { message: 'There is no such case.' })
  await knex('gateway.governance_step').insert({ id: randomUUID(), case_id: caseId, at: at.toISOString(), by, note })
}

const place = 'closed_at is not null, due_at, id'

/** Cases of a `where` clause; those still open first, by when they are due. */
async function casesWhere(
  { rows }: Pick<Database, 'rows'>,
  name: string,
  where: string,
  values: readonly unknown[],
): Promise<readonly GovernanceCase[]> {
  const text = `select id, kind, controller, child_id, received_on::text, ${isoText('due_at')}, summary,
      identity_checked::text, recorded_by, ${isoText('closed_at')}, outcome
    from gateway.governance_case ${where}`
  return (await rows({ name, text, values })).flatMap(
    ([id, kind, controller, childId, receivedOn, dueAt, summary, checked, recordedBy, closedAt, outcome]) => {
      const known = caseKinds.find((each) => each === kind)
      // The table takes no other kind.
      if (!known) return []
      return [
        {
          id: id ?? '',
          kind: known,
          controller: controller ?? '',
          childId: childId ?? null,
          receivedOn: receivedOn ?? '',
          dueAt: dueAt ?? '',
          summary: summary ?? '',
          identityChecked: checked === 'true',
          recordedBy: recordedBy ?? '',
          closedAt: closedAt ?? null,
          outcome: outcome ?? null,
        },
      ]
    },
  )
}

/** All of them; those still open first, by when they are due. */
export const casesIn = (database: Pick<Database, 'rows'>): Promise<readonly GovernanceCase[]> =>
  casesWhere(database, 'governance_cases', `order by ${place}`, [])

async function caseById(database: Pick<Database, 'rows'>, id: string): Promise<GovernanceCase | null> {
  const [found] = await casesWhere(database, 'governance_case', 'where id = $1', [id])
  return found ?? null
}

/** A page of those of some controllers. */
function casesOf(
  database: Pick<Database, 'rows'>,
  controllers: readonly string[],
  { first, after }: RegisterPage,
): Promise<readonly GovernanceCase[]> {
  const behind = after === null ? '' : behindIn(place, 'gateway.governance_case where id = $3::text')
  const where = `where controller = any($1::text[]) ${behind} order by ${place} limit $2`
  const values = [controllers, first, ...(after === null ? [] : [after])]
  return casesWhere(database, `governance_cases_of${after === null ? '' : '_behind'}`, where, values)
}

/** The register as a request has it. */
export const caseRegister = (database: Pick<Database, 'knex' | 'rows'>) => ({
  add: (made: NewCase, at: Date) => addCase(database, made, at),
  note: (id: string, said: Parameters<typeof noteCase>[2], at: Date) => noteCase(database, id, said, at),
  close: (id: string, said: Parameters<typeof closeCase>[2], at: Date) => closeCase(database, id, said, at),
  byId: (id: string) => caseById(database, id),
  of: (controllers: readonly string[], page: RegisterPage) => casesOf(database, controllers, page),
})
export type CaseRegister = ReturnType<typeof caseRegister>
