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

/**
 * Organisations that an issuer names and of which no holder of the registry is: they read by agreement and relationship
 * alone, unless a code is misspelt.
 */
export async function organisationsWithoutRecords(config: Config): Promise<readonly string[]> {
  const { holders } = await readRegistry(config.registryFile)
  const held = new Set([...holders.values()].map(({ organisation }) => organisation))
  const named = [...(checkIssuers(config)?.values() ?? [])].flatMap(({ organisations }) =>
    organisations.map(({ code }) => code),
  )
  return [...new Set(named)].filter((code) => !held.has(code))
}
