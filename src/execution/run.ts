import { type ExecutionResult, GraphQLError, getArgumentValues, locatedError } from 'graphql'
import { AnswerText } from './answerText.ts'
import { flatList } from './flatList.ts'
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

/** A value of the answer as JSON, at once or later. */
type Written = string | Promise<string>

const nullText = 'null'

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

async function dataOf({ fields }: SelectionPlan, run: Run): Promise<AnswerText | null> {
  try {
    const values = await Promise.all(fields.map((plan) => resolve(plan, undefined, undefined, run)))
    let text = fields.length === 0 ? '{' : ''
    for (const [place, { opening }] of fields.entries()) text += `${opening}${values[place]}`
    return new AnswerText(
      `${text}}`,
      values.some((value) => value !== nullText),
    )
  } catch (error) {
    // A null rose to the root: the error says where it came from.
    run.errors.push(asGraphQLError(error))
    return null
  }
}

/** Fields are resolved in order; only those that wait make the answer wait. */
function select({ fields }: SelectionPlan, source: unknown, path: Path | undefined, run: Run): Written {
  if (fields.length === 0) return '{}'
  let text = ''
  let parts: Written[] | undefined
  for (const plan of fields) {
    const value = resolve(plan, source, path, run)
    if (typeof value === 'string') text += plan.opening + value
    else {
      parts ??= []
      parts.push(text + plan.opening, value)
      text = ''
    }
  }
  if (!parts) return `${text}}`
  parts.push(`${text}}`)
  return Promise.all(parts).then(joined)
}

/** One after another, and not by `join`: at each level of the answer that would write all below it again. */
const joined = (parts: readonly string[]): string => {
  let text = ''
  for (const part of parts) text += part
  return text
}

function resolve(plan: FieldPlan, source: unknown, parent: Path | undefined, run: Run): Written {
  const { field } = plan
  if (!field) return JSON.stringify(plan.parent.name)
  try {
    const text = plan.write?.(source)
    if (text !== undefined) return text
    const value = plan.direct ? plan.direct(source) : resolved(plan, source, parent, run)
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

function completeField(plan: FieldPlan, value: unknown, parent: Path | undefined, run: Run): Written {
  if (value instanceof Error) throw value
  if (value === null || value === undefined) {
    if (!plan.nullable) throw nullWhereNoneMayBe(plan)
    return nullText
  }
  if (plan.complete.kind === 'leaf') return leafText(plan.complete, value, plan)
  const completed = complete(plan.complete, value, plan, pathOf(plan, parent), run)
  return typeof completed === 'string'
    ? completed
    : completed.catch((error: unknown) => failed(plan, error, parent, run))
}

const nullWhereNoneMayBe = (plan: FieldPlan): Error =>
  new Error(`Cannot return null for non-nullable field ${plan.parent.name}.${plan.name}.`)

/** An error stays where null may stand, and rises where it may not. */
function failed(plan: FieldPlan, error: unknown, parent: Path | undefined, run: Run): string {
  return failedAt(plan, plan.nullable, error, pathOf(plan, parent), run)
}

function failedAt(plan: FieldPlan, nullable: boolean, error: unknown, path: Path, run: Run): string {
  const located = locatedError(error, plan.nodes, keysOf(path))
  if (!nullable) throw located
  run.errors.push(located)
  return nullText
}

function leafText(completion: Extract<Completion, { kind: 'leaf' }>, value: unknown, plan: FieldPlan): string {
  const text = completion.write(value)
  if (text === undefined) throw new Error(`${plan.parent.name}.${plan.name} has a value of the wrong kind.`)
  return text
}

function complete(completion: Completion, value: unknown, plan: FieldPlan, path: Path, run: Run): Written {
  switch (completion.kind) {
    case 'leaf':
      return leafText(completion, value, plan)
    case 'object':
      return select(completion.selection, value, path, run)
    case 'list':
      return completeList(completion, value, plan, path, run)
  }
}

type ListCompletion = Extract<Completion, { kind: 'list' }>

function completeList(list: ListCompletion, value: unknown, plan: FieldPlan, path: Path, run: Run): Written {
  if (!isIterable(value)) throw new Error(`${plan.parent.name}.${plan.name} is not a list.`)
  const flat = flatText(list.item, value)
  if (flat !== undefined) return flat
  let text = ''
  let parts: Written[] | undefined
  let place = 0
  for (const item of value) {
    const before = place === 0 ? '[' : ','
    const completed = completeItem(list, item, plan, { prev: path, key: place, typename: undefined }, run)
    place += 1
    if (typeof completed === 'string') text += before + completed
    else {
      parts ??= []
      parts.push(text + before, completed)
      text = ''
    }
  }
  if (place === 0) return '[]'
  if (!parts) return `${text}]`
  parts.push(`${text}]`)
  return Promise.all(parts).then(joined)
}

/** An iterable that is no array may give its items once only. */
const flatText = (item: Completion, value: unknown): string | undefined =>
  item.kind === 'object' && item.selection.isFlat && Array.isArray(value) ? flatList(item.selection, value) : undefined

function completeItem(list: ListCompletion, item: unknown, plan: FieldPlan, path: Path, run: Run): Written {
  try {
    const value = isThenable(item)
      ? Promise.resolve(item).then((settled) => settledItem(list, settled, plan, path, run))
      : settledItem(list, item, plan, path, run)
    return typeof value === 'string'
      ? value
      : value.catch((error: unknown) => failedAt(plan, list.itemNullable, error, path, run))
  } catch (error) {
    return failedAt(plan, list.itemNullable, error, path, run)
  }
}

function settledItem(list: ListCompletion, item: unknown, plan: FieldPlan, path: Path, run: Run): Written {
  if (item instanceof Error) throw item
  if (item === null || item === undefined) {
    if (!list.itemNullable) throw nullWhereNoneMayBe(plan)
    return nullText
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
