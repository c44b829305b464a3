import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  print,
  type TypeDefinitionNode,
  visit,
} from 'graphql'
import { StartupError } from '../foundation/errors.ts'

/** `police` → `policeGrants`: the field of `Child` that carries the signed grants for one agency. */
export const grantField = (agency: string): string => `${agency}Grants`

const specification = 'https://specs.apollo.dev/federation/v2.3'
const link = (imports: readonly string[]) =>
  `extend schema @link(url: "${specification}", import: ${JSON.stringify(imports)})`

/**
 * The subgraph of one agency: its own types, the shared types that they use, and a `Child` that has nothing but the
 * agency's one field. The field requires a grant from the core subgraph, so a router cannot plan a way to the records
 * that goes round the policy. `@label` stays, for the agency to be read by; composition leaves it out of the
 * supergraph.
 */
export const agencySubgraphSdl = (agency: string, sharedSdl: string, agencySdl: string): string => {
  const own = parse(agencySdl).definitions
  const record = own.filter(isChildExtension).flatMap((extension) => extension.fields ?? [])
  if (record.length !== 1 || record[0]?.name.value !== agency) {
    throw new StartupError([`schema/${agency}.graphql must extend Child with the field ${agency} and no other.`])
  }
  const grant = grantField(agency)
  const requires = directiveOf(`@requires(fields: "${grant}")`)
  const child = objectType(`
    "A child, as the gateway refers to them. This agency learns the reference and its own person ids, no more."
    type Child @key(fields: "id") {
      "The gateway's id for the child."
      id: ID!
      "The grants that the gateway signed for this child and this caller: one for each holder who knows the child."
      ${grant}: [String!] @external
    }`)
  const entity = {
    ...child,
    fields: [...(child.fields ?? []), ...record.map((field) => withDirective(field, requires))],
  }
  const types = [
    ...own.filter((definition) => !isChildExtension(definition)),
    ...shareable(parse(sharedSdl).definitions),
  ]
  return printSubgraph(['@key', '@external', '@requires', '@shareable'], entity, [], types)
}

/**
 * The gateway's own subgraph: every type that is no agency's, and the grants. A grant field is `@inaccessible`: a
 * router may fetch it to satisfy `@requires`, and no client can ask for it.
 *
 * @param agencySdls by agency. A grant field is made for each; enums and scalars that core types borrow are copied.
 */
export const coreSubgraphSdl = (
  sharedSdl: string,
  coreSdls: readonly string[],
  agencySdls: Readonly<Record<string, string>>,
): string => {
  const own = mergeExtensions(coreSdls.flatMap((sdl) => parse(sdl).definitions))
  const child = own.find((definition): definition is ObjectTypeDefinitionNode => isObject(definition, 'Child'))
  if (!child) throw new StartupError(['schema/child.graphql must define the type Child.'])
  const grants = objectType(
    `type Child { ${Object.keys(agencySdls)
      .map(
        (agency) =>
          `"Signed for holders of ${agency} alone. No client can ask for them." ${grantField(agency)}: [String!] @inaccessible`,
      )
      .join('\n')} }`,
  )
  const entity = {
    ...child,
    directives: [...(child.directives ?? []), directiveOf('@key(fields: "id")')],
    fields: [...(child.fields ?? []), ...(grants.fields ?? [])],
  }
  const others = own.filter((definition) => definition !== child)
  const borrowed = Object.values(agencySdls)
    .flatMap((sdl) => parse(sdl).definitions)
    .filter(
      (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION || definition.kind === Kind.SCALAR_TYPE_DEFINITION,
    )
  const roots = others.filter((definition) => isObject(definition, 'Query') || isObject(definition, 'Mutation'))
  const types = [...others, ...shareable(parse(sharedSdl).definitions), ...borrowed]
  return printSubgraph(['@key', '@inaccessible', '@shareable'], entity, roots, types)
}

/** Prints what can be reached from the entity and the roots: composition refuses nothing that nobody uses. */
const printSubgraph = (
  imports: readonly string[],
  entity: ObjectTypeDefinitionNode,
  roots: readonly DefinitionNode[],
  definitions: readonly DefinitionNode[],
): string => {
  const byName = new Map<string, DefinitionNode>()
  for (const definition of definitions) {
    if ('name' in definition && definition.name) byName.set(definition.name.value, definition)
  }
  const reached = new Set<DefinitionNode>()
  const reach = (definition: DefinitionNode | undefined): void => {
    if (!definition || reached.has(definition)) return
    reached.add(definition)
    visit(definition, {
      NamedType: (node) => reach(byName.get(node.name.value)),
      Directive: (node) => reach(byName.get(node.name.value)),
    })
  }
  byName.delete('Child')
  for (const root of [...roots, entity]) reach(root)
  reached.delete(entity)
  const reachable = definitions.filter((definition) => reached.has(definition))
  return `${[link(imports), print(entity), ...reachable.map(print)].join('\n\n')}\n`
}

/** Several agencies give the same shared types; federation accepts that only when they say so. */
const shareable = (definitions: readonly DefinitionNode[]): DefinitionNode[] =>
  definitions.map((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ? withDirective(definition, directiveOf('@shareable')) : definition,
  )

/** Joins `extend type` to the type it extends. A root that is only ever extended becomes a definition. */
const mergeExtensions = (definitions: readonly DefinitionNode[]): DefinitionNode[] => {
  const objects = new Map<string, ObjectTypeDefinitionNode>()
  for (const definition of definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue
    const name = definition.name.value
    const before = objects.get(name)
    const fields = [...(before?.fields ?? []), ...(definition.fields ?? [])]
    const base = definition.kind === Kind.OBJECT_TYPE_DEFINITION ? definition : (before ?? objectType(`type ${name}`))
    objects.set(name, { ...base, fields })
  }
  const others = definitions.filter(
    (definition) => definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION,
  )
  return [...objects.values(), ...others]
}

const isChildExtension = (definition: DefinitionNode): definition is ObjectTypeExtensionNode =>
  definition.kind === Kind.OBJECT_TYPE_EXTENSION && definition.name.value === 'Child'

const isObject = (definition: DefinitionNode, name: string): definition is ObjectTypeDefinitionNode =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === name

const withDirective = <Node extends TypeDefinitionNode | FieldDefinitionNode>(
  node: Node,
  directive: ConstDirectiveNode,
): Node => ({ ...node, directives: [...(node.directives ?? []), directive] })

const objectType = (sdl: string): ObjectTypeDefinitionNode => {
  const [definition] = parse(sdl).definitions
  if (definition?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new TypeError('Not an object type.')
  return definition
}

const directiveOf = (text: string): ConstDirectiveNode => {
  const [directive] = objectType(`type Any ${text}`).directives ?? []
  if (!directive) throw new TypeError('Not a directive.')
  return directive
}
