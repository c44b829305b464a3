import { scalars } from '../../resolvers/scalars.ts'
import { type AgencyName, agencies, environmentPrefix } from '../foundation/agencies.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { LiveRegistry } from '../foundation/liveRegistry.ts'
import { type Registry, registryOf } from '../foundation/registry.ts'
import { registryFrom } from '../foundation/registryFile.ts'
import { coreResolvers } from '../graphql/coreResolvers.ts'
import { type AgencyModule, buildModel, loadAgencies, type Model, type ModelOptions } from '../graphql/schemaModel.ts'
import type { CodeBook } from '../sources/bindings/fhir/codeBook.ts'
import { problemsIn } from '../sources/bindings/sql/mapping/mappedLayout.ts'
import type { Mapping } from '../sources/bindings/sql/mapping/mapping.ts'
import { readMapping, UnreadMapping } from '../sources/bindings/sql/mapping/readMapping.ts'
import { contractsBehindFhir, readCodeBooks } from './fhirFiles.ts'

/** What is known before any store is opened: agencies, registry and schema. */
export interface Catalogue {
  readonly modules: Readonly<Record<AgencyName, AgencyModule>>
  readonly registry: LiveRegistry
  readonly model: Model
  /** Agencies that are read from somebody else's tables. */
  readonly mappings: Readonly<Partial<Record<AgencyName, Mapping>>>
  /** The same of single holders, by id. */
  readonly holderMappings: ReadonlyMap<string, Mapping>
  readonly scalars: ReturnType<typeof scalars>
  /** What the codes of holders behind FHIR servers say, by holder. */
  readonly codeBooks: ReadonlyMap<string, CodeBook>
}

type CatalogueConfig = Pick<Config, 'demonstration' | 'registryFile'> & Partial<Pick<Config, 'agencies'>>

/** @throws StartupError naming missing files, unlabelled fields, and lists that only schema or source knows. */
export async function loadCatalogue(
  config: CatalogueConfig,
  onBadValue?: ModelOptions['onBadValue'],
): Promise<Catalogue> {
  const { catalogue, problems } = await loadAsFar(config, await readRegistry(config.registryFile), onBadValue)
  if (problems.length > 0) throw new StartupError(problems)
  return catalogue
}

/** The same without the mappings that cannot be read, and what is wrong with these. */
export async function loadAsFar(
  config: CatalogueConfig,
  read: Registry,
  onBadValue?: ModelOptions['onBadValue'],
): Promise<{ readonly catalogue: Catalogue; readonly problems: readonly string[] }> {
  const modules = await loadAgencies({ seeded: config.demonstration })
  const registry = new LiveRegistry(read)
  const scalarResolvers = scalars({
    demonstration: config.demonstration,
    authorities: registry.authorities,
  })
  const { mappings, holderMappings, unread, problems } = mappingsOf(config, registry)
  const codeBooks = readCodeBooks(registry)
  const modelWith = (of: Catalogue['mappings']): Model =>
    buildModel(modules, coreResolvers(scalarResolvers), {
      ...{ onBadValue, mappings: of, contacts: registry.contacts },
      contractOf: contractsBehindFhir(registry, codeBooks),
    })
  const { model, unfit } = fitting(modelWith, mappings, unread)
  problems.push(...unfit)
  return {
    catalogue: { modules, registry, scalars: scalarResolvers, mappings, holderMappings, model, codeBooks },
    problems,
  }
}

/** The model, and each list and field of a mapping that its kind has not, also of one that cannot be read whole. */
function fitting(
  modelWith: (mappings: Catalogue['mappings']) => Model,
  mappings: Catalogue['mappings'],
  unread: readonly Mapping[],
): { readonly model: Model; readonly unfit: readonly string[] } {
  try {
    const model = modelWith(mappings)
    return { model, unfit: unread.flatMap((each) => unfitIn(model, each)) }
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    const model = modelWith({})
    const unfit = [...Object.values(mappings), ...unread].flatMap((each) => unfitIn(model, each))
    if (unfit.length === 0) throw error
    return { model, unfit }
  }
}

const unfitIn = ({ layouts }: Model, mapping: Mapping): readonly string[] => {
  const kind = agencies.find((name) => name === mapping.kind)
  return kind === undefined ? [] : problemsIn(layouts[kind], mapping)
}

/** Every mapping file, and the problems of those that cannot be read, each with the setting that names it. */
function mappingsOf(
  { agencies: configured }: Partial<Pick<Config, 'agencies'>>,
  { holders }: Registry,
): Pick<Catalogue, 'mappings' | 'holderMappings'> & { readonly unread: readonly Mapping[]; problems: string[] } {
  const problems: string[] = []
  const unread: Mapping[] = []
  const read = (file: string | null | undefined, kind: AgencyName, by: string): Mapping | undefined => {
    if (!file) return undefined
    try {
      return readMapping(file, kind)
    } catch (error) {
      if (!(error instanceof StartupError)) throw error
      problems.push(...error.problems.map((problem) => `${by}: ${problem}`))
      if (error instanceof UnreadMapping && error.rest) unread.push(error.rest)
      return undefined
    }
  }
  const mappings: Partial<Record<AgencyName, Mapping>> = {}
  for (const name of agencies) {
    const mapping = read(configured?.[name].mapping, name, `${environmentPrefix(name)}_MAPPING`)
    if (mapping) mappings[name] = mapping
  }
  const holderMappings = new Map<string, Mapping>()
  for (const { id, kind, binding } of holders.values()) {
    const mapping =
      binding?.type === 'sql' ? read(binding.mapping, kind, `REGISTRY_FILE, mapping of the holder ${id}`) : undefined
    if (mapping) holderMappings.set(id, mapping)
  }
  return { mappings, holderMappings, unread, problems }
}

/** The registry of a partnership is a file; without one it is the demonstration's six invented authorities. */
export async function readRegistry(file: string | null): Promise<Registry> {
  if (file !== null) return registryFrom(file)
  const demonstration = await import('../../seeds/authoritiesAndForces.ts')
  return registryOf(demonstration.authorities, demonstration.forces, demonstration.contacts, demonstration.holders)
}
