import type { Config } from '../foundation/config.ts'
import { readRegistry } from './catalogue.ts'
import { checkIssuers } from './issuers.ts'

/** Codes of every organisation that a holder of the registry or an issuer names. */
export async function organisationsKnown(config: Config): Promise<ReadonlySet<string>> {
  const { holders } = await readRegistry(config.registryFile)
  const issuers = [...(checkIssuers(config)?.values() ?? [])]
  const personas = config.demonstration ? await (await import('./everyPersona.ts')).everyPersona() : []
  return new Set([
    ...[...holders.values()].flatMap(({ organisation }) => organisation ?? []),
    ...issuers.flatMap(({ organisations }) => organisations.map(({ code }) => code)),
    ...personas.map(({ organisation }) => organisation),
  ])
}
