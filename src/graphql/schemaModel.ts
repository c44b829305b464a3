import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { makeExecutableSchema } from '@graphql-tools/schema'
import type { IResolvers } from '@graphql-tools/utils'
import { type GraphQLSchema, isObjectType } from 'graphql'
import type { PagesOf, Planning } from '../disclosure/needsPlan.ts'
import { type AuthorisedChild, type Selects, whenAnswered } from '../disclosure/requestContext.ts'
import { type SelectionPlan, type SourceWriter, writerFor } from '../execution/answerPlan.ts'
import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import { isCheckout } from '../foundation/checkoutOrPackage.ts'
import { StartupError } from '../foundation/errors.ts'
import type { Registry } from '../foundation/registry.ts'
import { isReadInPart } from '../policy/admits.ts'
import { type Classification, classify, type FieldClass } from '../policy/classify.ts'
import { checkField, enforce } from '../policy/enforce.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import type { Contracts } from '../records/agencyAnswers.ts'
import { type Requirable, unknownIn, unknownInComputed } from '../records/checkRequired.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { mappedLayout } from '../sources/bindings/sql/mapping/mappedLayout.ts'
import type { Mapping } from '../sources/bindings/sql/mapping/mapping.ts'
import type { ComputedFields } from '../sources/computedFields.ts'
import type { SourceContract } from '../sources/contract.ts'
import { type ListLayout, layoutOf, type SourceLayout, speakersOf } from '../sources/sourceLayout.ts'
import { checkArguments } from './checkedArguments.ts'
import { withListArguments } from './listArguments.ts'
import { type RecordView, recordResolvers, recordView } from './recordResolvers.ts'

/** Everything that follows from the files of the schema, the sources and the resolvers; made once at start. */
export interface Model extends Planning {
  readonly schema: GraphQLSchema
  readonly classification: Classification
  readonly contracts: Readonly<Record<AgencyName, SourceContract>>
  readonly layouts: Readonly<Record<AgencyName, SourceLayout>>
  readonly computed: Readonly<Record<AgencyName, ComputedFields>>
  /** The layout of a kind in tables of the product's own make, or of another by a mapping. */
  readonly layoutWith: (name: AgencyName, mapping: Mapping | undefined) => SourceLayout
}

/** The core of the schema, in reading order. */
export const coreFiles = [
  'child',
  'chronology',
  'patterns',
  'family',
  'knownBy',
  'history',
  'levels',
  'timeLinks',
  'engagementAndOrders',
  'associations',
  'alerts',
  'oversight',
  'identity',
  'transfer',
  'exchange',
  'governance',
  'decisions',
  'assurance',
  'agreements',
  'governanceCases',
  'audit',
] as const

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where the SDL files are. */
export const schemaFolder = `${root}schema`

export const readSdl = (name: string): string => {
  const text = readFileSync(`${root}schema/${name}.graphql`, 'utf8')
  return agencies.some((agency) => agency === name) ? withListArguments(text) : text
}

const wholeSdl = (): string[] => ['shared', ...coreFiles, ...agencies].map(readSdl)

/** What one agency brings: its contract and its computed fields. */
export interface AgencyModule {
  readonly contract: SourceContract
  readonly computed: ComputedFields
}

/**
 * Loads the files of every agency by name.
 *
 * @param seeded whether each must have records for the demonstration too.
 * @throws StartupError naming each file that is missing.
 */
export async function loadAgencies({ seeded = false } = {}): Promise<Record<AgencyName, AgencyModule>> {
  const folders = (name: AgencyName) => [
    `schema/${name}.graphql`,
    `src/sources/${name}.ts`,
    `resolvers/${name}.ts`,
    ...(seeded ? [`seeds/${name}.ts`] : []),
  ]
  // In an installed package they are parts of the program.
  const missing = agencies.flatMap(folders).filter((file) => isCheckout && !existsSync(`${root}${file}`))
  if (missing.length > 0) throw new StartupError(missing.map((file) => `The file ${file} is missing.`))
  const loaded = await Promise.all(
    agencies.map(async (name) => {
      const source: { contract: SourceContract } = await import(`../sources/${name}.ts`)
      const resolvers: { computed: ComputedFields } = await import(`../../resolvers/${name}.ts`)
      return [name, { contract: source.contract, computed: resolvers.computed }] as const
    }),
  )
  // Every name was just loaded.
  return Object.fromEntries(loaded) as Record<AgencyName, AgencyModule>
}

export interface ModelOptions {
  /** Called with every value that its type refuses, by agency, list and field. */
  readonly onBadValue?: ((agency: AgencyName, list: string, field: string) => void) | undefined
  /** What a kind's contract becomes by how its holders are read. */
  readonly contractOf?: (contract: SourceContract) => SourceContract
  /** Whom to ask about an agency's part, by its name. */
  readonly contacts?: Registry['contacts']
  /** Agencies whose records are read from somebody else's tables. */
  readonly mappings?: Readonly<Partial<Record<AgencyName, Mapping>>>
}

/** The gateway's whole schema, enforced, with what planning needs. */
export function buildModel(
  modules: Readonly<Record<AgencyName, AgencyModule>>,
  core: readonly IResolvers[],
  { onBadValue = () => {}, mappings = {}, contacts = {}, contractOf = (contract) => contract }: ModelOptions = {},
): Model {
  // With the core's scalars: what they refuse to let leave is a bad value.
  const bare = makeExecutableSchema({ typeDefs: wholeSdl(), resolvers: [...core] })
  const classification = classify(bare, agencies)
  const speakers = speakersOf(agencies.map((name) => modules[name].contract))
  const layoutWith = (name: AgencyName, mapping: Mapping | undefined): SourceLayout => {
    const { contract, computed } = modules[name]
    const layout = layoutOf(bare, classification, contractOf(contract), computed, speakers, {
      onBadValue: (list, field) => onBadValue(name, list, field),
      tables: mapping ? {} : undefined,
      contact: contacts[name],
    })
    return mapping ? mappedLayout(layout, mapping) : layout
  }
  const layouts = eachAgency((name) => layoutWith(name, mappings[name]))
  const contracts = eachAgency((name) => layouts[name].contract)
  const computed = eachAgency((name) => modules[name].computed)
  const schema = checkArguments(enforce(uncheckedSchema(modules, core, { layouts, classification }), classification))
  return {
    schema,
    classification,
    contracts,
    layouts,
    layoutWith,
    computed,
    cache: new WeakMap(),
    needs: needsOf(schema, contracts, { layouts, computed }),
    pages: pagesOf(schema),
  }
}

/**
 * The whole schema as it reads and writes what it is given, before its fields are checked. Nothing that answers a
 * caller may stand on it without `enforce` around it.
 */
export function uncheckedSchema(
  modules: Readonly<Record<AgencyName, AgencyModule>>,
  core: readonly IResolvers[],
  { layouts, classification }: Pick<Model, 'layouts' | 'classification'>,
): GraphQLSchema {
  const records = agencies.flatMap((name) => [
    recordResolvers(layouts[name], classification, modules[name].computed),
    {
      Child: {
        [name]: (child: AuthorisedChild) =>
          whenAnswered(child, (answers) => recordView(layouts[name], child.grants[name], answers[name])),
      },
    },
  ])
  const schema = makeExecutableSchema({ typeDefs: wholeSdl(), resolvers: [...core, ...records] })
  for (const name of agencies) writeRecords(schema, layouts[name], classification)
  return schema
}

/**
 * Lets each list of an agency's record be written by the set that holds its records, behind the same check as its
 * resolver.
 */
function writeRecords(schema: GraphQLSchema, layout: SourceLayout, classification: Classification): void {
  const type = schema.getType(layout.recordType)
  const labels = classification.get(layout.recordType)?.fields
  if (!isObjectType(type)) return
  for (const field of Object.values(type.getFields())) {
    const label = labels?.get(field.name)
    const list = layout.lists.get(field.name)
    if (label && list) field.extensions = { ...field.extensions, [writerFor]: recordsWriter(list, label) }
  }
}

const recordsWriter =
  (list: ListLayout, label: FieldClass) =>
  (selection: SelectionPlan): SourceWriter =>
  (source, out) => {
    // The parent of a record's lists.
    const { grant, answer } = source as RecordView
    if (checkField(grantOfSomeRow(grant), label, true) !== 'VALUE') return false
    const { at } = out
    if (!answer.records.write(list.list, selection, grant, out)) return false
    // An empty list of which only a part is read is not for this writer to write.
    if (out.at - at > emptyList || !isReadInPart(grant, list)) return true
    out.rewind(at)
    return false
  }

const emptyList = '[]'.length

type Declared = RequiredFields | ((contracts: Contracts, selects: Selects) => RequiredFields)

/** Of the joined fields of `Child`, those that are about a stretch of time. */
const pagesOf = (schema: GraphQLSchema): Planning['pages'] => {
  const type = schema.getType('Child')
  const fields = isObjectType(type) ? Object.values(type.getFields()) : []
  return new Map(
    fields.flatMap((field) => {
      const pages = field.extensions['pages'] as PagesOf | undefined
      return pages ? [[field.name, pages] as const] : []
    }),
  )
}

/**
 * What the joined fields of `Child` declared. Every declaration is checked here, those of other fields too.
 *
 * @throws StartupError naming each list and field that the schema has not, with the field that requires it.
 */
function needsOf(schema: GraphQLSchema, contracts: Contracts, requirable: Requirable): Planning['needs'] {
  const found = new Map<string, (selects: Selects) => RequiredFields>()
  const problems = unknownInComputed(requirable)
  for (const type of Object.values(schema.getTypeMap()))
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
      const declared = field.extensions['needs'] as Declared | undefined
      if (!declared) continue
      const needs = (selects: Selects) => (typeof declared === 'function' ? declared(contracts, selects) : declared)
      for (const unknown of unknownIn(needs(everything), requirable))
        problems.push(`${type.name}.${field.name} requires ${unknown}, which the schema has not.`)
      if (type.name === 'Child') found.set(field.name, needs)
    }
  if (problems.length > 0) throw new StartupError(problems)
  return found
}

const everything: Selects = () => true
