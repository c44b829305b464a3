import { randomUUID } from 'node:crypto'
import { isoText } from '../facts/factsStatement.ts'
import { stateNow } from '../facts/storedFacts.ts'
import { type ConsentFact, consentGivers } from '../policy/facts.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import { type AgencyType, agencyTypes, type Purpose, purposes } from '../policy/vocabulary.ts'
import { ukDay } from '../records/dayAndAge.ts'
import type { Database } from '../store/database.ts'
import { oneOf } from './oneOf.ts'
import { organisationOf, refuseFull } from './refuseFullRegister.ts'
import { firstEntries, type RegisterPage, standingBehind } from './registerPage.ts'

/** `Consent` of `schema/governance.graphql`. */
export interface ConsentRecord {
  readonly id: string
  readonly childId: string
  /** State now: withdrawn and expired are judged at every reading. */
  readonly state: ConsentFact['state']
  readonly labels: readonly Label[]
  readonly recipient: AgencyType | null
  readonly purpose: Purpose | null
  readonly giver: ConsentFact['giver']
  /** Of one who has parental responsibility: their entry in the register of it. */
  readonly givenBy: string | null
  readonly competence: ConsentFact['competence']
  readonly evidence: string | null
  readonly recordedAt: string
  readonly recordedBy: string
  readonly expiresOn: string | null
  readonly withdrawnAt: string | null
}

export type NewConsent = Omit<ConsentRecord, 'id' | 'state' | 'recordedAt' | 'recordedBy' | 'withdrawnAt'> & {
  readonly state: 'GIVEN' | 'REFUSED' | 'NOT_SOUGHT'
}

const columns = `id::text, child_id::text, state::text, array_to_json(labels)::text, recipient::text, purpose::text,
  giver::text, competence::text, evidence::text, ${isoText('recorded_at')}, recorded_by::text, expires_on::text,
  ${isoText('withdrawn_at')}, given_by::text`

/** The register of consents. A record is never changed but by its withdrawal: what was said on a day stays said. */
export class ConsentRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async record(consent: NewConsent, recordedBy: string, at: Date): Promise<string> {
    await refuseFull(this.#database, 'consent', consent.childId, organisationOf(recordedBy), at)
    const id = randomUUID()
    const { knex } = this.#database
    await knex('gateway.consent').insert({
      id,
      child_id: consent.childId,
      state: consent.state,
      labels: knex.raw('array(select json_array_elements_text(?::json))', [JSON.stringify(consent.labels)]),
      recipient: consent.recipient,
      purpose: consent.purpose,
      giver: consent.giver,
      given_by: consent.givenBy,
      competence: consent.competence,
      evidence: consent.evidence,
      recorded_at: at.toISOString(),
      recorded_by: recordedBy,
      expires_on: consent.expiresOn,
    })
    return id
  }

  /** Whether this call withdrew it. Of two that race, one does. */
  async withdraw(id: string, reason: string | null, at: Date): Promise<boolean> {
    const changed = await this.#database
      .knex('gateway.consent')
      .where({ id })
      .whereNull('withdrawn_at')
      .update({ withdrawn_at: at.toISOString(), withdrawn_reason: reason })
    return changed === 1
  }

  async byId(id: string, now: Date): Promise<ConsentRecord | null> {
    const text = `select ${columns} from gateway.consent where id = $1::text`
    const [row] = await this.#database.rows({ name: 'consent_by_id', text, values: [id] })
    return row ? readConsent(row, ukDay(now)) : null
  }

  /** Latest first. */
  async ofChild(childId: string, now: Date, page: RegisterPage = firstEntries): Promise<readonly ConsentRecord[]> {
    const { first, after } = page
    const behind = after === null ? 'and $2::text is null' : standingBehind('gateway.consent', 'recorded_at')
    const text = `select ${columns} from gateway.consent where child_id = $1::text ${behind}
      order by recorded_at desc, id limit $3::int`
    const name = after === null ? 'consents_of_child' : 'consents_behind'
    const rows = await this.#database.rows({ name, text, values: [childId, after, first] })
    return rows.map((row) => readConsent(row, ukDay(now)))
  }
}

const states = ['NOT_SOUGHT', 'GIVEN', 'REFUSED', 'WITHDRAWN', 'EXPIRED'] as const

function readConsent(row: readonly (string | null)[], day: string): ConsentRecord {
  const [
    id,
    childId,
    state,
    labels,
    recipient,
    purpose,
    giver,
    competence,
    evidence,
    recordedAt,
    recordedBy,
    expiresOn,
  ] = row
  const withdrawnAt = row[12] ?? null
  const listed: unknown = JSON.parse(labels ?? '[]')
  return {
    id: id ?? '',
    childId: childId ?? '',
    state: stateNow({ state: oneOf(states, state), withdrawnAt, expiresOn: expiresOn ?? null }, day),
    labels: Array.isArray(listed) ? listed.filter(isLabel) : [],
    recipient: recipient ? oneOf(agencyTypes, recipient) : null,
    purpose: purpose ? oneOf(purposes, purpose) : null,
    giver: oneOf(consentGivers, giver),
    competence: oneOf(['COMPETENT', 'NOT_COMPETENT', 'NOT_ASSESSED'] as const, competence),
    evidence: evidence ?? null,
    recordedAt: recordedAt ?? '',
    recordedBy: recordedBy ?? '',
    expiresOn: expiresOn ?? null,
    withdrawnAt,
    givenBy: row[13] ?? null,
  }
}
