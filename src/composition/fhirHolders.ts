import { isPrivateUrl } from '../foundation/addresses.ts'
import { type Clock, secondsOf, systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { addressVariable, type FhirBinding, type Holder } from '../foundation/holder.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Metrics } from '../server/metrics.ts'
import { type FhirClient, fhirClient } from '../sources/bindings/fhir/client.ts'
import { clientCredentials, privateKey } from '../sources/bindings/fhir/clientCredentials.ts'
import { type CodeBook, readCodeBook } from '../sources/bindings/fhir/codeBook.ts'
import { contractBehindFhir } from '../sources/bindings/fhir/contract.ts'
import { FhirSource } from '../sources/bindings/fhir/source.ts'
import { surveyOf } from '../sources/bindings/fhir/survey.ts'
import type { SourceContract } from '../sources/contract.ts'
import type { Catalogue } from './catalogue.ts'

/** A holder that is read from a FHIR server. */
interface FhirHolderEntry extends Holder {
  readonly binding: FhirBinding
}

const surveyMs = 30_000
const allThatMayBeRead = 'system/*.rs'

const isBehindFhir = (holder: Holder): holder is FhirHolderEntry => holder.binding?.type === 'fhir'

export const behindFhir = ({ holders }: Pick<Registry, 'holders'>): readonly FhirHolderEntry[] =>
  [...holders.values()].filter(isBehindFhir)

/**
 * What the codes of each holder behind a FHIR server say.
 *
 * @throws StartupError with the problems of every file.
 */
export function readCodeBooks(registry: Pick<Registry, 'holders'>): ReadonlyMap<string, CodeBook> {
  const problems: string[] = []
  const books = new Map<string, CodeBook>()
  for (const { id, kind, binding } of behindFhir(registry)) {
    if (kind !== 'health') problems.push(`REGISTRY_FILE: holder ${id} is of ${kind}; a FHIR server gives health alone.`)
    try {
      books.set(id, readCodeBook(binding.codes ?? null))
    } catch (error) {
      if (!(error instanceof StartupError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new StartupError(problems)
  return books
}

/** What the contract of a kind becomes where a holder of it is behind a FHIR server. */
export const contractsBehindFhir =
  (registry: Pick<Registry, 'holders'>, books: ReadonlyMap<string, CodeBook>) =>
  (contract: SourceContract): SourceContract =>
    behindFhir(registry)
      .filter(({ kind }) => kind === contract.name)
      .reduce((made, { id }) => {
        const book = books.get(id)
        return book ? contractBehindFhir(made, book) : made
      }, contract)

/** Reads every file that a holder behind a FHIR server names. @throws StartupError with what is wrong with them. */
export async function checkFhirFiles(registry: Registry): Promise<void> {
  readCodeBooks(registry)
  const problems: string[] = []
  for (const { id, binding } of behindFhir(registry)) {
    if (binding.keyFile === undefined) continue
    try {
      await privateKey(binding.keyFile)
    } catch {
      problems.push(`REGISTRY_FILE: holder ${id}, ${binding.keyFile} holds no private key: a JWK, or PKCS 8 in PEM.`)
    }
  }
  if (problems.length > 0) throw new StartupError(problems)
}

export interface FhirSetting {
  readonly config: Pick<Config, 'demonstration' | 'holderUrls'>
  readonly catalogue: Pick<Catalogue, 'model' | 'codeBooks'>
  readonly clock: Clock
  readonly metrics: Pick<Metrics, 'badValue'>
}

/**
 * Opens the way to a holder's FHIR server.
 *
 * @param named the address of the server that its binding names; null where the binding says the address itself.
 * @throws StartupError where it would be spoken to in clear over a network.
 */
export function openFhirHolder(holder: Holder, named: string | null, setting: FhirSetting): FhirSource {
  const { catalogue, clock, metrics, config } = setting
  if (!isBehindFhir(holder)) throw new TypeError(`${holder.id} is behind no FHIR server.`)
  return new FhirSource({
    layout: catalogue.model.layouts[holder.kind],
    holder,
    book: catalogue.codeBooks.get(holder.id) ?? readCodeBook(),
    clock,
    client: clientOf(holder, named, config),
    onBad: (list, field) => metrics.badValue(holder.kind, list, field),
  })
}

function clientOf(
  { id, binding }: FhirHolderEntry,
  named: string | null,
  { demonstration }: Pick<Config, 'demonstration'>,
): FhirClient {
  const address = named ?? binding.url ?? ''
  if (!URL.canParse(address) || !(demonstration || isPrivateUrl(address)))
    throw new StartupError([`REGISTRY_FILE: holder ${id} has a FHIR server whose address is not of HTTPS.`])
  const base = new URL(address)
  const { clientId, keyFile, tokenUrl = null, scope = allThatMayBeRead } = binding
  const mayBePlain = demonstration || base.protocol === 'http:'
  const tokens =
    clientId === undefined || keyFile === undefined
      ? null
      : clientCredentials({ clientId, keyFile, tokenUrl, scope }, base, { mayBePlain })
  return fhirClient({ base, tokens })
}

/**
 * For `doctor`: what of a holder's records nobody classified, and what cannot be read; null where it is behind no FHIR
 * server.
 */
export async function surveyFhirHolder(
  id: string,
  config: Pick<Config, 'demonstration' | 'holderUrls'>,
  { registry, model, codeBooks }: Pick<Catalogue, 'registry' | 'model' | 'codeBooks'>,
): Promise<readonly string[] | null> {
  const holder = registry.holders.get(id)
  const book = codeBooks.get(id)
  if (!holder || !book || !isBehindFhir(holder)) return null
  const { server } = holder.binding
  const named = server === undefined ? null : (config.holderUrls[addressVariable(server)] ?? null)
  const reading = { layout: model.layouts[holder.kind], holder, book, readAt: secondsOf(systemClock().now()) }
  try {
    return await surveyOf(clientOf(holder, named, config), reading, AbortSignal.timeout(surveyMs))
  } catch (error) {
    return [`could not be looked through: ${error instanceof Error ? error.message : 'no answer'}`]
  }
}
