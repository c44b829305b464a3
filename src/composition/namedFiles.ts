import { existsSync, statSync } from 'node:fs'
import { readKeyHistory } from '../audit/keyHistory.ts'
import { readWitnesses } from '../audit/witnessFile.ts'
import { missingKey, publishedKeys, type SigningKeyName, signingKeyIfThere } from '../auth/signingKeys.ts'
import { gatewayKeys } from '../federation/gatewayKeys.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { linkageModelFrom } from '../identity/readLinkageModel.ts'
import { packInForce, packsOf } from '../policy/packInForce.ts'
import { ukDay } from '../records/day.ts'
import { readSafelist } from '../server/safelist.ts'
import { tlsOptions } from '../server/tlsFiles.ts'
import { readRegistry } from './catalogue.ts'
import { checkFhirFiles } from './fhirFiles.ts'
import { checkIssuers } from './issuers.ts'

type Check = (config: Config) => unknown

/** Every file that a setting names, read as the gateway reads it. */
const checks: readonly Check[] = [
  (config) => checkIssuers(config),
  async ({ registryFile }) => checkFhirFiles(await readRegistry(registryFile)),
  ({ tls }) => tls && tlsOptions(tls),
  ({ safelist: { file } }) => file && readSafelist(file),
  ({ auditWitnessesFile }) => auditWitnessesFile && readWitnesses(auditWitnessesFile),
  ({ identityModel }) => identityModel && linkageModelFrom(identityModel),
  (config) => packInForce(packsOf(config), config, ukDay(config.demonstrationAsOf ?? new Date())),
  ({ gatewayJwks }) => /^https?:/u.test(gatewayJwks) || gatewayKeys({ file: gatewayJwks }),
  ({ keysDir }) => readKeyHistory(keysDir),
]

/** All that is wrong with them, as whole sentences. Nothing is opened, connected to or written. */
export const problemsOfFiles = async (config: Config): Promise<readonly string[]> => {
  const { dataDir } = config
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
    return [`DATA_DIR: ${dataDir} is not a folder. Choose another with DATA_DIR.`]
  const found = await Promise.all([
    ...checks.map((check) => problemsOf(() => check(config))),
    ...gatewaysOwn.map((name) => problemsOf(() => checkKey(config, name))),
  ])
  const problems = found.flat()
  return problems.length > 0 ? problems : problemsOf(() => checkApart(config))
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

const problemsOf = async (check: () => unknown): Promise<readonly string[]> => {
  try {
    await check()
    return []
  } catch (error) {
    if (error instanceof StartupError) return error.problems
    throw error
  }
}
