import { entriesOfChild } from '../audit/log.ts'
import { openStoresOf } from '../composition/databases.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { systemClock } from '../foundation/clock.ts'
import { type Config, readConfig } from '../foundation/config.ts'
import { keyHasher } from '../identity/blockingKeys.ts'
import { Knowledge } from '../identity/knowledge.ts'
import type { LinkageModel } from '../identity/linkageModel.ts'
import { linkageModelFrom } from '../identity/readLinkageModel.ts'
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
        model: linkageModelFrom(config.identityModel),
        hash: keyHasher(secret),
        clock: systemClock(),
        testNumbersCount: !config.production,
        disclosures: { ofChild: (childId, first) => entriesOfChild(stores.gateway, childId, first) },
      }),
    )
  } finally {
    context.terminal.settled()
    await stores.close()
  }
}

/** The linkage model with what the register shows of those on file; nothing is written, and no secret is needed. */
export const modelWithRegister = async (config: Config): Promise<LinkageModel> => {
  const stores = await openStoresOf(config, [], false)
  try {
    return await new Knowledge(stores.gateway, linkageModelFrom(config.identityModel), !config.production).model()
  } finally {
    await stores.close()
  }
}

/** An agency by its name, as typed. */
export const agencyNamed = (text: string): AgencyName => {
  const agency = agencies.find((name) => name === text)
  if (!agency) throw new UsageFailure(`"${text}" is no agency. Choose from ${agencies.join(', ')}.`)
  return agency
}
