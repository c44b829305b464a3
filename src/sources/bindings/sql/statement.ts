import { createHash } from 'node:crypto'
import { opensList } from '../../../policy/admits.ts'
import type { Grant } from '../../../policy/grant.ts'
import { labelsIn } from '../../../policy/labels.ts'
import type { AgencyTable } from '../../../store/agencyTables.ts'
import { keyOf, wholeTable } from '../../../store/changeVersions.ts'
import type { Served } from '../../servedHolders.ts'
import type { FieldSelection } from '../../source.ts'
import { isCounted, personKind, type SourceLayout } from '../../sourceLayout.ts'
import type { TimePage } from '../../timePage.ts'
import { countedFrom, countingText, ordinalOfPage, pagedFrom, pagesText, stretchFrom, whose } from './paging.ts'
import {
  type Branch,
  expression,
  headColumns,
  holderSql,
  holdingsBranch,
  isConstantText,
  recordName,
  recordsBranch,
  underOpenList,
  unreadSql,
} from './recordsBranch.ts'
import { conditions, conditionsOf, type Parameter, type Parameterised, quoted } from './rowConditions.ts'

/**
 * One statement for one agency: what it selects is what the grant permits of what was asked, and nothing else. Its rows
 * are in no order: a sort for each list costs the database more than the rest of a small statement.
 */
export interface SqlPlan {
  readonly name: string
  readonly text: string
  /** Those that read records, then those that count them. */
  readonly branches: readonly Branch[]
  /** List → place of the branch that reads its records. */
  readonly places: ReadonlyMap<string, number>
  /** Parameters, in order, for grants of this shape. */
  readonly values: (of: SqlValues) => readonly unknown[]
  /** Of a statement that reads pages: which column says for which a row was read, and what counts all that match. */
  readonly paged: PagedPlan | null
}

export interface PagedPlan extends Pick<SqlPlan, 'name' | 'text' | 'values'> {
  readonly at: number
}

/** What differs between executions of one statement. */
export interface SqlValues {
  readonly grant: Grant
  readonly persons: readonly string[]
  /** The same by whose they are; of a statement that tells holders apart. */
  readonly keys: readonly string[]
  /** Those whose link names no holder. */
  readonly anyones: readonly string[]
  readonly held: readonly string[]
  readonly ownHeld: readonly string[]
  readonly pages: readonly TimePage[]
}

/**
 * Builds the statement for grants of one shape. Undefined when nothing that was asked may be read.
 *
 * @param served whose records these are.
 * @param isKeyed whether persons and records are told apart by who holds them.
 * @param notes where changes are noted, when what is noted of them is asked for too.
 * @param isStretch whether pages that follow on each other are read as one, of which nothing is to be cut.
 */
export function planSql(
  layout: SourceLayout,
  selection: FieldSelection,
  grant: Grant,
  { served, isKeyed, notes = null, isStretch = false }: PlanOptions,
): SqlPlan | undefined {
  const { parameter, values } = parametersFor(layout, grant)
  const holderOf = (branch: Branch): string | null => holderSql(layout, branch, grant, served, parameter)
  const open = [...layout.lists.values()].filter((list) => opensList(grant, list) && underOpenList(layout, list, grant))
  const branches: Branch[] = [
    ...open
      .filter((list) => selection.lists.has(list.list))
      .map((list) => recordsBranch(layout, list, grant, selection)),
    // What is read anyway is counted where it is read.
    ...(selection.holdings
      ? open
          .filter((list) => isCounted(list) && !selection.lists.has(list.list))
          .map((list) => holdingsBranch(layout, list))
      : []),
  ]
  if (branches.length === 0) return undefined
  const width = Math.max(
    noteCells.length,
    ...branches.map(({ cells, unread }) => cells.length + (unread === null ? 0 : 1)),
  )
  const noted = notes ? [noteBranch(notes, width, parameter('persons', 'text[]'))] : []
  const text = [
    ...branches.map((branch, index) => {
      const paged = selection.pages && pagedListOf(layout, branch.list, grant, parameter, isKeyed)
      const inPages = (list: NonNullable<typeof paged>) =>
        isStretch ? stretchFrom(list) : pagedFrom(list, recordName(branch, branch.list.common.id, holderOf))
      const from = paged
        ? inPages(paged)
        : `from ${branch.list.relation} where ${conditions(layout, branch.list, grant, parameter, isKeyed)}`
      const person = quoted(branch.list.common.person)
      // Of its own type in every branch: PostgreSQL writes it as the same text, once instead of twice.
      const when = branch.holdings ? 'null::timestamptz' : quoted(branch.list.common.eventAt)
      const head = `select '${index}'::text, ${person}, ${when}`
      const holder = holderOf(branch)
      const cells = pad(
        [
          ...branch.cells.map((cell) => expression(branch, cell, parameter, holderOf)),
          ...(branch.unread === null ? [] : [unreadSql(branch, branch.list.unread ?? '', parameter)]),
        ],
        width,
      )
      return branch.holdings
        ? `(${head}, ${cells} ${from} group by ${person}, ${quoted(branch.list.common.service)}${holder === null || isConstantText(holder) ? '' : `, ${holder}`})`
        : `(${head}, ${cells}${selection.pages ? `, ${ordinalOfPage}::text` : ''} ${from})`
    }),
    ...noted,
  ].join('\nunion all\n')
  return {
    name: nameOf(layout, text),
    text,
    branches,
    places: new Map(branches.flatMap(({ holdings, list }, place) => (holdings ? [] : [[list.list, place] as const]))),
    values,
    paged: selection.pages ? { at: headColumns + width, ...counting(layout, branches, grant, isKeyed) } : null,
  }
}

/** By its text, which alone says what it reads. */
const nameOf = ({ schema }: SourceLayout, text: string): string =>
  `${schema}_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`

function counting(
  layout: SourceLayout,
  branches: readonly Branch[],
  grant: Grant,
  isKeyed: boolean,
): Pick<SqlPlan, 'name' | 'text' | 'values'> {
  const { parameter, values } = parametersFor(layout, grant)
  const text = countingText(
    branches.map(({ list }) => countedFrom(pagedListOf(layout, list, grant, parameter, isKeyed))),
  )
  return { name: nameOf(layout, text), text, values }
}

const pagedListOf = (...[layout, list, grant, parameter, isKeyed]: Parameters<typeof conditions>) => ({
  list,
  conditions: conditionsOf(whose, layout, list, grant, parameter, isKeyed === true),
  persons: parameter('persons', 'text[]'),
  pages: parameter('pages', 'json'),
})

/** The parameters of one statement, numbered as its text comes to name them. */
function parametersFor(layout: SourceLayout, grant: Grant): Pick<SqlPlan, 'values'> & { parameter: Parameterised } {
  const parameters: Parameter[] = []
  const labels = labelsIn(grant.content)
  const ownLabels = labelsIn(grant.own?.content ?? 0)
  return {
    parameter: (name, type) => {
      if (!parameters.includes(name)) parameters.push(name)
      return `$${parameters.indexOf(name) + 1}::${type}`
    },
    values: ({ grant: of, persons, keys, anyones, held, ownHeld, pages }) =>
      parameters.map((name) => {
        if (name === 'pages') return pagesText(pages)
        if (name === 'persons') return persons
        if (name === 'keys') return keys
        if (name === 'anyones') return anyones
        if (name === 'asOf') return of.asOf
        if (name === 'labels') return labels
        if (name === 'ownLabels') return ownLabels
        if (name === 'held') return held
        if (name === 'ownHeld') return ownHeld
        if (name === 'organisation') return of.organisation
        if (name === 'keeper') return of.keeper
        return layout.speakers[of.callerType] ?? []
      }),
  }
}

/** First column of rows that tell what is noted of changes: no branch has this number. */
export const noteMark = 'note'
const noteCells = ['stamp::text', 'extract(epoch from latest)::text'] as const

const noteBranch = ({ schema, table }: AgencyTable, width: number, persons: string): string =>
  `(select '${noteMark}', whose, null::timestamptz, ${pad(noteCells, width)} from "${schema}"."${table}" where whose = any(array_prepend('${wholeTable}', array(select '${keyOf(personKind, '')}' || person from unnest(${persons}) as person))))`

/** What one statement is built for, beside the grant and what is asked. */
export interface PlanOptions {
  readonly served: Served
  readonly isKeyed: boolean
  readonly notes?: AgencyTable | null
  readonly isStretch?: boolean
}

const pad = (cells: readonly string[], width: number): string =>
  [...cells, ...Array.from({ length: width - cells.length }, () => 'null::text')].join(', ')
