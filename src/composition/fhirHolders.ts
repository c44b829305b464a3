import { type Clock, secondsOf, systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { addressVariable, type Holder } from '../foundation/holder.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import { isPrivateUrl } from '../foundation/localAddresses.ts'
import type { Metrics } from '../server/metrics.ts'
import { type FhirClient, fhirClient } from '../sources/bindings/fhir/client.ts'
import { clientCredentials } from '../sources/bindings/fhir/clientCredentials.ts'
import { readCodeBook } from '../sources/bindings/fhir/codeBook.ts'
import { FhirSource } from '../sources/bindings/fhir/source.ts'
import { surveyOf } from '../sources/bindings/fhir/survey.ts'
import type { Catalogue } from './catalogue.ts'
import { type FhirHolderEntry, isBehindFhir } from './fhirFiles.ts'

const surveyMs = 30_000
const allThatMayBeRead = 'system/*.rs'

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

/** @throws StartupError where it would be spoken to in clear over a network. */
export function clientOf(
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

/** The address of the server that a binding names; null where it names none. */
export const namedAddress = (
  { binding }: FhirHolderEntry,
  { holderUrls }: Pick<Config, 'holderUrls'>,
): string | null => (binding.server === undefined ? null : (holderUrls[addressVariable(binding.server)] ?? null))

/**
 * For `doctor`: what of a holder's records nobody classified, and what cannot be read; null where it is behind no FHIR
 * server.
 *
 * @throws where the server does not answer, or refuses.
 */
export async function surveyFhirHolder(
  id: string,
  config: Pick<Config, 'demonstration' | 'holderUrls'>,
  { registry, model, codeBooks }: Pick<Catalogue, 'registry' | 'model' | 'codeBooks'>,
): Promise<readonly string[] | null> {
  const holder = registry.holders.get(id)
  const book = codeBooks.get(id)
  if (!holder || !book || !isBehindFhir(holder)) return null
  const named = namedAddress(holder, config)
  const reading = { layout: model.layouts[holder.kind], holder, book, readAt: secondsOf(systemClock().now()) }
  const client = clientOf(holder, named, config)
  try {
    return await surveyOf(client, reading, AbortSignal.timeout(surveyMs))
  } catch (error) {
    throw new Error(`its FHIR server at ${new URL(client.base).host} does not answer: ${whyOf(error)}`, {
      cause: error,
    })
  }
}

/** A connection that fails says why in its cause alone. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error.name === 'TimeoutError') return `nothing within ${surveyMs / 1000} seconds`
  return `${error.message}${codeOf(error.cause)}`
}
