import { type ExecutionResult, GraphQLError, getArgumentValues, locatedError } from 'graphql'
import { keysOf, type Path } from './answerPath.ts'
import type { Completion, FieldPlan, OperationParts, SelectionPlan } from './answerPlan.ts'
import { AnswerWriter, Placeholder } from './answerWriter.ts'
import { Constant } from './constantBytes.ts'
import { infoOf } from './resolveInfo.ts'
import { AnswerText } from './writtenAnswer.ts'

/** One run of one compiled operation. */
interface Run {
  readonly parts: OperationParts
  readonly context: unknown
  readonly variables: Record<string, unknown>
  readonly errors: GraphQLError[]
}

/**
 * Undefined when all is written; otherwise what is waited for. It rejects where an error rises beyond what it stands
 * for.
 */
type Rest = Promise<void> | undefined

const out = new AnswerWriter()

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

/** Fields at the root begin side by side, each in a slot of its own. */
async function dataOf({ fields }: SelectionPlan, run: Run): Promise<AnswerText | null> {
  const root = new Placeholder()
  const values = fields.map(({ opening }) => {
    const value = new Placeholder()
    root.push(opening.bytes)
    root.push(value)
    return value
  })
  root.push((fields.length === 0 ? noFields : closing).bytes)
  try {
    await Promise.all(
      values.map(async (value, place) => {
        const plan = fields[place]
        if (plan) await out.within(value, () => resolve(plan, undefined, undefined, run))
      }),
    )
  } catch (error) {
    // A null rose to the root: the error says where it came from.
    run.errors.push(asGraphQLError(error))
    return null
  }
  return new AnswerText(
    root,
    values.some((value) => !isNull(value)),
  )
}

const isNull = (value: Placeholder): boolean => {
  const json = Buffer.alloc(nullJson.length)
  return value.size === json.length && value.copyTo(json, 0) > 0 && json.equals(nullJson.bytes)
}

/** Fields are resolved in order; only those that wait make the answer wait. */
function select({ fields }: SelectionPlan, source: unknown, path: Path | undefined, run: Run): Rest {
  let waiting: Promise<void>[] | undefined
  try {
    for (const plan of fields) {
      out.json.constant(plan.opening)
      const rest = resolve(plan, source, path, run)
      if (rest) waiting = also(waiting, rest)
    }
  } catch (error) {
    abandon(waiting)
    throw error
  }
  out.json.constant(fields.length === 0 ? noFields : closing)
  return all(waiting)
}

const also = (waiting: Promise<void>[] | undefined, rest: Promise<void>): Promise<void>[] => {
  if (!waiting) return [rest]
  waiting.push(rest)
  return waiting
}

const all = (waiting: Promise<void>[] | undefined): Rest =>
  waiting && (waiting.length === 1 ? waiting[0] : Promise.all(waiting).then(nothing))

/** What stands around these is null already: an error of theirs has nowhere to rise to. */
const abandon = (waiting: readonly Promise<void>[] | undefined): void => {
  for (const rest of waiting ?? []) rest.catch(nothing)
}

const nothing = (): void => {}

function resolve(plan: FieldPlan, source: unknown, parent: Path | undefined, run: Run): Rest {
  const { parts } = out
  const { at } = out.json
  try {
    if (plan.write?.(source, out.json)) return undefined
    const value = plan.direct ? plan.direct(source) : resolved(plan, source, parent, run)
    return isThenable(value) ? later(plan, value, parent, run) : completeField(plan, value, parent, run)
  } catch (error) {
    out.rewind(parts, at)
    failed(plan, plan.nullable, error, pathOf(plan, parent), run)
    out.json.constant(nullJson)
    return undefined
  }
}

function later(plan: FieldPlan, value: PromiseLike<unknown>, parent: Path | undefined, run: Run): Promise<void> {
  const slot = out.gap()
  return Promise.resolve(value)
    .then((settled) => out.within(slot, () => completeField(plan, settled, parent, run)))
    .catch((error: unknown) => {
      failed(plan, plan.nullable, error, pathOf(plan, parent), run)
      slot.become(nullJson.bytes)
    })
}

function resolved(plan: FieldPlan, source: unknown, parent: Path | undefined, run: Run): unknown {
  const { field } = plan
  if (!field) return plan.parent.name
  const args = plan.constant ?? (plan.nodes[0] ? getArgumentValues(field, plan.nodes[0], run.variables) : {})
  if (!field.resolve) return byName(source, plan.name, args, run.context)
  return field.resolve(source, args, run.context, infoOf(plan, run.parts, run.variables, parent))
}

/** The default resolver: a member of the source, called when it is a function. */
function byName(source: unknown, name: string, args: Readonly<Record<string, unknown>>, context: unknown): unknown {
  if (typeof source !== 'object' || source === null) return undefined
  const member: unknown = Reflect.get(source, name)
  return typeof member === 'function' ? member.call(source, args, context) : member
}

const pathOf = (plan: FieldPlan, prev: Path | undefined): Path => ({ prev, key: plan.key, typename: plan.parent.name })

function completeField(plan: FieldPlan, value: unknown, parent: Path | undefined, run: Run): Rest {
  if (plan.complete.kind === 'leaf' && value !== null && value !== undefined && !(value instanceof Error))
    return putLeaf(plan.complete, value, plan)
  return completeNullable(plan.complete, plan.nullable, value, plan, pathOf(plan, parent), run)
}

/** A value of a type that may or may not have null, as a field's and as a list's item. */
function completeNullable(
  completion: Completion,
  nullable: boolean,
  value: unknown,
  plan: FieldPlan,
  path: Path,
  run: Run,
): Rest {
  if (value instanceof Error) throw value
  if (value === null || value === undefined) {
    if (!nullable) throw nullWhereNoneMayBe(plan)
    out.json.constant(nullJson)
    return undefined
  }
  const { parts } = out
  const { at } = out.json
  const rest = complete(completion, value, plan, path, run)
  if (!rest) return undefined
  const slot = out.since(parts, at)
  return rest.catch((error: unknown) => {
    failed(plan, nullable, error, path, run)
    slot.become(nullJson.bytes)
  })
}

const nullWhereNoneMayBe = (plan: FieldPlan): Error =>
  new Error(`Cannot return null for non-nullable field ${plan.parent.name}.${plan.name}.`)

/** An error stays where null may stand, and rises where it may not. */
function failed(plan: FieldPlan, nullable: boolean, error: unknown, path: Path, run: Run): void {
  const located = locatedError(error, plan.nodes, keysOf(path))
  if (!nullable) throw located
  run.errors.push(located)
}

function complete(completion: Completion, value: unknown, plan: FieldPlan, path: Path, run: Run): Rest {
  switch (completion.kind) {
    case 'leaf':
      return putLeaf(completion, value, plan)
    case 'object':
      return select(completion.selection, value, path, run)
    case 'list':
      return completeList(completion, value, plan, path, run)
  }
}

function putLeaf(completion: Extract<Completion, { kind: 'leaf' }>, value: unknown, plan: FieldPlan): undefined {
  if (!completion.put(out.json, value))
    throw new Error(`${plan.parent.name}.${plan.name} has a value of the wrong kind.`)
}

type ListCompletion = Extract<Completion, { kind: 'list' }>

function completeList(list: ListCompletion, value: unknown, plan: FieldPlan, path: Path, run: Run): Rest {
  if (!isIterable(value)) throw new Error(`${plan.parent.name}.${plan.name} is not a list.`)
  let waiting: Promise<void>[] | undefined
  let place = 0
  try {
    for (const item of value) {
      out.json.json(place === 0 ? '[' : ',')
      const rest = completeItem(list, item, plan, { prev: path, key: place, typename: undefined }, run)
      if (rest) waiting = also(waiting, rest)
      place += 1
    }
  } catch (error) {
    abandon(waiting)
    throw error
  }
  out.json.json(place === 0 ? '[]' : ']')
  return all(waiting)
}

function completeItem(list: ListCompletion, item: unknown, plan: FieldPlan, path: Path, run: Run): Rest {
  const { parts } = out
  const { at } = out.json
  const settle = (settled: unknown) => completeNullable(list.item, list.itemNullable, settled, plan, path, run)
  try {
    if (!isThenable(item)) return settle(item)
    const slot = out.gap()
    return Promise.resolve(item)
      .then((settled) => out.within(slot, () => settle(settled)))
      .catch((error: unknown) => {
        failed(plan, list.itemNullable, error, path, run)
        slot.become(nullJson.bytes)
      })
  } catch (error) {
    out.rewind(parts, at)
    failed(plan, list.itemNullable, error, path, run)
    out.json.constant(nullJson)
    return undefined
  }
}

const nullJson = new Constant('null')
const closing = new Constant('}')
const noFields = new Constant('{}')

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError('The operation failed.', { originalError: error instanceof Error ? error : null })

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value
