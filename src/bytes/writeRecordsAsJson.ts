import type { SelectionPlan } from '../execution/answerPlan.ts'
import { Constant } from '../execution/constantBytes.ts'
import type { JsonBytes } from '../execution/jsonBytes.ts'
import type { FieldClass } from '../policy/classify.ts'
import { checkField } from '../policy/enforce.ts'
import type { Grant } from '../policy/grant.ts'
import { ownGrant } from '../policy/ownRowGrants.ts'
import { isSameShape } from '../sources/bindings/sql/grantShape.ts'
import type { Branch } from '../sources/bindings/sql/recordsBranch.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import { allOf, type Cell, isPlain, type Member, memberOf } from './recordMembers.ts'
import { newSpans, type WireRow } from './wireRow.ts'

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
