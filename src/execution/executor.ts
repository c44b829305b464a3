import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { type OperationParts, planFields, type SelectionPlan } from './answerPlan.ts'
import { runSelection } from './runSelection.ts'
import { directiveVariables, selectedFields } from './selectedFields.ts'

export interface Execution {
  readonly document: DocumentNode
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: unknown
}

export type Executor = (execution: Execution) => Promise<ExecutionResult>

interface Compiled {
  readonly parts: OperationParts
  readonly selection: SelectionPlan
}

/** Plans cached for one document: its operations, times the values that shape its answer. */
const plansCached = 64

/**
 * Executes queries from a plan that is compiled once for each operation text: what is selected, how each value is
 * completed and every argument without a variable are worked out before the second request. Mutations, which are few
 * and must run in order, and questions about the schema go to the reference implementation.
 */
export function createExecutor(schema: GraphQLSchema): Executor {
  const cached = new WeakMap<
    DocumentNode,
    { readonly shaping: readonly string[]; readonly plans: LRUCache<string, Compiled> }
  >()
  const introspects = new WeakMap<DocumentNode, boolean>()

  return async ({ document, operationName, variables, context }) => {
    const operation = operationOf(document, operationName)
    if (operation?.operation !== OperationTypeNode.QUERY || asksSchema(document, introspects))
      return execute({ schema, document, contextValue: context, variableValues: variables, operationName })
    const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 20 })
    if (coerced.errors) return { errors: coerced.errors }

    const known = cached.get(document) ?? {
      shaping: directiveVariables(document),
      plans: new LRUCache<string, Compiled>({ max: plansCached }),
    }
    cached.set(document, known)
    const key = keyOf(operationName, known.shaping, coerced.coerced)
    let compiled = known.plans.get(key)
    if (!compiled) {
      compiled = compile(schema, document, operation, coerced.coerced)
      known.plans.set(key, compiled)
    }
    return runSelection(compiled.selection, compiled.parts, context, coerced.coerced)
  }
}

/**
 * By which a compiled operation of a document is found again: its name, and the variables that decide what is selected.
 */
const keyOf = (
  operationName: string | null,
  shaping: readonly string[],
  variables: Readonly<Record<string, unknown>>,
): string =>
  shaping.length === 0 ? (operationName ?? '') : JSON.stringify([operationName, shaping.map((name) => variables[name])])

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Compiled {
  const fragments = Object.fromEntries(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  )
  const root = schema.getQueryType()
  if (!root) throw new TypeError('The schema has no query type.')
  const parts: OperationParts = { schema, fragments, variables, operation }
  return { parts, selection: planFields(parts, root, selectedFields(parts, root, operation.selectionSet.selections)) }
}

function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return name === null
    ? operations.length === 1
      ? operations[0]
      : undefined
    : operations.find((operation) => operation.name?.value === name)
}

function asksSchema(document: DocumentNode, known: WeakMap<DocumentNode, boolean>): boolean {
  const before = known.get(document)
  if (before !== undefined) return before
  let asks = false
  visit(document, {
    Field: (field) => {
      if (field.name.value === '__schema' || field.name.value === '__type') asks = true
    },
  })
  known.set(document, asks)
  return asks
}
