import { randomUUID } from 'node:crypto'
import { Refusal } from '../foundation/errors.ts'
import { isLabel } from '../policy/labels.ts'
import { purposes } from '../policy/vocabulary.ts'
import type { Database } from '../store/database.ts'

/** A sharing agreement of one organisation, as an operator enters it from the signed document. */
export interface NewAgreement {
  readonly organisation: string
  readonly title: string
  /** Where the signed document is kept. */
  readonly document: string
  readonly from: string
  readonly to: string | null
  /** For which it holds; null: for all. */
  readonly purposes: readonly string[] | null
  /** Labels that the document names. For the record: what may be read of them is the policy pack's to say. */
  readonly labels: readonly string[] | null
  /** Organisations with which it was made. */
  readonly parties: readonly string[] | null
  readonly by: string
}

export interface Agreement extends NewAgreement {
  readonly id: string
}

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const isDay = (text: string): boolean => day.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
const code = /^[A-Z0-9][A-Z0-9-]{0,31}$/

/** Everything that is wrong with an agreement, in whole sentences. */
export function problemsOf(agreement: NewAgreement): readonly string[] {
  const { organisation, from, to, parties, labels } = agreement
  const unknown = (agreement.purposes ?? []).filter((each) => !purposes.some((purpose) => purpose === each))
  return [
    ...[organisation, ...(parties ?? [])]
      .filter((each) => !code.test(each))
      .map((each) => `${each} is not an organisation code such as LA2-CSC.`),
    ...[from, to].flatMap((each) => (each === null || isDay(each) ? [] : [`${each} is not a day such as 2026-09-01.`])),
    ...(to !== null && to < from ? ['It ends before it begins.'] : []),
    ...unknown.map((each) => `${each} is no purpose of the vocabulary.`),
    ...(labels ?? []).filter((each) => !isLabel(each)).map((each) => `${each} is no label.`),
  ]
}

/** Takes an agreement in. @throws Refusal with everything that is wrong with it. */
export async function addAgreement(
  { knex }: Pick<Database, 'knex'>,
  agreement: NewAgreement,
  at: Date,
): Promise<string> {
  const problems = problemsOf(agreement)
  if (problems.length > 0) throw new Refusal('BAD_INPUT', { message: problems.join(' ') })
  const id = randomUUID()
  const { organisation, title, document, from, to, labels, parties, by } = agreement
  await knex('gateway.agreement').insert({
    ...{ id, organisation, title, document, from_on: from, to_on: to },
    ...{ purposes: agreement.purposes, labels, parties, entered_by: by, entered_at: at },
  })
  return id
}

/** Ends an agreement with a day, its last. @throws Refusal where there is none, or it has ended before. */
export async function endAgreement(
  { knex }: Pick<Database, 'knex'>,
  id: string,
  on: string,
  by: string,
  at: Date,
): Promise<void> {
  if (!isDay(on)) throw new Refusal('BAD_INPUT', { message: `${on} is not a day such as 2026-09-01.` })
  const ended = await knex('gateway.agreement')
    .where({ id })
    .andWhere((open) => open.whereNull('to_on').orWhere('to_on', '>', on))
    .update({ to_on: on, ended_by: by, ended_at: at })
  if (ended === 0) throw new Refusal('NOT_FOUND', { message: 'There is no such agreement that lasts longer.' })
}

/** All of them, by organisation and first day. */
export async function agreementsIn(database: Pick<Database, 'rows'>): Promise<readonly Agreement[]> {
  const rows = await database.rows({
    name: 'agreements',
    text: `select id, organisation, title, document, from_on::text, to_on::text, array_to_json(purposes)::text,
        array_to_json(labels)::text, array_to_json(parties)::text, entered_by
      from gateway.agreement order by organisation, from_on, id`,
    values: [],
  })
  const list = (json: string | null | undefined): readonly string[] | null => (json ? JSON.parse(json) : null)
  return rows.map(([id, organisation, title, document, from, to, forPurposes, labels, parties, by]) => ({
    id: id ?? '',
    organisation: organisation ?? '',
    title: title ?? '',
    document: document ?? '',
    from: from ?? '',
    to: to ?? null,
    purposes: list(forPurposes),
    labels: list(labels),
    parties: list(parties),
    by: by ?? '',
  }))
}
