import { type FieldNode, GraphQLError, type GraphQLField, type GraphQLResolveInfo, getArgumentValues } from 'graphql'
import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import { Refusal, StartupError } from '../foundation/errors.ts'
import { unknownIn } from '../records/checkRequired.ts'
import { type RequiredFields, requiredByContracts } from '../records/requiredFields.ts'
import type { ComputedFields } from '../sources/computedFields.ts'
import type { FieldSelection } from '../sources/source.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import { pageOfAgency, type TimePage } from '../sources/timePage.ts'
import { type Draft, emptyDraft, selectField, selectRecord } from './planDraft.ts'
import type { Selects } from './requestContext.ts'
import { objectType, selectsBelow, walkOf } from './selectionWalk.ts'

/** What one operation selects of one agency about each child. */
export interface AgencyPlan {
  readonly selection: FieldSelection
  /** Computed fields by list. */
  readonly computed: ReadonlyMap<string, ReadonlySet<string>>
  /** Lists that are read in pages, since nothing else wants their records. */
  readonly paged?: PagedPlan
}

export interface PagedPlan extends Omit<AgencyPlan, 'paged'> {
  /** All that is asked of the agency, whole and in pages. */
  readonly together: FieldSelection
}

export type ChildPlan = Readonly<Record<AgencyName, AgencyPlan>>

/** What planning needs to know of the agencies. */
export interface Planning {
  readonly layouts: Readonly<Record<AgencyName, SourceLayout>>
  readonly computed: Readonly<Record<AgencyName, ComputedFields>>
  /** RequiredFields of the joined fields of `Child`, by field. */
  readonly needs: ReadonlyMap<string, (selects: Selects) => RequiredFields>
  /** Of those that need no more than a stretch of time of what they need, which stretch. */
  readonly pages: ReadonlyMap<string, PagesOf>
  /** Plans by the field's own nodes: a compiled operation has the same nodes in every request. */
  readonly cache: WeakMap<object, PlannedChild>
}

/** Which stretch of time a joined field is about, by its arguments. */
export interface PagesOf {
  /** @throws Refusal for arguments that the field itself will refuse. */
  readonly of: (args: Readonly<Record<string, unknown>>) => TimePage
  /** Paths below the field that tell how many records match, the page's and all others. */
  readonly counted: readonly string[]
}

/** The plan of one operation's field, and what of it goes by the values of its variables. */
interface PlannedChild {
  readonly plan: ChildPlan
  readonly pages: (variables: Readonly<Record<string, unknown>>) => readonly TimePage[]
  readonly isCounted: boolean
  /** By the variables of a request: its children are all asked by one plan. */
  readonly withPages: WeakMap<object, ChildPlan>
}

/** The whole selection of a field that returns a child, so that each agency is asked once. */
export function planOfChild(info: GraphQLResolveInfo, planning: Planning): ChildPlan {
  const planned = planning.cache.get(info.fieldNodes) ?? plannedChild(info, planning)
  planning.cache.set(info.fieldNodes, planned)
  if (agencies.every((agency) => !planned.plan[agency].paged)) return planned.plan
  const known = planned.withPages.get(info.variableValues) ?? withPages(planned, info.variableValues, planning)
  planned.withPages.set(info.variableValues, known)
  return known
}

/** Who asks for more stretches at once is read everything once, which is less than all of them can come to. */
const mostPages = 8

/** The same for one request: its pages are those that its variables make. */
function withPages(
  { plan, pages: pagesOf, isCounted: counted }: PlannedChild,
  variables: Readonly<Record<string, unknown>>,
  { layouts }: Planning,
): ChildPlan {
  const asked = pagesOf(variables)
  return eachAgency((agency) => {
    const { paged, ...whole } = plan[agency]
    if (!paged || asked.length === 0) return whole
    if (asked.length > mostPages)
      return { selection: paged.together, computed: new Map([...whole.computed, ...paged.computed]) }
    const pages = asked.map((page) => pageOfAgency(page, layouts[agency].contract.agency))
    return { ...whole, paged: { ...paged, selection: { ...paged.selection, pages, counted } } }
  })
}

function plannedChild(info: GraphQLResolveInfo, planning: Planning): PlannedChild {
  const type = objectType(info.returnType)
  const plan = emptyPlan()
  const paged = emptyPlan()
  const pages: PlannedChild['pages'][] = []
  let isCounted = false
  const walk = walkOf(info)
  const fields = type ? [...walk.fields(type, info.fieldNodes)] : []
  // Last, when it is known which lists are read whole for others.
  const inPages = (field: string) => Number(planning.pages.has(field))
  for (const [field, nodes] of fields.toSorted(([one], [other]) => inPages(one) - inPages(other))) {
    if (!type) break
    const agency = agencies.find((name) => name === field)
    if (agency)
      selectRecord(
        plan[agency],
        objectType(type.getFields()[field]?.type),
        nodes,
        walk,
        planning.layouts[agency],
        planning.computed[agency],
      )
    const selects = selectsBelow(objectType(type.getFields()[field]?.type), nodes, walk)
    const needs = planning.needs.get(field)?.(selects)
    const stretch = planning.pages.get(field)
    if (!needs) continue
    if (!stretch) {
      addNeeds(plan, needs, planning)
      continue
    }
    const { whole, apart } = dividedNeeds(needs, plan, planning)
    addNeeds(plan, whole, planning)
    addNeeds(paged, apart, planning)
    isCounted ||= stretch.counted.some((path) => selects(path))
    pages.push(pagesFrom(stretch, type.getFields()[field], nodes))
  }
  return {
    plan: withPaged(finished(plan), finished(paged)),
    pages: (variables) => [
      ...new Map(pages.flatMap((of) => of(variables)).map((page) => [page.key, page] as const)).values(),
    ],
    isCounted,
    withPages: new WeakMap(),
  }
}

/** What each alias asks. One whose arguments are refused asks nothing here: its resolver refuses them. */
const pagesFrom =
  ({ of }: PagesOf, field: GraphQLField<unknown, unknown> | undefined, nodes: readonly FieldNode[]) =>
  (variables: Readonly<Record<string, unknown>>): readonly TimePage[] =>
    nodes.flatMap((node) => {
      try {
        return field ? of(getArgumentValues(field, node, variables)) : []
      } catch (error) {
        if (error instanceof Refusal || error instanceof GraphQLError) return []
        throw error
      }
    })

/**
 * Of what is needed in pages, the lists that can be read so: nothing else wants them, and no record rests on others.
 */
function dividedNeeds(
  needs: RequiredFields,
  plan: Record<AgencyName, Draft>,
  { layouts, computed }: Planning,
): Readonly<Record<'whole' | 'apart', RequiredFields>> {
  const whole: Record<string, Record<string, readonly string[]>> = {}
  const apart: Record<string, Record<string, readonly string[]>> = {}
  for (const agency of agencies)
    for (const [list, fields] of Object.entries<readonly string[]>(needs[agency] ?? {})) {
      const rules = computed[agency][layouts[agency].lists.get(list)?.type.name ?? ''] ?? {}
      const isByItself = fields.every((field) => restsOnItself(rules, field))
      const part = isByItself && list !== 'holdings' && !plan[agency].lists.has(list) ? apart : whole
      part[agency] = { ...part[agency], [list]: fields }
    }
  return { whole: requiredByContracts(whole), apart: requiredByContracts(apart) }
}

const restsOnItself = (rules: ComputedFields[string], field: string): boolean => {
  const rule = rules[field]
  return !rule || (!rule.siblings && !rule.nested && rule.from.every((input) => restsOnItself(rules, input)))
}

const withPaged = (plan: ChildPlan, paged: ChildPlan): ChildPlan =>
  eachAgency((agency) => {
    const { selection, computed } = paged[agency]
    if (selection.lists.size === 0) return plan[agency]
    const lists = new Map([...plan[agency].selection.lists, ...selection.lists])
    return { ...plan[agency], paged: { selection, computed, together: { ...plan[agency].selection, lists } } }
  })

/** What one agency's own record field selects: for a subgraph, where the selection begins there. */
export function planOfRecord(info: GraphQLResolveInfo, layout: SourceLayout, computed: ComputedFields): AgencyPlan {
  const draft = emptyDraft()
  selectRecord(draft, objectType(info.returnType), info.fieldNodes, walkOf(info), layout, computed)
  return { selection: { lists: draft.lists, holdings: draft.holdings }, computed: draft.computed }
}

/**
 * A plan for stated needs, without an operation: for case status, transfers and other joins that the gateway makes
 * itself.
 */
export function planOfNeeds(needs: RequiredFields, planning: Planning): ChildPlan {
  const plan = emptyPlan()
  addNeeds(plan, needs, planning)
  return finished(plan)
}

/** A plan for every joined field at once. */
export function planOfWhole(planning: Planning): ChildPlan {
  const plan = emptyPlan()
  for (const needs of planning.needs.values()) addNeeds(plan, needs(everything), planning)
  return finished(plan)
}

const everything: Selects = () => true

const emptyPlan = (): Record<AgencyName, Draft> => eachAgency(emptyDraft)

const finished = (plan: Record<AgencyName, Draft>): ChildPlan =>
  eachAgency((agency) => ({
    selection: { lists: plan[agency].lists, holdings: plan[agency].holdings },
    computed: plan[agency].computed,
  }))

/** @throws StartupError naming what is required and is nowhere: most that is required is planned at the start. */
function addNeeds(plan: Record<AgencyName, Draft>, needs: RequiredFields, planning: Planning): void {
  const unknown = unknownIn(needs, planning)
  if (unknown.length > 0)
    throw new StartupError(unknown.map((name) => `${name} is required, and the schema has not got it.`))
  for (const agency of agencies)
    for (const [list, fields] of Object.entries<readonly string[]>(needs[agency] ?? {})) {
      if (list === 'holdings') plan[agency].holdings = true
      else
        for (const field of ['', ...fields])
          selectField(plan[agency], list, field, planning.layouts[agency], planning.computed[agency])
    }
}
