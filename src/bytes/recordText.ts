import { type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql'
import type { FieldPlan, SelectionPlan } from '../execution/answerPlan.ts'
import { Constant } from '../execution/constantBytes.ts'
import type { JsonBytes } from '../execution/jsonBytes.ts'
import type { FieldClass } from '../policy/classify.ts'
import { checkField } from '../policy/enforce.ts'
import type { Grant } from '../policy/grant.ts'
import { ownGrant } from '../policy/ownRowGrants.ts'
import { isSameShape } from '../sources/bindings/sql/grantShape.ts'
import { type Branch, headColumns, headPlaces } from '../sources/bindings/sql/recordsBranch.ts'
import type { ListLayout, SourceLayout } from '../sources/columnLayout.ts'
import type { ColumnKind } from '../sources/recordColumns.ts'
import { itemsPutter, leafPutter, type Putter } from './valueBytes.ts'
import { newSpans, type WireRow } from './wireRow.ts'

/** What one member of a record is: constant text, or text before the value of a column and that value. */
type Member = string | Cell

interface Cell {
  readonly before: string
  readonly place: number
  readonly put: Putter
  /**
   * What stands for nothing that is stored; undefined: the type has no null, and the record is not for this writer to
   * write.
   */
  readonly none: string | undefined
  /** Bytes that a value has at least. */
  readonly least: number
}

/** The same with all constant text between two values in one. */
interface Step extends Omit<Cell, 'before' | 'none'> {
  readonly before: Constant
  readonly none: Constant | undefined
}

/** How each record of a list is written. */
interface Recipe {
  readonly steps: readonly Step[]
  /** What stands after the last value of a record. */
  readonly after: Constant
  /** Columns that are looked at, the first of a row. */
  readonly columns: number
}

/**
 * Recipes that hold for one statement under grants of one shape. Undefined: something of it must be resolved field by
 * field.
 */
interface Bound {
  readonly grant: Grant
  readonly others: Recipe | undefined
  /** The same recipe where own rows are read as others' are. */
  readonly own: Recipe | undefined
}

const spans = newSpans()

/** Recipes of a selection, by what was read. */
const recipes = new WeakMap<SelectionPlan, WeakMap<Branch, Bound>>()

/**
 * A list of records, written from the cells that the statement gave to the answer's text. What may be written is asked
 * of the grant field by field as the resolvers ask it, once for each grant's masks instead of once for each record.
 * Whatever is out of the ordinary (a value that its type refuses, a pseudonym, a record under a record) is left to the
 * resolvers, which give the same answer and know how to say what is wrong.
 *
 * @returns false, with nothing written, where it is left to them.
 */
export function writeRecords(
  layout: SourceLayout,
  branch: Branch,
  selection: SelectionPlan,
  grant: Grant,
  records: readonly WireRow[],
  out: JsonBytes,
): boolean {
  const bound = boundTo(layout, branch, selection, grant)
  if (!bound.others && !bound.own) return false
  const { at } = out
  try {
    if (written(bound, branch.holder, grant.organisation, records, out)) return true
  } catch {
    // A type refused a value: the resolvers come to the same value, and say where it stands.
  }
  out.rewind(at)
  return false
}

function boundTo(layout: SourceLayout, branch: Branch, selection: SelectionPlan, grant: Grant): Bound {
  const known = recipes.get(selection) ?? new WeakMap<Branch, Bound>()
  recipes.set(selection, known)
  const before = known.get(branch)
  if (before && isSameShape(before.grant, grant)) return before
  const labels = branch.list.type.fields
  const isAllPlain = selection.fields.every(({ name }) => isPlain(branch.list, name))
  const recipe = (of: Grant) => {
    const at = { layout, branch, grant: of, isOwn: of !== grant, labels }
    return isAllPlain ? recipeOf(allOf(selection.fields.map((plan) => memberOf(at, plan)))) : undefined
  }
  const isAlike = isReadAlike(branch, grant, labels, selection)
  // Where rows do not say who holds them, whoever resolves them finds out.
  const canTell = isAlike || branch.holder !== null
  const others = canTell ? recipe(grant) : undefined
  const bound = { grant, others, own: isAlike || !canTell ? others : recipe(ownGrant(grant)) }
  known.set(branch, bound)
  return bound
}

function written(
  { others, own }: Bound,
  holder: number | null,
  organisation: string,
  records: readonly WireRow[],
  out: JsonBytes,
): boolean {
  let before = '['
  for (const record of records) {
    const recipe = own !== others && holder !== null && record.text(holder) === organisation ? own : others
    if (!recipe) return false
    const { steps, after, columns } = recipe
    out.json(before)
    record.spans(spans, columns)
    const { received } = record
    for (const step of steps) {
      const from = spans.from[step.place] ?? -1
      const to = spans.to[step.place] ?? -1
      out.constant(step.before)
      if (from >= 0 && to - from >= step.least) {
        if (!step.put(out, received, from, to)) return false
      } else if (step.none) out.constant(step.none)
      else return false
    }
    out.constant(after)
    before = ','
  }
  out.json(records.length === 0 ? '[]' : ']')
  return true
}

function recipeOf(members: readonly Member[] | undefined): Recipe | undefined {
  if (!members) return undefined
  const steps: Step[] = []
  let text = ''
  for (const member of members) {
    if (typeof member === 'string') {
      text += member
      continue
    }
    const { before, place, put, none, least } = member
    // Member by member: objects that are spread get hidden classes of their own, too many for V8 to read them quickly.
    steps.push({
      before: new Constant(text + before),
      place,
      put,
      none: none === undefined ? none : new Constant(none),
      least,
    })
    text = ''
  }
  return { steps, after: new Constant(`${text}}`), columns: Math.max(0, ...steps.map(({ place }) => place + 1)) }
}

/** Whether every field that is selected is read of own rows as of others'. */
function isReadAlike(
  branch: Branch,
  grant: Grant,
  labels: ReadonlyMap<string, FieldClass>,
  { fields }: SelectionPlan,
): boolean {
  if (grant.own === null) return true
  const own = ownGrant(grant)
  return fields.every(({ name }) => {
    const label = labels.get(name)
    const cell = branch.cells.find(({ key }) => key === name)
    return (!label || checkField(own, label, false) === checkField(grant, label, false)) && !cell?.nouns
  })
}

const isPlain = (list: ListLayout, name: string): boolean => alwaysPlain.has(name) || list.columns.has(name)
const alwaysPlain = new Set(['__typename', 'id', 'eventAt', 'provenance', 'sensitivity'])

/** Where records of one statement stand, and how they may be read. */
interface At {
  readonly layout: SourceLayout
  readonly branch: Branch
  /** As it stands for the rows that are written. */
  readonly grant: Grant
  /** Whether those are rows of the caller's own organisation. */
  readonly isOwn: boolean
  readonly labels: ReadonlyMap<string, FieldClass>
}

type Members = readonly Member[] | undefined

const allOf = (parts: readonly Members[]): Members =>
  parts.every((members) => members !== undefined) ? parts.flat() : undefined

function memberOf(at: At, plan: FieldPlan): Members {
  const { name, field } = plan
  if (!field) return constant(plan, JSON.stringify(plan.parent.name))
  const label = at.labels.get(name)
  if (!label) return undefined
  if (checkField(at.grant, label, false) !== 'VALUE')
    return plan.nullable && isLeafType(field.type) ? constant(plan, 'null') : undefined
  if (name === 'id') return idCell(plan, headColumns)
  if (name === 'eventAt') return columnCell(plan, headPlaces.eventAt, 'instant')
  if (name === 'provenance') return provenanceMembers(at, plan)
  if (name === 'sensitivity') return sensitivityCell(at, plan)
  return columnMember(at, plan, name)
}

function provenanceMembers(at: At, { opening, complete }: FieldPlan): Members {
  if (complete.kind !== 'object') return undefined
  const members = allOf(complete.selection.fields.map((plan) => provenanceMember(at, plan)))
  return members && [opening.text, ...members, '}']
}

/** As `provenanceOf` says it of a row. */
function provenanceMember(at: At, plan: FieldPlan): Members {
  const { name, field } = plan
  const { contract } = at.layout
  if (!field) return constant(plan, JSON.stringify(plan.parent.name))
  if (name === 'system') return constant(plan, JSON.stringify(contract.system))
  if (name === 'sourceRecordId') return sourceIdCell(plan, headColumns)
  const place = placeOf(at.branch, `provenance.${name}`)
  if (name === 'supersedes') return place < 0 ? undefined : idCell(plan, place)
  const missing = name === 'agency' ? contract.agency : name === 'evidence' ? 'UNCORROBORATED' : undefined
  return columnMember(at, plan, `provenance.${name}`, { missing, isEmptyMissing: true })
}

/** The list's own label, then those of the record. */
function sensitivityCell(at: At, plan: FieldPlan): Members {
  const place = placeOf(at.branch, 'sensitivity')
  const bare = plan.field && nullableOf(plan.field.type)
  const item = isListType(bare) ? nullableOf(bare.ofType) : null
  return place < 0 || !isLeafType(item)
    ? undefined
    : cellOf(plan, place, itemsPutter(item, [at.branch.list.type.label]), {})
}

/** What is written where nothing is stored: null, or the value of a type that has no null. */
interface Missing {
  readonly missing?: string | undefined
  /** An empty text says no more than none. */
  readonly isEmptyMissing?: boolean
}

function columnMember(at: At, plan: FieldPlan, key: string, missing: Missing = {}): Members {
  const place = placeOf(at.branch, key)
  const cell = at.branch.cells[place - headColumns]
  // Where anybody is read by a pseudonym, rows differ.
  if (cell) return cell.nouns ? undefined : columnCell(plan, place, cell.kind, missing)
  return missing.missing !== undefined || plan.nullable ? constant(plan, jsonOf(missing)) : undefined
}

const placeOf = (branch: Branch, key: string): number => {
  const at = branch.cells.findIndex((cell) => cell.key === key)
  return at < 0 ? at : headColumns + at
}

function columnCell(plan: FieldPlan, place: number, kind: ColumnKind, missing: Missing = {}): Members {
  const put = plan.field && putterOf(kind, nullableOf(plan.field.type))
  return put ? cellOf(plan, place, put, missing) : undefined
}

function cellOf({ opening, nullable }: FieldPlan, place: number, put: Putter, missing: Missing): Members {
  const none = nullable || missing.missing !== undefined ? jsonOf(missing) : undefined
  return [{ before: opening.text, place, put, none, least: missing.isEmptyMissing ? 1 : 0 }]
}

const jsonOf = ({ missing }: Missing): string => (missing === undefined ? 'null' : JSON.stringify(missing))

function putterOf(kind: ColumnKind, type: GraphQLOutputType): Putter | undefined {
  const item = isListType(type) ? nullableOf(type.ofType) : undefined
  if (item) return kind === 'list' && isLeafType(item) ? itemsPutter(item) : undefined
  return isLeafType(type) ? leafPutter(kind, type) : undefined
}

const nullableOf = (type: GraphQLOutputType): GraphQLOutputType => (isNonNullType(type) ? type.ofType : type)

const constant = ({ opening }: FieldPlan, json: string): Members => [`${opening.text}${json}`]

/** The name of a record across holders. */
const idCell = (plan: FieldPlan, place: number): Members =>
  cellOf(
    plan,
    place,
    (out, text, from, to) => {
      out.string(text, from, to)
      return true
    },
    {},
  )

/** Its name at its holder: what stands behind the first colon. */
const sourceIdCell = (plan: FieldPlan, place: number): Members =>
  cellOf(
    plan,
    place,
    (out, text, from, to) => {
      const start = text.bytes.indexOf(colon, from)
      if (start < from || start >= to) return false
      out.string(text, start + 1, to)
      return true
    },
    {},
  )

const colon = 0x3a
