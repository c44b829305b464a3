import { type ExecutionResult, GraphQLError, getArgumentValues, locatedError } from 'graphql'
import { infoOf } from './info.ts'
import { keysOf, type Path } from './path.ts'
import type { Completion, FieldPlan, OperationParts, SelectionPlan } from './plan.ts'

/** One run of one compiled operation. */
interface Run {
  readonly parts: OperationParts
  readonly context: unknown
  readonly variables: Record<string, unknown>
  readonly errors: GraphQLError[]
}

type Answer = Record<string, unknown>

/** Runs a compiled selection from its root. Errors stand beside the data, as the specification's execution has them. */
export async function runSelection(
  selection: SelectionPlan,
  parts: OperationParts,
  context: unknown,
  variables: Record<string, unknown>,
): Promise<ExecutionResult> {
  const run: Run = { parts, context, variables, errors: [] }
  const data = await dataOf(selection, run)
  return run.errors.length > 0 ? { errors: run.errors, data } : { data }
}

async function dataOf(selection: SelectionPlan, run: Run): Promise<Answer | null> {
  try {
    return await select(selection, undefined, undefined, run)
  } catch (error) {
    // A null rose to the root: the error says where it came from.
    run.errors.push(asGraphQLError(error))
    return null
  }
}

/** Fields are resolved in order; only those that wait make the answer wait. */
function select(selection: SelectionPlan, source: unknown, path: Path | undefined, run: Run): Answer | Promise<Answer> {
  const answer: Answer = selection.bare ? Object.create(null) : {}
  let waiting: Promise<void>[] | undefined
  for (const plan of selection.fields) {
    const value = resolve(plan, source, path, run)
    if (value instanceof Promise) {
      // Set now, so that keys keep the order of the selection.
      answer[plan.key] = null
      waiting ??= []
      waiting.push(
        value.then((settled) => {
          answer[plan.key] = settled
        }),
      )
    } else answer[plan.key] = value
  }
  return waiting ? Promise.all(waiting).then(() => answer) : answer
}

function resolve(plan: FieldPlan, source: unknown, parent: Path | undefined, run: Run): unknown {
  const { field } = plan
  if (!field) return plan.parent.name
  try {
    const value = resolved(plan, source, parent, run)
    if (!isThenable(value)) return completeField(plan, value, parent, run)
    return Promise.resolve(value)
      .then((settled) => completeField(plan, settled, parent, run))
      .catch((error: unknown) => failed(plan, error, parent, run))
  } catch (error) {
    return failed(plan, error, parent, run)
  }
}

function resolved(plan: FieldPlan, source: unknown, parent: Path | undefined, run: Run): unknown {
  const { field } = plan
  const args = plan.constant ?? (field && plan.nodes[0] ? getArgumentValues(field, plan.nodes[0], run.variables) : {})
  if (!field?.resolve) return byName(source, plan.name, args, run.context)
  return field.resolve(source, args, run.context, infoOf(plan, run.parts, run.variables, parent))
}

/** The default resolver: a member of the source, called when it is a function. */
function byName(source: unknown, name: string, args: Readonly<Record<string, unknown>>, context: unknown): unknown {
  if (typeof source !== 'object' || source === null) return undefined
  const member: unknown = Reflect.get(source, name)
  return typeof member === 'function' ? member.call(source, args, context) : member
}

const pathOf = (plan: FieldPlan, prev: Path | undefined): Path => ({ prev, key: plan.key, typename: plan.parent.name })

function completeField(plan: FieldPlan, value: unknown, parent: Path | undefined, run: Run): unknown {
  if (value instanceof Error) throw value
  if (value === null || value === undefined) return nonNull(plan, null)
  const completed =
    plan.complete.kind === 'leaf'
      ? serialized(plan.complete, value, plan)
      : complete(plan.complete, value, plan, pathOf(plan, parent), run)
  return completed instanceof Promise
    ? completed.then((settled) => nonNull(plan, settled)).catch((error: unknown) => failed(plan, error, parent, run))
    : completed
}

function nonNull(plan: FieldPlan, value: unknown): unknown {
  if (value === null && !plan.nullable) throw nullWhereNoneMayBe(plan)
  return value
}

const nullWhereNoneMayBe = (plan: FieldPlan): Error =>
  new Error(`Cannot return null for non-nullable field ${plan.parent.name}.${plan.name}.`)

/** An error stays where null may stand, and rises where it may not. */
function failed(plan: FieldPlan, error: unknown, parent: Path | undefined, run: Run): null {
  return failedAt(plan, plan.nullable, error, pathOf(plan, parent), run)
}

function failedAt(plan: FieldPlan, nullable: boolean, error: unknown, path: Path, run: Run): null {
  const located = locatedError(error, plan.nodes, keysOf(path))
  if (!nullable) throw located
  run.errors.push(located)
  return null
}

function serialized(completion: Extract<Completion, { kind: 'leaf' }>, value: unknown, plan: FieldPlan): unknown {
  const text = completion.serialize(value)
  if (text === undefined || text === null)
    throw new Error(`${plan.parent.name}.${plan.name} has a value of the wrong kind.`)
  return text
}

function complete(completion: Completion, value: unknown, plan: FieldPlan, path: Path, run: Run): unknown {
  switch (completion.kind) {
    case 'leaf':
      return serialized(completion, value, plan)
    case 'object':
      return select(completion.selection, value, path, run)
    case 'list':
      return completeList(completion, value, plan, path, run)
  }
}

type ListCompletion = Extract<Completion, { kind: 'list' }>

function completeList(list: ListCompletion, value: unknown, plan: FieldPlan, path: Path, run: Run): unknown {
  if (!isIterable(value)) throw new Error(`${plan.parent.name}.${plan.name} is not a list.`)
  const items: unknown[] = []
  let waits = false
  for (const item of value) {
    const completed = completeItem(list, item, plan, { prev: path, key: items.length, typename: undefined }, run)
    waits ||= completed instanceof Promise
    items.push(completed)
  }
  return waits ? Promise.all(items) : items
}

function completeItem(list: ListCompletion, item: unknown, plan: FieldPlan, path: Path, run: Run): unknown {
  try {
    const value = isThenable(item)
      ? Promise.resolve(item).then((settled) => settledItem(list, settled, plan, path, run))
      : settledItem(list, item, plan, path, run)
    return value instanceof Promise
      ? value.catch((error: unknown) => failedAt(plan, list.itemNullable, error, path, run))
      : value
  } catch (error) {
    return failedAt(plan, list.itemNullable, error, path, run)
  }
}

function settledItem(list: ListCompletion, item: unknown, plan: FieldPlan, path: Path, run: Run): unknown {
  if (item instanceof Error) throw item
  if (item === null || item === undefined) {
    if (!list.itemNullable) throw nullWhereNoneMayBe(plan)
    return null
  }
  return complete(list.item, item, plan, path, run)
}

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError('The operation failed.', { originalError: error instanceof Error ? error : null })

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value
