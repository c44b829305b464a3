import { entriesOfChild } from '../audit/log.ts'
import { openStoresOf } from '../composition/databases.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { systemClock } from '../foundation/clock.ts'
import { readConfig } from '../foundation/config.ts'
import { keyHasher } from '../identity/keys.ts'
import { beliefOf } from '../identity/readBelief.ts'
import { Register } from '../identity/register.ts'
import { indexSecret } from '../identity/secret.ts'
import { migrateGateway } from '../store/migrate.ts'
import type { CommandContext } from './commandContext.ts'
import { UsageFailure } from './failure.ts'

/** Does something with the register of this environment's gateway, and closes it whatever happens. */
export const withRegister = async <T>(
  context: CommandContext,
  work: (register: Register) => Promise<T>,
): Promise<T> => {
  const config = readConfig(context.env)
  const secret = indexSecret(config.keysDir, { mayCreate: !config.production })
  const stores = await openStoresOf(config, [], false)
  try {
    await migrateGateway(stores.gateway)
    return await work(
      new Register({
        database: stores.gateway,
        belief: beliefOf(config.identityBelief),
        hash: keyHasher(secret),
        clock: systemClock(),
        disclosures: { ofChild: (childId, first) => entriesOfChild(stores.gateway, childId, first) },
      }),
    )
  } finally {
    context.terminal.settled()
    await stores.close()
  }
}

/** An agency by its name, as typed. */
export const agencyNamed = (text: string): AgencyName => {
  const agency = agencies.find((name) => name === text)
  if (!agency) throw new UsageFailure(`"${text}" is no agency. Choose from ${agencies.join(', ')}.`)
  return agency
}
