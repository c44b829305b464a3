import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql'
import type { Executor } from '../execution/executor.ts'
import type { Engine } from './engine.ts'
import { coded, executed, tellerOf } from './executed.ts'
import type { Log } from './log.ts'

/**
 * The second door's engine: what Apollo Server does to an operation, without its life cycle around each request. The
 * rules are the same, and so is each error; `test/server/doors.test.ts` holds both doors to the same bytes.
 */
export const nativeEngine = (schema: GraphQLSchema, executor: Executor, introspection: boolean, log: Log): Engine => {
  const rules = introspection ? specifiedRules : [...specifiedRules, withoutIntrospection]
  // A document is the same object for as long as its text is kept, and no longer. What is invalid is looked at each time.
  const valid = new WeakSet<DocumentNode>()
  const tell = tellerOf(schema, log)
  const execute = executed(executor, tell)

  return async (operation, context) => {
    const { body, document } = operation
    if (!valid.has(document)) {
      const problems = validate(schema, document, rules)
      if (problems.length > 0)
        return tell(
          context.requestId,
          problems.map((problem) => coded(problem, 'GRAPHQL_VALIDATION_FAILED')),
        )
      valid.add(document)
    }
    if (!getOperationAST(document, body.operationName)) return tell(context.requestId, [unresolved])
    return execute(operation, context)
  }
}

/** No operation of that name, or none named where there are several. */
const unresolved = new GraphQLError('', { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } })

/** One error for each question about the schema, as Apollo Server's own rule gives it. */
const withoutIntrospection: ValidationRule = (validation) => ({
  Field: (node) => {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return
    const extensions = { validationErrorCode: 'INTROSPECTION_DISABLED' }
    validation.reportError(new GraphQLError('', { nodes: [node], extensions }))
  },
})
