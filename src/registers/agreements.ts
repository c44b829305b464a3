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
  /** Authority whose governance entered it; null where an operator did. */
  readonly proposedBy: string | null
  /** Null: nobody but who entered it has seen it, and it opens nothing. */
  readonly confirmedBy: string | null
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

/** Takes an agreement in from an operator, in force. @throws Refusal with everything that is wrong with it. */
export const addAgreement = (database: Pick<Database, 'knex'>, agreement: NewAgreement, at: Date): Promise<string> =>
  insert(database, agreement, at, { proposed_by: null, confirmed_by: agreement.by, confirmed_at: at })

/**
 * Takes an agreement in as governance of an authority reads it: it is in force once another party has confirmed it.
 *
 * @throws Refusal with everything that is wrong with it.
 */
export const proposeAgreement = (
  database: Pick<Database, 'knex'>,
  agreement: NewAgreement,
  authority: string,
  at: Date,
): Promise<string> =>
  insert(database, agreement, at, { proposed_by: authority, confirmed_by: null, confirmed_at: null })

/** Confirms an agreement once. Whether this is for them to say was decided before. */
export async function confirmAgreement(
  { knex }: Pick<Database, 'knex'>,
  id: string,
  by: string,
  at: Date,
): Promise<boolean> {
  const confirmed = await knex('gateway.agreement')
    .where({ id, confirmed_at: null, ended_at: null })
    .update({ confirmed_by: by, confirmed_at: at })
  return confirmed > 0
}

async function insert(
  { knex }: Pick<Database, 'knex'>,
  agreement: NewAgreement,
  at: Date,
  confirmation: Readonly<Record<'proposed_by' | 'confirmed_by' | 'confirmed_at', string | Date | null>>,
): Promise<string> {
  const problems = problemsOf(agreement)
  if (problems.length > 0) throw new Refusal('BAD_INPUT', { message: problems.join(' ') })
  const id = randomUUID()
  const { organisation, title, document, from, to, labels, parties, by } = agreement
  await knex('gateway.agreement').insert({
    ...{ id, organisation, title, document, from_on: from, to_on: to },
    ...{ purposes: agreement.purposes, labels, parties, entered_by: by, entered_at: at },
    ...confirmation,
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

const columns = `id, organisation, title, document, from_on::text, to_on::text, array_to_json(purposes)::text,
  array_to_json(labels)::text, array_to_json(parties)::text, entered_by, proposed_by, confirmed_by`

/** All of them, by organisation and first day. */
export async function agreementsIn(database: Pick<Database, 'rows'>): Promise<readonly Agreement[]> {
  const text = `select ${columns} from gateway.agreement order by organisation, from_on, id`
  return (await database.rows({ name: 'agreements', text, values: [] })).map(agreementFrom)
}

const listIn = (json: string | null | undefined): readonly string[] | null => (json ? JSON.parse(json) : null)

const agreementFrom = ([
  ...[id, organisation, title, document, from, to, forPurposes, labels, parties, by, proposedBy, confirmedBy]
]: readonly (string | null)[]): Agreement => ({
  id: id ?? '',
  organisation: organisation ?? '',
  title: title ?? '',
  document: document ?? '',
  from: from ?? '',
  to: to ?? null,
  purposes: listIn(forPurposes),
  labels: listIn(labels),
  parties: listIn(parties),
  by: by ?? '',
  proposedBy: proposedBy ?? null,
  confirmedBy: confirmedBy ?? null,
})

/** The register as a request works with it. */
export class AgreementRegister {
  readonly #database: Pick<Database, 'knex' | 'rows'>

  constructor(database: Pick<Database, 'knex' | 'rows'>) {
    this.#database = database
  }

  /** Those of which one of these organisations is a side, by organisation and first day. */
  async ofSides(organisations: readonly string[]): Promise<readonly Agreement[]> {
    const text = `select ${columns} from gateway.agreement
      where organisation = any($1::text[]) or parties && $1::text[] order by organisation, from_on, id`
    return (await this.#database.rows({ name: 'agreements_of', text, values: [organisations] })).map(agreementFrom)
  }

  async byId(id: string): Promise<Agreement | null> {
    const text = `select ${columns} from gateway.agreement where id = $1::text`
    const [row] = await this.#database.rows({ name: 'agreement_by_id', text, values: [id] })
    return row ? agreementFrom(row) : null
  }

  propose(agreement: NewAgreement, authority: string, at: Date): Promise<string> {
    return proposeAgreement(this.#database, agreement, authority, at)
  }

  confirm(id: string, by: string, at: Date): Promise<boolean> {
    return confirmAgreement(this.#database, id, by, at)
  }

  end(id: string, on: string, by: string, at: Date): Promise<void> {
    return endAgreement(this.#database, id, on, by, at)
  }
}
