import { entriesOfChild } from '../audit/log.ts'
import { readRegistry } from '../composition/catalogue.ts'
import { openStoresOf } from '../composition/databases.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { systemClock } from '../foundation/clock.ts'
import { type Config, readConfig } from '../foundation/config.ts'
import type { Holder } from '../foundation/holder.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import { keyHasher } from '../identity/blockingKeys.ts'
import { Knowledge } from '../identity/countedKnowledge.ts'
import { indexSecret } from '../identity/indexSecret.ts'
import type { LinkageModel } from '../identity/linkageModel.ts'
import { linkageModelFrom } from '../identity/readLinkageModel.ts'
import { Register } from '../identity/register.ts'
import type { Database } from '../store/database.ts'
import { migrateGateway } from '../store/migrate.ts'
import type { CommandContext } from './commandContext.ts'
import { UsageFailure } from './commandFailure.ts'

/** Does something with the register of this environment's gateway, and closes it whatever happens. */
export const withRegister = async <T>(
  context: CommandContext,
  work: (register: Register, database: Database) => Promise<T>,
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
        disclosures: { ofChild: (childId, first, behind) => entriesOfChild(stores.gateway, childId, first, behind) },
      }),
      stores.gateway,
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

/** A holder by its id, as typed: one of the agency. Null where none is named. */
export const holderNamed = async (
  context: CommandContext,
  agency: AgencyName,
  id: string | undefined,
): Promise<Holder | null> => {
  if (id === undefined) return null
  const known = holdersOfKind(await readRegistry(readConfig(context.env).registryFile), agency)
  const holder = known.find((each) => each.id === id)
  if (!holder)
    throw new UsageFailure(`"${id}" is no holder of ${agency}. Choose from ${known.map((each) => each.id).join(', ')}.`)
  return holder
}
