import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Whether this is a checkout, with its sources: an installed package has the program alone, and knows where a source
 * stood.
 */
export const isCheckout = existsSync(fileURLToPath(import.meta.url))

/** Where data lies when nobody says: an installed package writes nothing beside itself. */
export const defaultDataFolder = isCheckout
  ? fileURLToPath(new URL('../../data', import.meta.url))
  : resolve('wholeview-data')

/** What a person types before a command's own name. */
export const commandLine = isCheckout ? 'npm run -s wholeview --' : 'npx wholeview'
