import { type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql'
import { JsonBytes } from '../execution/jsonBytes.ts'
import type { FieldPlan, SelectionPlan, SourceWriter } from '../execution/plan.ts'
import type { Classification, FieldClass } from '../policy/classify.ts'
import { passage } from '../policy/enforce.ts'
import type { Grant } from '../policy/grant.ts'
import type { ColumnKind, ListLayout, SourceLayout } from '../sources/layout.ts'
import { type Branch, headColumns, headPlaces } from '../sources/sqlPlan.ts'
import { storedIn } from '../sources/storedRecords.ts'
import { newSpans, type Spans, type WireRow } from '../store/wireRow.ts'
import type { RecordView } from './records.ts'
import { itemsPutter, leafPutter, type Putter } from './valueBytes.ts'

/** Writes one member of one record, whose columns lie in these bytes; false when it is not for this writer to write. */
type Step = (out: JsonBytes, bytes: Buffer, spans: Spans) => boolean

/** Steps that hold for one statement under grants of these masks. */
interface Bound {
  readonly headline: number
  readonly content: number
  readonly redact: number
  /** Undefined: something of it must be resolved field by field. */
  readonly steps: readonly Step[] | undefined
}

const out = new JsonBytes()
const spans = newSpans()

/**
 * A list of records, written from the cells that the statement gave to the answer's text. What may be written is asked of the
 * grant field by field as the resolvers ask it, once for each grant's masks instead of once for each record. Whatever is out of
 * the ordinary (a value that its type refuses, a pseudonym, a record under a record) is left to the resolvers, which give the
 * same answer and know how to say what is wrong.
 */
export function recordsWriter(
  layout: SourceLayout,
  list: ListLayout,
  classification: Classification,
  selection: SelectionPlan,
): SourceWriter | null {
  const own = classification.get(layout.recordType)?.fields.get(list.list)
  const labels = classification.get(list.type.name)?.fields
  if (!own || !labels || !selection.fields.every(({ name }) => isPlain(list, name))) return null
  const kept = new WeakMap<Branch, Bound>()

  return (source) => {
    const { grant, answer } = source as RecordView
    const stored = storedIn(answer)
    if (!stored?.tellsAllOf(list.list) || passage(grant, own, true) !== 'VALUE') return undefined
    const branch = stored.branchOf(list.list)
    if (!branch) return '[]'
    let bound = kept.get(branch)
    if (bound?.headline !== grant.headline || bound.content !== grant.content || bound.redact !== grant.redact) {
      const { headline, content, redact } = grant
      const at = { layout, list, branch, grant, labels }
      bound = { headline, content, redact, steps: allOf(selection.fields.map((plan) => stepOf(at, plan))) }
      kept.set(branch, bound)
    }
    try {
      return bound.steps && written(bound.steps, stored.recordsOf(list.list))
    } catch {
      // A type refused a value: the resolvers come to the same value, and say where it stands.
      return undefined
    }
  }
}

function written(steps: readonly Step[], records: readonly WireRow[]): string | undefined {
  if (records.length === 0) return '[]'
  out.begin()
  let before = '['
  for (const record of records) {
    out.json(before)
    record.spans(spans)
    for (const step of steps) if (!step(out, record.bytes, spans)) return undefined
    before = '},'
  }
  out.json('}]')
  return out.end()
}

const isPlain = (list: ListLayout, name: string): boolean => alwaysPlain.has(name) || list.columns.has(name)
const alwaysPlain = new Set(['__typename', 'id', 'eventAt', 'provenance', 'sensitivity'])

/** Where records of one statement stand, and how they may be read. */
interface At {
  readonly layout: SourceLayout
  readonly list: ListLayout
  readonly branch: Branch
  readonly grant: Grant
  readonly labels: ReadonlyMap<string, FieldClass>
}

const allOf = (steps: readonly (Step | undefined)[]): readonly Step[] | undefined =>
  steps.every((step) => step !== undefined) ? steps : undefined

function stepOf(at: At, plan: FieldPlan): Step | undefined {
  const { name, field, opening } = plan
  if (!field) return constant(opening, JSON.stringify(plan.parent.name))
  const label = at.labels.get(name)
  if (!label) return undefined
  if (passage(at.grant, label, false) !== 'VALUE')
    return plan.nullable && isLeafType(field.type) ? constant(opening, 'null') : undefined
  if (name === 'id') return idStep(plan, headColumns, `${at.layout.contract.name}:`)
  if (name === 'eventAt') return cellStep(plan, headPlaces.eventAt, 'instant')
  if (name === 'provenance') return provenanceStep(at, plan)
  if (name === 'sensitivity') return sensitivityStep(at, plan)
  return columnStep(at, plan, name)
}

function provenanceStep(at: At, { opening, complete }: FieldPlan): Step | undefined {
  if (complete.kind !== 'object') return undefined
  const steps = allOf(complete.selection.fields.map((plan) => provenanceMember(at, plan)))
  return steps && sequence(opening, steps)
}

/** As `provenanceOf` says it of a row. */
function provenanceMember(at: At, plan: FieldPlan): Step | undefined {
  const { opening, name, field } = plan
  const { contract } = at.layout
  if (!field) return constant(opening, JSON.stringify(plan.parent.name))
  if (name === 'system') return constant(opening, JSON.stringify(contract.system))
  if (name === 'sourceRecordId') return idStep(plan, headColumns, '')
  const place = placeOf(at.branch, `provenance.${name}`)
  if (name === 'supersedes') return place < 0 ? undefined : idStep(plan, place, `${contract.name}:`)
  const missing = name === 'agency' ? contract.agency : name === 'evidence' ? 'UNCORROBORATED' : undefined
  return columnStep(at, plan, `provenance.${name}`, { missing, isEmptyMissing: true })
}

/** The list's own label, then those of the record. */
function sensitivityStep(at: At, plan: FieldPlan): Step | undefined {
  const place = placeOf(at.branch, 'sensitivity')
  const bare = plan.field && nullableOf(plan.field.type)
  const item = isListType(bare) ? nullableOf(bare.ofType) : null
  return place < 0 || !isLeafType(item) ? undefined : putStep(plan, place, itemsPutter(item, [at.list.type.label]), {})
}

/** What is written where nothing is stored: null, or the value of a type that has no null. */
interface Missing {
  readonly missing?: string | undefined
  /** An empty text says no more than none. */
  readonly isEmptyMissing?: boolean
}

function columnStep(at: At, plan: FieldPlan, key: string, missing: Missing = {}): Step | undefined {
  const place = placeOf(at.branch, key)
  const cell = at.branch.cells[place - headColumns]
  if (cell) return cell.pseudonym ? undefined : cellStep(plan, place, cell.kind, missing)
  return missing.missing !== undefined || plan.nullable ? constant(plan.opening, jsonOf(missing)) : undefined
}

const placeOf = (branch: Branch, key: string): number => {
  const at = branch.cells.findIndex((cell) => cell.key === key)
  return at < 0 ? at : headColumns + at
}

function cellStep(plan: FieldPlan, place: number, kind: ColumnKind, missing: Missing = {}): Step | undefined {
  const put = plan.field && putterOf(kind, nullableOf(plan.field.type))
  return put ? putStep(plan, place, put, missing) : undefined
}

function putStep({ opening, nullable }: FieldPlan, place: number, put: Putter, missing: Missing): Step {
  const before = Buffer.from(opening)
  const none = Buffer.from(jsonOf(missing))
  const mayBeMissing = nullable || missing.missing !== undefined
  const least = missing.isEmptyMissing ? 1 : 0
  return (out, bytes, spans) => {
    const from = spans.from[place] ?? -1
    const to = spans.to[place] ?? -1
    out.bytes(before)
    if (from >= 0 && to - from >= least) return put(out, bytes, from, to)
    out.bytes(none)
    return mayBeMissing
  }
}

const jsonOf = ({ missing }: Missing): string => (missing === undefined ? 'null' : JSON.stringify(missing))

function putterOf(kind: ColumnKind, type: GraphQLOutputType): Putter | undefined {
  const item = isListType(type) ? nullableOf(type.ofType) : undefined
  if (item) return kind === 'list' && isLeafType(item) ? itemsPutter(item) : undefined
  return isLeafType(type) ? leafPutter(kind, type) : undefined
}

const nullableOf = (type: GraphQLOutputType): GraphQLOutputType => (isNonNullType(type) ? type.ofType : type)

function constant(opening: string, json: string): Step {
  const bytes = Buffer.from(`${opening}${json}`)
  return (out) => {
    out.bytes(bytes)
    return true
  }
}

/** The name of a record across agencies, or with nothing before it its name in the agency. */
function idStep(plan: FieldPlan, place: number, agency: string): Step {
  const before = Buffer.from(agency)
  return putStep(
    plan,
    place,
    (out, bytes, from, to) => {
      out.string(bytes, from, to, before)
      return true
    },
    {},
  )
}

function sequence(opening: string, steps: readonly Step[]): Step {
  const before = Buffer.from(opening)
  return (out, bytes, spans) => {
    out.bytes(before)
    for (const step of steps) if (!step(out, bytes, spans)) return false
    out.json('}')
    return true
  }
}
