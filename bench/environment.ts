import { signingKey } from '../src/auth/signingKeys.ts'
import { folderIn } from './database.ts'
import { audience, type Issuer } from './issuer.ts'

/** What every contestant on a database is started with; what the gateway keeps for itself is in the folder. */
export async function environmentOf(url: string, folder: string, issuer: Issuer): Promise<Record<string, string>> {
  const keys = folderIn(folder, 'keys')
  for (const name of ['grant', 'transfer', 'audit'] as const) await signingKey(keys, name, { mayCreate: true })
  return {
    DATABASE_URL: url,
    DATA_DIR: folderIn(folder, 'gateway'),
    KEYS_DIR: keys,
    ISSUERS_FILE: issuer.registryFile,
    AUDIENCE: audience,
    DEMONSTRATION: 'on',
    INTROSPECTION: 'off',
    LOG_LEVEL: 'warn',
    // A stall of a shared machine shows as latency, not as an agency that did not answer.
    SOURCE_DEADLINE_MS: '20000',
  }
}
