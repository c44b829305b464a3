import type { Knex } from 'knex'
import { StartupError } from '../foundation/errors.ts'
import type { Database } from './database.ts'
import { gatewayTables } from './migrations/0001-gateway.ts'
import { identityTables } from './migrations/0002-identity.ts'
import { tokenTables } from './migrations/0003-tokens.ts'
import { governanceTables } from './migrations/0004-governance.ts'
import { auditTables } from './migrations/0005-audit.ts'
import { identitySecondTables } from './migrations/0006-identity-second.ts'
import { auditCompression } from './migrations/0007-audit-compression.ts'
import { idsByBytes } from './migrations/0008-ids-by-bytes.ts'
import { changes } from './migrations/0009-changes.ts'
import { notifiedTransfers } from './migrations/0010-notified-transfers.ts'
import { holdOrganisation } from './migrations/0011-hold-organisation.ts'
import { identityAnswers } from './migrations/0012-identity-answers.ts'
import { protectedPlaces } from './migrations/0013-protected-places.ts'
import { openedByVersion } from './migrations/0014-opened-by-version.ts'
import { logAtScale } from './migrations/0015-log-at-scale.ts'
import { workbenchTables } from './migrations/0016-workbench.ts'
import { agreementTerms } from './migrations/0017-agreement-terms.ts'
import { lastKnown } from './migrations/0020-last-known.ts'
import { decisions } from './migrations/0023-decisions.ts'
import { governanceRegisters } from './migrations/0024-governance-registers.ts'
import { linkHolder } from './migrations/0027-link-holder.ts'
import { holdersOfPersons } from './migrations/0028-holders-of-persons.ts'
import { holderIndex } from './migrations/0029-holder-index.ts'
import { importedRecords } from './migrations/0031-imported-records.ts'
import { importedFormat } from './migrations/0032-imported-format.ts'
import { alertTables } from './migrations/0033-alerts.ts'
import { alertWatchTables } from './migrations/0034-alert-watch.ts'
import { messages } from './migrations/0035-messages.ts'
import { pastVersions } from './migrations/0038-past-versions.ts'
import { registerPages } from './migrations/0039-register-pages.ts'
import { oversightIndexes } from './migrations/0044-oversight.ts'
import { agreementConfirmation } from './migrations/0046-agreement-confirmation.ts'
import { importedByPerson } from './migrations/0050-imported-by-person.ts'
import { auditSpan } from './migrations/0053-audit-span.ts'
import { linkOfHolder } from './migrations/0055-link-of-holder.ts'
import { listPages } from './migrations/0060-list-pages.ts'
import { standingEntries } from './migrations/0061-standing-entries.ts'
import { legalHoldOfAuthority } from './migrations/0064-legal-hold-of-authority.ts'
import { orderEffect } from './migrations/0068-order-effect.ts'
import { auditBlocks } from './migrations/0073-audit-blocks.ts'
import { relationshipsInOrder } from './migrations/0074-relationships-in-order.ts'
import { relationshipProposals } from './migrations/0075-relationship-proposals.ts'
import { relationshipProposalsByDay } from './migrations/0076-relationship-proposals-by-day.ts'
import { endedTransfers } from './migrations/0080-ended-transfers.ts'
import { openTransfersInOrder } from './migrations/0081-open-transfers-in-order.ts'
import { ownNumbers } from './migrations/0084-own-numbers.ts'
import { requestsOfBarredPersons } from './migrations/0085-requests-of-barred-persons.ts'
import { toldProfiles } from './migrations/0086-told-profiles.ts'
import { dutiesOfOrders } from './migrations/0088-duties-of-orders.ts'
import { messagesByKind } from './migrations/0089-messages-by-kind.ts'
import { listsInOrder } from './migrations/0090-lists-in-order.ts'

/** Every migration of the gateway's own schema, oldest first. A released one never changes: write the next. */
const migrations: readonly (readonly [name: string, migration: Knex.Migration])[] = [
  ['0001-gateway', gatewayTables],
  ['0002-identity', identityTables],
  ['0003-tokens', tokenTables],
  ['0004-governance', governanceTables],
  ['0005-audit', auditTables],
  ['0006-identity-second', identitySecondTables],
  ['0007-audit-compression', auditCompression],
  ['0008-ids-by-bytes', idsByBytes],
  ['0009-changes', changes],
  ['0010-notified-transfers', notifiedTransfers],
  ['0011-hold-organisation', holdOrganisation],
  ['0012-identity-answers', identityAnswers],
  ['0013-protected-places', protectedPlaces],
  ['0014-opened-by-version', openedByVersion],
  ['0015-log-at-scale', logAtScale],
  ['0016-workbench', workbenchTables],
  ['0017-agreement-terms', agreementTerms],
  ['0020-last-known', lastKnown],
  ['0023-decisions', decisions],
  ['0024-governance-registers', governanceRegisters],
  ['0027-link-holder', linkHolder],
  ['0028-holders-of-persons', holdersOfPersons],
  ['0029-holder-index', holderIndex],
  ['0031-imported-records', importedRecords],
  ['0032-imported-format', importedFormat],
  ['0033-alerts', alertTables],
  ['0034-alert-watch', alertWatchTables],
  ['0035-messages', messages],
  ['0038-past-versions', pastVersions],
  ['0039-register-pages', registerPages],
  ['0044-oversight', oversightIndexes],
  ['0046-agreement-confirmation', agreementConfirmation],
  ['0050-imported-by-person', importedByPerson],
  ['0053-audit-span', auditSpan],
  ['0055-link-of-holder', linkOfHolder],
  ['0060-list-pages', listPages],
  ['0061-standing-entries', standingEntries],
  ['0064-legal-hold-of-authority', legalHoldOfAuthority],
  ['0068-order-effect', orderEffect],
  ['0073-audit-blocks', auditBlocks],
  ['0074-relationships-in-order', relationshipsInOrder],
  ['0075-relationship-proposals', relationshipProposals],
  ['0076-relationship-proposals-by-day', relationshipProposalsByDay],
  ['0080-ended-transfers', endedTransfers],
  ['0081-open-transfers-in-order', openTransfersInOrder],
  ['0084-own-numbers', ownNumbers],
  ['0085-requests-of-barred-persons', requestsOfBarredPersons],
  ['0086-told-profiles', toldProfiles],
  ['0088-duties-of-orders', dutiesOfOrders],
  ['0089-messages-by-kind', messagesByKind],
  ['0090-lists-in-order', listsInOrder],
]

/** Their names, oldest first. */
export const migrationNames: readonly string[] = migrations.map(([name]) => name)

const sourceUntil = (
  last: string | null,
): Knex.MigrationSource<readonly [name: string, migration: Knex.Migration]> => ({
  getMigrations: async () => migrations.filter(([name]) => last === null || name <= last),
  getMigrationName: ([name]) => name,
  getMigration: async ([, migration]) => migration,
})

const configurationUntil = (last: string | null): Knex.MigratorConfig => ({
  ...{ migrationSource: sourceUntil(last), schemaName: 'gateway', tableName: 'migration' },
})

/** Held while migrating, so that gateways that start together wait for one another. */
const migrationLock = 7311542640217

/**
 * Brings schema `gateway` up to date, wholly or not at all; returns the names of what it ran.
 *
 * @param last the last of them to run, where the store of an earlier version is wanted.
 * @throws what `refuseNewer` throws.
 */
export async function migrateGateway(database: Database, last: string | null = null): Promise<readonly string[]> {
  refuseNewer(await migrationStatus(database))
  return database.knex.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(?)', [migrationLock])
    await trx.raw('create schema if not exists gateway')
    const result: unknown = await trx.migrate.latest(configurationUntil(last))
    return namesOf(result)
  })
}

export interface MigrationStatus {
  readonly done: readonly string[]
  readonly waiting: readonly string[]
  /** Those of a newer version. */
  readonly unknown: readonly string[]
}

/** Which migrations have run and which wait; reads only. */
export async function migrationStatus(database: Database): Promise<MigrationStatus> {
  const exists = await database.rows({
    name: 'migration-table',
    text: `select to_regclass('gateway.migration')::text`,
    values: [],
  })
  const done =
    exists[0]?.[0] == null
      ? []
      : (
          await database.rows({
            name: 'migration-done',
            text: 'select name::text from gateway.migration order by id',
            values: [],
          })
        ).map(([name]) => name ?? '')
  return {
    done,
    waiting: migrationNames.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !migrationNames.includes(name)),
  }
}

/** @throws StartupError when a newer version has been at the store: what it wrote, this one may not read. */
export function refuseNewer({ unknown }: MigrationStatus): void {
  if (unknown.length > 0)
    throw new StartupError([
      `A newer version has brought the store up to date (${unknown.join(', ')}). Start that version, or restore a backup from before.`,
    ])
}

/** knex answers `[batch, migrations]`, where each stands as its source gave it. */
const namesOf = (result: unknown): readonly string[] =>
  Array.isArray(result) && Array.isArray(result[1])
    ? result[1].map((entry: unknown) => String(Array.isArray(entry) ? entry[0] : entry))
    : []
