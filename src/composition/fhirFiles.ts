import { StartupError } from '../foundation/errors.ts'
import type { FhirBinding, Holder } from '../foundation/holder.ts'
import type { Registry } from '../foundation/registry.ts'
import { privateKey } from '../sources/bindings/fhir/clientCredentials.ts'
import { type CodeBook, readCodeBook } from '../sources/bindings/fhir/codeBook.ts'
import { contractBehindFhir } from '../sources/bindings/fhir/contract.ts'
import type { SourceContract } from '../sources/contract.ts'

/** A holder that is read from a FHIR server. */
export interface FhirHolderEntry extends Holder {
  readonly binding: FhirBinding
}

export const isBehindFhir = (holder: Holder): holder is FhirHolderEntry => holder.binding?.type === 'fhir'

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
