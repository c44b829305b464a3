import { type AgencyName, agencies, leadAgency } from '../../../src/foundation/agencies.ts'
import type { FieldClass } from '../../../src/policy/classify.ts'
import { decide } from '../../../src/policy/decide.ts'
import { type DecisionInput, plainRow, situationOf } from '../../../src/policy/decisionInput.ts'
import type { Grant } from '../../../src/policy/grant.ts'
import { labels } from '../../../src/policy/labels.ts'
import { type Pack, pathOf } from '../../../src/policy/pack.ts'
import { namesEveryAdult } from '../../../src/policy/rulesThatLimit.ts'
import { isNamed } from '../../../src/policy/whichPersonsNamed.ts'
import type { ColumnLayout } from '../../../src/sources/columnLayout.ts'
import type { ListLayout, SourceLayout } from '../../../src/sources/sourceLayout.ts'
import type { Sent } from './statements.ts'

/** One labelled field of one list. */
export interface Target {
  readonly agency: AgencyName
  readonly layout: SourceLayout
  readonly list: ListLayout
  readonly column: ColumnLayout
}

/** Every stored field of every list that stands directly under an agency's record. */
export const targetsOf = (layouts: Readonly<Record<AgencyName, SourceLayout>>): readonly Target[] =>
  agencies.flatMap((agency) =>
    [...layouts[agency].lists.values()].flatMap((list) =>
      [...list.columns.values()].map((column) => ({ agency, layout: layouts[agency], list, column })),
    ),
  )

/** What the decision itself says of a field, one question at a time and without any mask. */
export interface Oracle {
  /** In rows of others, or of the caller's own organisation. */
  readonly mayRead: (field: FieldClass) => boolean
  readonly others: Side
  /** Null where no organisation of the caller's type holds anything. */
  readonly own: Side | null
}

/** What is said of rows that one kind of organisation holds: the caller's own, or others. */
export interface Side {
  readonly mayRead: (field: FieldClass) => boolean
  /** Labels that a row may carry: those whose content is permitted. */
  readonly rowLabels: ReadonlySet<string>
  /** Whether a protected place is known by its area alone. */
  readonly knowsArea: boolean
  readonly ncnd: boolean
}

type Asked = Omit<DecisionInput, 'label' | 'level' | 'row' | 'own'>

export function oracleOf(pack: Pack, input: Asked, alsoHeldBy: readonly string[]): Oracle {
  const { agencyType } = input.caller
  const others = sideOf(pack, { ...input, own: false })
  const own =
    agencyType === input.home || alsoHeldBy.includes(agencyType) ? ownSideOf(pack, { ...input, own: true }) : null
  return { mayRead: (field) => others.mayRead(field) || own?.mayRead(field) === true, others, own }
}

/** What an organisation logged in the system of another kind of service it reads: no list of roles speaks of it. */
function ownSideOf(pack: Pack, input: Asked & Pick<DecisionInput, 'own'>): Side {
  const side = sideOf(pack, input)
  const path = pathOf(pack, input.caller.purpose, input.child)
  const logs = input.caller.agencyType !== input.home && input.child.relationship !== 'NONE'
  if (!logs || path === 'METADATA' || path === 'CLOSED') return side
  return {
    ...side,
    mayRead: (field) => field.label === 'SOCIAL_CARE' || side.mayRead(field),
    rowLabels: new Set([...side.rowLabels, 'SOCIAL_CARE']),
  }
}

function sideOf(pack: Pack, input: Asked & Pick<DecisionInput, 'own'>): Side {
  const ask = (label: DecisionInput['label'], level: DecisionInput['level'], row = plainRow) =>
    decide(pack, { ...input, label, level, row })
  const opened = (outcome: string) => outcome === 'PERMIT' || outcome === 'REDACT'
  return {
    mayRead: ({ label, level, pseudonym, person }) => {
      const { code, outcome: content } = ask(label, 'CONTENT')
      // Whom a reader does not name is told by a pseudonym, and where a field has none by nothing.
      const adults = namesEveryAdult(situationOf(pack, { ...input, label, level: 'CONTENT', row: plainRow }))
      const isNamedHere = isNamed(code === 'OK_OWN_RECORD' ? 'ALL' : adults ? 'ADULTS' : 'KNOWN', person)
      if ((content === 'PERMIT' && isNamedHere) || (opened(content) && pseudonym !== null)) return true
      return level === 'HEADLINE' && (opened(ask(label, 'HEADLINE').outcome) || opened(content))
    },
    rowLabels: new Set(labels.filter((label) => ask(label, 'CONTENT').outcome === 'PERMIT')),
    knowsArea: ask('ADDRESS_PROTECTED', 'CONTENT').outcome === 'REDACT',
    ncnd: labels.some((label) => opened(ask(label, 'HEADLINE', { ...plainRow, ncnd: true }).outcome)),
  }
}

/** One list's part of a statement. */
interface Part {
  readonly table: string
  readonly selected: string
  readonly filter: string
}

/**
 * A page of a list is cut behind the same conditions: what it says beside them lets no row in. The whole of it stands
 * here, so that nothing else can stand in its place.
 */
const moments = String.raw`date_trunc\('milliseconds', \(case [^()]+ end\) at time zone 'UTC'\)`
const pageOf = new RegExp(
  [
    String.raw`(?:, "wv_page"::text)? from unnest\((\$\d+::text\[\])\) as "wv_persons" \("wv_person"\)`,
    String.raw` cross join json_to_recordset\(\$\d+::json\) as "wv_pages" \([a-z_", ]+\)`,
    String.raw` cross join lateral \(select (?:\* from \(select \*|count\(\*\) as matching)`,
    String.raw` from \(select \*, ${moments} as "wv_moment", ${moments} as "wv_noted" from ("[a-z0-9_]+"\."[a-z0-9_]+")\) as "[a-z0-9_]+"`,
    ` where ("[a-z0-9_]+") = "wv_person" and (.*?)`,
    ` and "wv_moment" >= "wv_(?:start|from)" and "wv_moment" < "wv_before"`,
    String.raw` and \("wv_services" is null or "[a-z0-9_]+" = any\(string_to_array\("wv_services", ','\)\)\)`,
    String.raw`(?: limit "wv_most"| and \(("wv_moment", "wv_noted", \(.*?\) collate "C")\) > \("wv_at", "wv_recorded", "wv_id"\)`,
    String.raw` order by "wv_moment" fetch first \("wv_most"\) rows with ties\) as "[a-z0-9_]+" order by \5 limit "wv_most")?`,
    String.raw`\) as (?:"[a-z0-9_]+"|counted)`,
  ].join(''),
)

const withoutPage = (branch: string): string =>
  branch.replace(
    pageOf,
    (_, persons: string, relation: string, person: string, conditions: string) =>
      ` from ${relation} where ${person} = any(${persons}) and ${conditions}`,
  )

/**
 * A column as it was known on the day as of which is read: nothing leaves by it but the column, and the date that says
 * since when it was known decides of it alone.
 */
const asOfDay = /case when isfinite\("[a-z0-9_]+"\) and "[a-z0-9_]+" > [^"]*? then null else ("[a-z0-9_]+") end/g

/** `select … from … where …` of every list in a statement; the innermost text is that of a nested list's parent. */
export const partsOf = (text: string): readonly Part[] =>
  text.split('\nunion all\n').map((sent) => {
    const branch = withoutPage(sent.replaceAll(asOfDay, '$1').replaceAll(/\(("[a-z0-9_]+")\)::text/g, '$1::text'))
    const from = branch.indexOf(' from "')
    const where = branch.indexOf(' where ', from)
    const table = /"([^"]+)"\."([^"]+)"/.exec(branch.slice(from, where))?.[2] ?? ''
    return { table, selected: branch.slice(0, from), filter: branch.slice(where) }
  })

/** Everything wrong with what was sent to one agency, for a field that was asked or not. */
export function faultsIn(
  sent: readonly Sent[],
  target: Target,
  oracle: Oracle,
  grant: Pick<Grant, 'organisation'>,
  asked: boolean,
): readonly string[] {
  const { list, column, layout, agency } = target
  const permitted = oracle.mayRead(column.label) && oracle.mayRead(list.type) && parentOpen(layout, list, oracle)
  const parts = sent.filter(({ to }) => to === agency).flatMap(({ text }) => partsOf(text))
  const own = parts.filter(({ table }) => table === list.table)
  const seen = own.some(({ selected }) => selected.includes(`"${column.column}"`))
  const ambiguous = Object.values(list.common).includes(column.column)
  return [
    ...(seen && !(asked && permitted) && !ambiguous ? [`${column.column} was selected`] : []),
    ...(!seen && asked && permitted ? [`${column.column} was not selected`] : []),
    ...parts.flatMap((part) => [...filterFaults(part, layout, oracle), ...placeFaults(part, layout, oracle)]),
    ...sent.filter(({ to }) => to === agency).flatMap((statement) => valueFaults(statement, oracle, grant)),
  ]
}

const parentOpen = (layout: SourceLayout, list: ListLayout, oracle: Oracle): boolean => {
  const parent = list.contract.parent && layout.lists.get(list.contract.parent.list)
  return !parent || oracle.mayRead(parent.type)
}

/** Each condition that a grant stands for must be there, and every list that is read must be open. */
function filterFaults({ table, filter }: Part, layout: SourceLayout, oracle: Oracle): readonly string[] {
  const list = [...layout.lists.values()].find((found) => found.table === table)
  if (!list) return [`${table} is no table of ${layout.schema}`]
  const { common } = list
  const needed = [
    `"${common.person}" = any(`,
    `"${common.recordedAt}" <= $`,
    ...(list.contract.parent ? [`"${common.parent}" in (select`] : []),
  ]
  const [ofList = ''] = filter.split(` and "${common.parent}" in (select`)
  const arms = armsOf(ofList, oracle)
  return [
    ...needed.filter((text) => !filter.includes(text)).map((text) => `${table} is read without ${text}`),
    ...(other.test(withoutArms(filter, oracle)) ? [`${table} is read by a way around`] : []),
    ...(oracle.mayRead(list.type) ? [] : [`${table} is read though its records are not open`]),
    ...(arms.length === 0 ? [`${table} is read whoever holds a row`] : []),
    ...arms.flatMap(({ side, whose, text }) => {
      if (arms.length > 1 && whose === 'others' && !side.mayRead(list.type) && !list.contract.parent)
        return [`${table} is read in rows of others`]
      return [
        isCoarse(layout, list, side)
          ? `array_remove("${common.labels}", 'ADDRESS_PROTECTED') <@ $`
          : `"${common.labels}" <@ $`,
        `"${common.id}" <> all(`,
        ...(side.ncnd ? [] : [`"${common.handling}" <> 'NCND'`]),
      ]
        .filter((condition) => !text.includes(condition))
        .map((condition) => `${table} is read in rows of ${whose} without ${condition}`)
    }),
  ]
}

/**
 * A list of social care whose headline says the area: a protected row of it passes to whoever may know the area alone.
 */
const isCoarse = ({ contract }: SourceLayout, list: ListLayout, side: Side): boolean =>
  side.knowsArea && contract.name === leadAgency && list.columns.get('la')?.label.level === 'HEADLINE'

const unlessProtected = /case when 'ADDRESS_PROTECTED' <> all\("row_labels"\) then \S+ end/g
const byOwner = /case when "held_by_organisation" = \$\d+::text then (\S*) else (\S*) end/g

/** Of a protected row that passes so, nothing is read but its headline. */
function placeFaults({ table, selected }: Part, layout: SourceLayout, { own, others }: Oracle): readonly string[] {
  const list = [...layout.lists.values()].find((found) => found.table === table)
  if (!list) return []
  const unguarded = selected.replaceAll(unlessProtected, '')
  const faultsOf = (side: Side, read: string) =>
    [...list.columns.values()].flatMap(({ column, label }) =>
      isCoarse(layout, list, side) && label.level === 'CONTENT' && read.includes(`"${column}"`)
        ? [`${table}.${column} is read of a protected place`]
        : [],
    )
  return [
    ...faultsOf(others, unguarded.replaceAll(byOwner, '$2')),
    ...(own ? faultsOf(own, unguarded.replaceAll(byOwner, '$1')) : []),
  ]
}

/** A condition may only be left for another where a row carries no label, or by who holds it. */
const other = / or /
const unlabelled = /\(cardinality\(([^ ]+|array_remove\([^)]+\))\) = 0 or (\1 <@ \$\d+::text\[\])\)/g
const conditions = String.raw`(?:[^()]|\((?:[^()]|\([^()]*\))*\))*?`
const byHolder = new RegExp(
  String.raw`\((?:"[a-z_]+" = \$\d+::text and (${conditions}))?(?: or )?(?:\("[a-z_]+" = \$\d+::text\) is not true and (${conditions}))?\)(?= and "| group by|\)|$)`,
  'g',
)

/**
 * Of the persons that were named before it, those of the holder that was linked, or of whichever where no holder was:
 * it lets no row in.
 */
const ofHolder =
  /("[a-z0-9_]+") = any\((\$\d+::text\[\])\) and \(\1 = any\(\$\d+::text\[\]\) or ("[a-z_]+") \|\| ' ' \|\| \1 = any\(\$\d+::text\[\]\)\)/g

/** Where nothing is held back, there is nothing to compare with. */
const heldOut =
  /\(cardinality\((\$\d+::text\[\])\) = 0 or ("[a-z0-9_]+" <> all\(\1\) and coalesce\("[a-z_]+" \|\| ' ' \|\| "[a-z0-9_]+", ''\) <> all\(\1\))\)/g

/** A service that is named by one of these codes, none of which may be of the pattern that is looked for beside. */
const byCode = /\(("[a-z_]+") = any\('\{([A-Z_,]*)\}'::text\[\]\) or (\(\1 ~\* '([^']*)'\) is not true)\)/g
const unlessCode = (found: string, _: string, codes: string, beside: string, pattern: string): string =>
  codes.split(',').some((code) => new RegExp(pattern, 'i').test(code)) ? found : beside

const plain = (filter: string): string =>
  filter
    .replaceAll(unlabelled, '$2')
    .replaceAll(ofHolder, '$1 = any($2)')
    .replaceAll(heldOut, '$2')
    .replaceAll(byCode, unlessCode)

const withoutArms = (filter: string, oracle: Oracle): string =>
  oracle.own ? plain(filter).replaceAll(byHolder, '') : plain(filter)

interface Arm {
  readonly whose: 'own' | 'others'
  readonly side: Side
  readonly text: string
}

/** What is asked of rows of the caller's own organisation, and of those of others; of all alike where it holds none. */
function armsOf(filter: string, { own, others }: Oracle): readonly Arm[] {
  if (!own) return [{ whose: 'others', side: others, text: plain(filter) }]
  return [...plain(filter).matchAll(byHolder)].flatMap(([, ofOwn, ofOthers]) => [
    ...(ofOwn ? [{ whose: 'own', side: own, text: ofOwn } as const] : []),
    ...(ofOthers ? [{ whose: 'others', side: others, text: ofOthers } as const] : []),
  ])
}

/**
 * The labels that rows may carry are no more than the decision permits, and own rows are those of the caller's
 * organisation.
 */
function valueFaults(
  { text, values }: Sent,
  oracle: Oracle,
  { organisation }: Pick<Grant, 'organisation'>,
): readonly string[] {
  const valueAt = (place: string | undefined): unknown => values[Number(place) - 1]
  const arms = partsOf(text).flatMap(({ filter }) => armsOf(filter, oracle))
  const wide = arms.filter(({ side, text: asked }) => {
    const carried = valueAt(/<@ \$(\d+)::text\[\]/.exec(asked)?.[1])
    return !Array.isArray(carried) || !carried.every((label) => side.rowLabels.has(String(label)))
  })
  const owners = [...text.matchAll(/held_by_organisation" = \$(\d+)/g)].map(([, place]) => valueAt(place))
  return [
    ...wide.map(({ whose }) => `rows of ${whose} may carry more labels than are permitted`),
    ...(owners.every((owner) => owner === organisation) ? [] : ['rows of another organisation were taken for own']),
  ]
}

/**
 * Everything wrong with what was sent for a joined field: no column is read that the decision closes, whatever asked
 * for it.
 */
export function joinedFaults(
  sent: readonly Sent[],
  layouts: Readonly<Record<AgencyName, SourceLayout>>,
  oracles: Readonly<Record<string, Oracle>>,
  grant: Pick<Grant, 'organisation'>,
): readonly string[] {
  return sent.flatMap((statement) => {
    if (statement.to === 'gateway') return []
    const layout = layouts[statement.to]
    const oracle = oracles[statement.to]
    if (!oracle) return [`no oracle for ${statement.to}`]
    return [
      ...partsOf(statement.text).flatMap((part) => [
        ...filterFaults(part, layout, oracle),
        ...placeFaults(part, layout, oracle),
        ...selectionFaults(part, layout, oracle),
      ]),
      ...valueFaults(statement, oracle, grant),
    ]
  })
}

/** Every column named before `from` is a common one, or one whose field may be read. */
function selectionFaults({ table, selected }: Part, layout: SourceLayout, oracle: Oracle): readonly string[] {
  const list = [...layout.lists.values()].find((found) => found.table === table)
  if (!list) return []
  const common = new Set<string>(Object.values(list.common))
  const open = new Set(
    [...list.columns.values()].flatMap(({ column, label }) => (oracle.mayRead(label) ? [column] : [])),
  )
  return [...selected.matchAll(/"([a-z0-9_]+)"/g)].flatMap(([, column = '']) =>
    common.has(column) || open.has(column) ? [] : [`${table}.${column} was selected`],
  )
}
