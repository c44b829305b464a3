import { type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql'
import type { FieldPlan } from '../execution/answerPlan.ts'
import type { FieldClass } from '../policy/classify.ts'
import { checkField } from '../policy/enforce.ts'
import type { Grant } from '../policy/grant.ts'
import { type Branch, headColumns, headPlaces } from '../sources/bindings/sql/recordsBranch.ts'
import type { ColumnKind } from '../sources/columnLayout.ts'
import type { ListLayout, SourceLayout } from '../sources/sourceLayout.ts'
import { itemsPutter, leafPutter, type Putter } from './valueBytes.ts'

/** What one member of a record is: constant text, or text before the value of a column and that value. */
export type Member = string | Cell

export interface Cell {
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

/** Whether a field is stored as it is written, or of every record. */
export const isPlain = (list: ListLayout, name: string): boolean => alwaysPlain.has(name) || list.columns.has(name)
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

/** The members of several fields together; undefined where one of them is not for this writer. */
export const allOf = (parts: readonly Members[]): Members =>
  parts.every((members) => members !== undefined) ? parts.flat() : undefined

/** What one selected field is in each record of a list, under the grant as it stands for the rows that are written. */
export function memberOf(at: At, plan: FieldPlan): Members {
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
  const most = at.branch.list.contract.most?.[key]
  if (cell) return cell.nouns ? undefined : columnCell(plan, place, cell.kind, missing, most)
  return missing.missing !== undefined || plan.nullable ? constant(plan, jsonOf(missing)) : undefined
}

const placeOf = (branch: Branch, key: string): number => {
  const at = branch.cells.findIndex((cell) => cell.key === key)
  return at < 0 ? at : headColumns + at
}

function columnCell(
  plan: FieldPlan,
  place: number,
  kind: ColumnKind,
  missing: Missing = {},
  most?: number | undefined,
): Members {
  const put = plan.field && putterOf(kind, nullableOf(plan.field.type), most)
  return put ? cellOf(plan, place, put, missing) : undefined
}

function cellOf({ opening, nullable }: FieldPlan, place: number, put: Putter, missing: Missing): Members {
  const none = nullable || missing.missing !== undefined ? jsonOf(missing) : undefined
  return [{ before: opening.text, place, put, none, least: missing.isEmptyMissing ? 1 : 0 }]
}

const jsonOf = ({ missing }: Missing): string => (missing === undefined ? 'null' : JSON.stringify(missing))

function putterOf(kind: ColumnKind, type: GraphQLOutputType, most?: number | undefined): Putter | undefined {
  const item = isListType(type) ? nullableOf(type.ofType) : undefined
  if (item) return kind === 'list' && isLeafType(item) ? itemsPutter(item) : undefined
  return isLeafType(type) ? leafPutter(kind, type, most) : undefined
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
