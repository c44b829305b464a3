import { readFileSync } from 'node:fs'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { scalars } from '../../../resolvers/scalars.ts'
import { authorities, forces } from '../../../seeds/authoritiesAndForces.ts'
import type { AgencyModel } from '../../../src/federation/agencySchema.ts'
import type { SubgraphLog } from '../../../src/federation/subgraphErrors.ts'
import { type AgencyName, agencies } from '../../../src/foundation/agencies.ts'
import { registryOf } from '../../../src/foundation/registry.ts'
import { coreFiles, readSdl } from '../../../src/graphql/schemaModel.ts'
import { classify } from '../../../src/policy/classify.ts'
import type { Grant } from '../../../src/policy/grant.ts'
import type { ComputedFields } from '../../../src/sources/computedFields.ts'
import type { Row, SourceContract } from '../../../src/sources/contract.ts'
import { plainRecords } from '../../../src/sources/plainRecords.ts'
import type { AgencySource, FieldSelection, Holding, SourceAnswer } from '../../../src/sources/source.ts'
import { layoutOf } from '../../../src/sources/sourceLayout.ts'

export const sdlOf = (name: string): string =>
  readFileSync(new URL(`../../../schema/${name}.graphql`, import.meta.url), 'utf8')

export const typeDefs = ['shared', ...coreFiles, ...agencies].map(readSdl)

export const testScalars = scalars({ demonstration: true, authorities: registryOf(authorities, forces).authorities })

/** The model of one agency, from its schema and contract, with the computed fields that a test needs. */
export const modelOf = (contract: SourceContract, computed: ComputedFields = {}): AgencyModel => {
  const bare = makeExecutableSchema({ typeDefs })
  const classification = classify(bare, agencies)
  return {
    layout: layoutOf(bare, classification, contract, computed, contract.speakers),
    classification,
    computed,
    scalars: testScalars,
  }
}

export interface MemorySource extends AgencySource {
  /** Every call: for which children, and what was wanted. */
  readonly calls: { readonly grants: readonly Grant[]; readonly selection: FieldSelection }[]
  /** What the next calls do instead of answering. */
  fault: Error | null
}

/**
 * An agency's records in memory, by its own person ids: it gives what is wanted of the granted persons, and heeds
 * nothing else of a grant. `holdings` are counts of lists that are not asked for.
 */
export const memorySource = (
  agency: AgencyName,
  records: Readonly<Record<string, readonly Row[]>>,
  holdings: readonly Holding[] = [],
): MemorySource => {
  const source: MemorySource = {
    agency,
    calls: [],
    fault: null,
    async fetch(grants, selection) {
      source.calls.push({ grants, selection })
      if (source.fault) throw source.fault
      return new Map(grants.map((grant) => [grant.childId, answerOf(grant, selection)]))
    },
    health: async () => ({ ok: source.fault === null, detail: '' }),
    close: async () => {},
  }
  const answerOf = (grant: Grant, selection: FieldSelection): Extract<SourceAnswer, { state: 'ANSWERED' }> => ({
    state: 'ANSWERED',
    records: plainRecords(
      Object.fromEntries(
        [...selection.lists].map(([list, fields]) => [
          list,
          (records[list] ?? []).filter((row) => grant.persons.includes(row.person)).map((row) => only(row, fields)),
        ]),
      ),
    ),
    holdings:
      selection.holdings && grant.persons.length > 0
        ? [...holdings.filter(({ list }) => !selection.lists.has(list)), ...countsOf(grant, selection)]
        : [],
  })
  /** What is read is counted, as by a database. */
  const countsOf = (grant: Grant, selection: FieldSelection): Holding[] =>
    [...selection.lists.keys()].sort().flatMap((list) => {
      const rows = (records[list] ?? []).filter((row) => grant.persons.includes(row.person))
      const dates = rows.map((row) => String(row['provenance.recordedAt'])).sort()
      const service = String(rows[0]?.['provenance.agency'])
      return rows.length === 0 ? [] : [{ list, service, count: rows.length, latest: dates.at(-1) ?? null }]
    })
  return source
}

const only = (row: Row, fields: ReadonlySet<string>): Row => {
  const kept = Object.entries(row).filter(([key]) => key === 'parent' || fields.has(key))
  return { ...Object.fromEntries(kept), id: row.id, person: row.person }
}

/** Keeps what an operator would read. */
export const testLog = (): SubgraphLog & { readonly lines: { details: object; message: string }[] } => {
  const lines: { details: object; message: string }[] = []
  const write = (details: object, message: string): void => {
    lines.push({ details, message })
  }
  return { lines, info: write, warn: write, error: write }
}
