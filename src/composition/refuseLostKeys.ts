import { signingKeyFile, signingKeyIfThere } from '../auth/signingKeys.ts'
import { StartupError } from '../foundation/errors.ts'
import type { Database } from '../store/database.ts'

/**
 * What each key signed and the store keeps: by another key of that name, made in its place, it would not verify any
 * more.
 */
const signedBy = {
  audit: { table: 'gateway.audit_leaf', what: 'the audit log has entries' },
  transfer: { table: 'gateway.transfer_version', what: 'transfer records are kept' },
} as const

/**
 * @throws StartupError where a key is missing and what it signed is not: a lost key is put back, and never replaced in
 * silence.
 */
export async function refuseLostKeys(keysDir: string, gateway: Database): Promise<void> {
  const problems: string[] = []
  for (const name of ['audit', 'transfer'] as const) {
    const { table, what } = signedBy[name]
    if (await signingKeyIfThere(keysDir, name)) continue
    const found = await gateway.rows({ name: `kept_${name}`, text: `select '1' from ${table} limit 1`, values: [] })
    if (found.length === 0) continue
    problems.push(
      `KEYS_DIR: ${signingKeyFile(keysDir, name)} is missing, and ${what} that it signed. Put it back from your backup: with another key they do not verify.`,
    )
  }
  if (problems.length > 0) throw new StartupError(problems)
}
