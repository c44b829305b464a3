import { z } from 'zod'
import { scalars } from '../../resolvers/scalars.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Config } from '../foundation/config.ts'
import { parseFile, readJsonFile } from '../foundation/jsonFile.ts'
import { type Registry, registryOf } from '../foundation/registry.ts'
import { coreResolvers } from '../graphql/core.ts'
import { type AgencyModule, buildModel, loadAgencies, type Model } from '../graphql/model.ts'

/** What is known before any store is opened: agencies, registry and schema. */
export interface Catalogue {
  readonly modules: Readonly<Record<AgencyName, AgencyModule>>
  readonly registry: Registry
  readonly model: Model
  readonly scalars: ReturnType<typeof scalars>
}

const registryFile = z.strictObject({
  authorities: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      dfeCode: z.string().regex(/^\d{3}$/, 'must be three digits'),
      gssCode: z.string(),
      force: z.string(),
      contact: z.string(),
    }),
  ),
  forces: z.array(z.strictObject({ code: z.string(), name: z.string(), contact: z.string() })),
})

/** @throws StartupError naming missing files, unlabelled fields, and lists that only schema or source knows. */
export async function loadCatalogue(config: Pick<Config, 'demonstration' | 'registryFile'>): Promise<Catalogue> {
  const modules = await loadAgencies({ seeded: config.demonstration })
  const registry = await readRegistry(config.registryFile)
  const scalarResolvers = scalars({
    demonstration: config.demonstration,
    authorities: registry.authorities,
  })
  return { modules, registry, scalars: scalarResolvers, model: buildModel(modules, coreResolvers(scalarResolvers)) }
}

/** The registry of a partnership is a file; without one it is the demonstration's six invented authorities. */
export async function readRegistry(file: string | null): Promise<Registry> {
  if (file !== null) {
    const data = readJsonFile('REGISTRY_FILE', file)
    const { authorities, forces } = parseFile(registryFile, data, 'REGISTRY_FILE', file)
    return registryOf(authorities, forces)
  }
  const demonstration = await import('../../seeds/registry.ts')
  return registryOf(demonstration.authorities, demonstration.forces)
}
