import { existsSync, statSync } from 'node:fs'
import { readKeyHistory } from '../audit/keyHistory.ts'
import { readWitnesses } from '../audit/witnessFile.ts'
import { missingKey, publishedKeys, type SigningKeyName, signingKeyIfThere } from '../auth/signingKeys.ts'
import { proceduresOf, shippedProcedures } from '../exchange/procedures.ts'
import { gatewayKeys } from '../federation/gatewayKeys.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import type { Registry } from '../foundation/registry.ts'
import { UnreadRegistry } from '../foundation/registryFile.ts'
import { tryFolder } from '../foundation/settingFolder.ts'
import type { ModelOptions } from '../graphql/schemaModel.ts'
import { linkageModelFrom } from '../identity/readLinkageModel.ts'
import { packInForce, packsOf } from '../policy/packInForce.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { readSafelist } from '../server/safelist.ts'
import { tlsOptions } from '../server/tlsFiles.ts'
import { type BoundHolders, boundHolders } from './boundHolders.ts'
import { type Catalogue, loadAsFar, readRegistry } from './catalogue.ts'
import { checkFhirFiles, isBehindFhir } from './fhirFiles.ts'
import { clientOf } from './fhirHolders.ts'
import { checkIssuers, requireIssuer } from './issuers.ts'
import { placeOf } from './kindTables.ts'
import { checkWorkbench } from './workbenchIssuer.ts'

/** What is known before anything is opened, or all that is wrong with it. */
export type Checked = { readonly catalogue: Catalogue } | { readonly problems: readonly string[] }

/**
 * Everything that a start looks at before it opens anything: files, and what registry, mappings and settings say
 * together. `config check` tells of the same, so that a start refuses nothing else.
 */
export async function checkedStart(config: Config, onBadValue?: ModelOptions['onBadValue']): Promise<Checked> {
  const found = [...(await problemsOfFiles(config))]
  const read = async <T>(work: () => Promise<T>, setting = 'REGISTRY_FILE'): Promise<T | null> => {
    let done: T | null = null
    found.push(
      ...(await problemsOf(async () => {
        done = await work()
      }, setting)),
    )
    return done
  }
  const registry = await read(() => restOf(() => readRegistry(config.registryFile), found))
  const bound = registry && (await read(async () => boundHolders(registry, config)))
  if (registry) await read(async () => demandProcedures(config, registry), 'LOCAL_PROCEDURES')
  const loaded = registry && (await read(() => loadAsFar(config, registry, onBadValue)))
  found.push(...(loaded?.problems ?? []))
  const catalogue = loaded?.catalogue
  if (catalogue) for (const each of bound ?? []) await read(async () => demandOpenable(each, config, catalogue))
  return found.length === 0 && catalogue ? { catalogue } : { problems: [...new Set(found)] }
}

/** What of a registry can be read, with what cannot be put among the problems. */
async function restOf(work: () => Promise<Registry>, found: string[]): Promise<Registry> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UnreadRegistry) || error.rest === null) throw error
    found.push(...error.problems)
    return error.rest
  }
}

const demandProcedures = ({ localProcedures }: Config, { authorities }: Registry) =>
  proceduresOf(localProcedures, shippedProcedures(), new Set(authorities.keys()))

/** That its mapping fits its kind, and its server is spoken to under cover. */
function demandOpenable(bound: BoundHolders, config: Config, catalogue: Catalogue): void {
  placeOf(bound, config, catalogue)
  for (const holder of bound.holders) if (isBehindFhir(holder)) clientOf(holder, bound.url, config)
}

type Check = (config: Config) => unknown

/** Every file and folder that a setting names, read as the gateway reads it. */
const checks: readonly (readonly [setting: string, Check])[] = [
  ['HOST', (config) => requireIssuer(config)],
  ['ISSUERS_FILE', (config) => checkIssuers(config)],
  ['WORKBENCH_FILE', (config) => checkWorkbench(config)],
  ['REGISTRY_FILE', async ({ registryFile }) => checkFhirFiles(await restOf(() => readRegistry(registryFile), []))],
  ['TLS_CERT', ({ tls }) => tls && tlsOptions(tls)],
  ['SAFELIST_FILE', ({ safelist: { file } }) => file && readSafelist(file)],
  ['AUDIT_WITNESSES_FILE', ({ auditWitnessesFile }) => auditWitnessesFile && readWitnesses(auditWitnessesFile)],
  ['IDENTITY_MODEL', ({ identityModel }) => identityModel && linkageModelFrom(identityModel)],
  ['POLICY_PACK', (config) => packInForce(packsOf(config), config, ukDay(config.demonstrationAsOf ?? new Date()))],
  ['GATEWAY_JWKS', ({ gatewayJwks }) => /^https?:/u.test(gatewayJwks) || gatewayKeys({ file: gatewayJwks })],
  ['KEYS_DIR', ({ keysDir }) => readKeyHistory(keysDir)],
  ['DATA_DIR', (config) => isWritten(config) && tryFolder('DATA_DIR', config.dataDir)],
  ['KEYS_DIR', async (config) => (await makesKeys(config)) && tryFolder('KEYS_DIR', config.keysDir)],
]

/** Whether anything of this process lies there: the embedded store, the demonstration's clock. */
const isWritten = ({ databaseUrl, demonstration }: Config): boolean => databaseUrl === null || demonstration

/** Elsewhere than in production a key that is not there is made. */
const makesKeys = async ({ keysDir, production }: Config): Promise<boolean> =>
  !production && (await Promise.all(gatewaysOwn.map((name) => signingKeyIfThere(keysDir, name)))).includes(null)

/** All that is wrong with them, as whole sentences. Nothing is opened or connected to, and nothing that is written
 * stays. */
export const problemsOfFiles = async (config: Config): Promise<readonly string[]> => {
  const { dataDir } = config
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
    return [`DATA_DIR: ${dataDir} is not a folder. Choose another with DATA_DIR.`]
  const found = await Promise.all([
    ...checks.map(([setting, check]) => problemsOf(() => check(config), setting)),
    ...gatewaysOwn.map((name) => problemsOf(() => checkKey(config, name), 'KEYS_DIR')),
  ])
  const problems = found.flat()
  return problems.length > 0 ? problems : problemsOf(() => checkApart(config), 'KEYS_DIR')
}

const gatewaysOwn = ['grant', 'transfer', 'audit'] as const satisfies readonly SigningKeyName[]

/** In production a key is there; elsewhere one that is not there is made at the start. */
const checkKey = async ({ keysDir, production }: Config, name: SigningKeyName): Promise<void> => {
  if ((await signingKeyIfThere(keysDir, name)) === null && production) throw missingKey(keysDir, name)
}

const checkApart = async ({ keysDir }: Config): Promise<void> => {
  const [grant, transfer, audit] = await Promise.all(gatewaysOwn.map((name) => signingKeyIfThere(keysDir, name)))
  publishedKeys({ ...(grant && { grant }), ...(transfer && { transfer }), ...(audit && { audit }) })
}

/** Whatever goes wrong is told with the setting that it goes wrong by. */
const problemsOf = async (check: () => unknown, setting: string): Promise<readonly string[]> => {
  try {
    await check()
    return []
  } catch (error) {
    if (error instanceof StartupError) return error.problems
    return [`${setting}: cannot be used (${error instanceof Error ? error.name : 'unknown'}${codeOf(error)}).`]
  }
}
