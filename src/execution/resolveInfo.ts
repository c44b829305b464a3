import type { FragmentDefinitionNode, GraphQLResolveInfo, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { Path } from './answerPath.ts'
import type { FieldPlan, OperationParts } from './answerPlan.ts'

type ResolveInfo = Omit<GraphQLResolveInfo, 'getAbortSignal' | 'getAsyncHelpers'>

/**
 * What a resolver is given of where it stands. Most never ask, so everything is worked out when it is asked for. An
 * operation is not aborted half way: what was read must be recorded.
 */
class Info implements ResolveInfo {
  readonly #plan: FieldPlan
  readonly #parts: OperationParts
  readonly #parent: Path | undefined
  readonly variableValues: Record<string, unknown>

  constructor(
    plan: FieldPlan,
    parts: OperationParts,
    variableValues: Record<string, unknown>,
    parent: Path | undefined,
  ) {
    this.#plan = plan
    this.#parts = parts
    this.variableValues = variableValues
    this.#parent = parent
  }

  get fieldName(): string {
    return this.#plan.name
  }
  get fieldNodes(): GraphQLResolveInfo['fieldNodes'] {
    return this.#plan.nodes
  }
  get returnType(): GraphQLResolveInfo['returnType'] {
    // `__typename` alone has no field, and it has no resolver either.
    if (!this.#plan.field) throw new TypeError('There is no such field.')
    return this.#plan.field.type
  }
  get parentType(): GraphQLResolveInfo['parentType'] {
    return this.#plan.parent
  }
  get path(): GraphQLResolveInfo['path'] {
    return { prev: this.#parent, key: this.#plan.key, typename: this.#plan.parent.name }
  }
  get schema(): GraphQLSchema {
    return this.#parts.schema
  }
  get fragments(): Record<string, FragmentDefinitionNode> {
    return this.#parts.fragments
  }
  get rootValue(): unknown {
    return undefined
  }
  get operation(): OperationDefinitionNode {
    return this.#parts.operation
  }
}

/**
 * @returns all of `GraphQLResolveInfo` that a resolver of this schema may use: the helpers for aborting are left out.
 */
export const infoOf = (
  plan: FieldPlan,
  parts: OperationParts,
  variables: Record<string, unknown>,
  parent: Path | undefined,
): GraphQLResolveInfo =>
  // The two members that are missing belong to aborted operations, of which there are none.
  new Info(plan, parts, variables, parent) as ResolveInfo as GraphQLResolveInfo
