import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import type { Database } from './database.ts'

/** Longer than a connection may take to be made. */
const reachMs = 8000

/** What PostgreSQL means by its codes, for those that a wrong address or user brings. */
const meanings: Readonly<Record<string, string>> = {
  '28P01': 'the password is wrong',
  '28000': 'this user may not connect',
  '3D000': 'there is no such database',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no machine has that name',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not vouched for: see sslrootcert',
}

/** @throws StartupError naming the variable and the place where a PostgreSQL does not answer. */
export const demandReachable = async (database: Database, variable: string, url: string): Promise<void> => {
  try {
    await database.rows({ name: 'reach', text: 'select 1::text', values: [] }, AbortSignal.timeout(reachMs))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why = Object.hasOwn(meanings, code) ? `: ${meanings[code]}` : codeOf(error)
    throw new StartupError([
      `${variable}: no PostgreSQL answers at ${placeOfUrl(url)}${why}. Is it running, and is the address right?`,
    ])
  }
}

/** Where a database is, without user or password. */
export const placeOfUrl = (url: string): string => {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}
