import type { Knex } from 'knex'
import type { AgencyName } from '../src/foundation/agencies.ts'
import { holdColumns } from '../src/registers/holds.ts'
import type { AgencySeed, AgreementSeed, GatewaySeed } from './seedRecord.ts'
import { writeMessages } from './writeMessages.ts'

/** Writes what the gateway owns at first start. */
export async function writeGateway(knex: Knex, seed: GatewaySeed): Promise<void> {
  const into = async (table: string, rows: readonly object[]): Promise<void> => {
    for (let start = 0; start < rows.length; start += 500)
      await knex
        .withSchema('gateway')
        .table(table)
        .insert(rows.slice(start, start + 500))
  }
  await into(
    'child',
    seed.children.map(({ id, areaLa, bornOn }) => ({ child_id: id, area_la: areaLa, born_on: bornOn })),
  )
  await into(
    'link',
    seed.links.map(({ child, agency, person, holder = '' }) => ({
      child_id: child,
      agency,
      holder,
      person_id: person,
      since: '2020-01-01T00:00:00Z',
    })),
  )
  await into(
    'identifier',
    seed.identifiers.map(({ scheme, value, child, verified }) => ({ scheme, value, child_id: child, verified })),
  )
  await into(
    'relationship',
    seed.relationships.map(({ id, child, organisation, kind, from, to, basis }) => ({
      id,
      child_id: child,
      organisation,
      kind,
      from_on: from,
      to_on: to ?? null,
      basis,
      recorded_by: 'seed',
      recorded_at: `${from}T00:00:00Z`,
    })),
  )
  await into(
    'consent',
    seed.consents.map((consent) => ({
      id: consent.id,
      child_id: consent.child,
      state: consent.state,
      labels: consent.labels,
      recipient: consent.recipient,
      purpose: consent.purpose,
      giver: consent.giver,
      competence: consent.competence,
      evidence: consent.evidence,
      recorded_at: consent.recordedAt,
      recorded_by: consent.recordedBy,
      expires_on: consent.expiresOn,
    })),
  )
  await into(
    'hold',
    seed.holds.map((hold) =>
      holdColumns({ recipient: null, recipientOrganisation: null, ...hold, childId: hold.child }),
    ),
  )
  await into('agreement', seed.agreements.map(agreementRow))
  await writeMessages(knex, seed.messages ?? [])
}

const agreementRow = ({ id, organisation, title, from, to }: AgreementSeed) => ({
  id,
  organisation,
  title,
  from_on: from,
  to_on: to ?? null,
  confirmed_by: 'demonstration',
  confirmed_at: `${from}T00:00:00Z`,
})

/**
 * Writes what one agency's seed brings of the gateway's: whose its persons are, and the agreements of its
 * organisations.
 */
export async function writeBrought(
  knex: Knex,
  agency: AgencyName,
  { agreements = [], links = [] }: AgencySeed,
): Promise<void> {
  // Of two agencies of one organisation each may bring its agreement: the first stands.
  if (agreements.length > 0)
    await knex.withSchema('gateway').table('agreement').insert(agreements.map(agreementRow)).onConflict('id').ignore()
  if (links.length === 0) return
  await knex
    .withSchema('gateway')
    .table('link')
    .insert(
      links.map(({ child, person }) => ({ child_id: child, agency, person_id: person, since: '2020-01-01T00:00:00Z' })),
    )
}
