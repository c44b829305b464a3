import type { IResolvers } from '@graphql-tools/utils'
import { type ListPart, moment, partOf, type Span, selected } from '../childView/listFilter.ts'
import { provenanceOf } from '../childView/provenance.ts'
import { stateOf } from '../childView/sourceReports.ts'
import { withheldBy, withheldOfRecord, withholds } from '../childView/withheld.ts'
import { fromParent } from '../execution/parentOnlyResolver.ts'
import { Refusal } from '../foundation/errors.ts'
import { isReadInPart } from '../policy/admits.ts'
import type { Classification } from '../policy/classify.ts'
import type { Grant } from '../policy/grant.ts'
import { grantOfRow } from '../policy/ownRowGrants.ts'
import type { AnyRow } from '../sources/commonRowFields.ts'
import type { ComputedFields } from '../sources/computedFields.ts'
import type { Row } from '../sources/contract.ts'
import { byService } from '../sources/countsByService.ts'
import { partFieldsOf } from '../sources/listFilterFields.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { ListLayout, SourceLayout } from '../sources/sourceLayout.ts'

/** One agency's record of one child: the parent of its lists. */
export interface RecordView {
  readonly grant: Grant
  readonly answer: Extract<SourceAnswer, { state: 'ANSWERED' }>
}

/**
 * One record: the parent of its fields. `grant` is here, as it stands for this row, because every field is checked
 * against it again.
 */
export interface RowView {
  readonly grant: Grant
  readonly row: Row
  readonly record: RecordView
}

/** The record of an answer, or the refusal that says the agency did not answer. */
export function recordView(layout: SourceLayout, grant: Grant, answer: SourceAnswer): RecordView {
  if (answer.state === 'ANSWERED') return { grant, answer }
  throw new Refusal('SOURCE_UNAVAILABLE', { extensions: { agency: layout.contract.agency, state: answer.state } })
}

/**
 * Resolvers of every type of one agency, from its layout. They read rows and decide nothing: what may be read was
 * decided in the grant, selected by it, and is checked once more by the schema.
 */
export function recordResolvers(
  layout: SourceLayout,
  classification: Classification,
  computed: ComputedFields,
): IResolvers {
  const resolvers: Record<string, Readonly<Record<string, (view: never, given?: never) => unknown>>> = {
    [layout.recordType]: {
      state: (view: RecordView) => stateOf(view.answer, withholds(view.grant, layout.contract.unclassified === true)),
      withheld: (view: RecordView) => withheldBy(view.grant, layout.contract),
      holdings: (view: RecordView) => byService(view.answer.holdings),
      ...Object.fromEntries(
        [...layout.lists.values()]
          .filter(({ contract }) => !contract.parent)
          .map((list) => [list.list, (view: RecordView, part?: ListPart) => rowViews(view, list, part)]),
      ),
    },
  }
  for (const list of layout.lists.values())
    resolvers[list.type.name] = rowResolvers(layout, list, classification, computed)
  // Each looks at the view it stands on, and at nothing else.
  return mapValues(resolvers, (fields) => mapValues(fields, fromParent))
}

const mapValues = <From, To>(values: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]))

function rowViews(record: RecordView, list: ListLayout, part: ListPart = {}, parent?: string): RowView[] | null {
  const rows = record.answer.records.rows(list.list).filter((row) => parent === undefined || row['parent'] === parent)
  const reading = readingOf(list)
  // Of a list that is read in part nobody is told that it has none of a kind or a time.
  if (selected(rows, part, reading).length === 0 && isReadInPart(record.grant, list)) return null
  return partOf(rows, part, reading).map((row) => ({ grant: grantOfRow(record.grant, row), row, record }))
}

/**
 * What a part of a list goes by: fields of the row as this caller reads them, so that it tells no more than they do.
 */
function readingOf(list: ListLayout) {
  const { from, to, kind } = partFieldsOf(list)
  const text = (row: Row, ...fields: readonly (string | null)[]): string | null =>
    fields
      .map((field) => field && row[field])
      .find((value) => typeof value === 'string' && value !== '')
      ?.toString() ?? null
  return {
    ids: (row: Row) => [row.id],
    span: (row: Row): Span => {
      const began = text(row, from, 'eventAt', 'provenance.recordedAt')
      return to === null ? moment(began) : [began, text(row, to)]
    },
    kind: (row: Row) => text(row, kind),
    kinds: list.kinds,
  }
}

function rowResolvers(
  layout: SourceLayout,
  list: ListLayout,
  classification: Classification,
  computed: ComputedFields,
) {
  const labelled = [...(classification.get(list.type.name)?.fields.values() ?? [])].map((field) => field.label)
  const read = (field: string) => [field, (view: RowView) => view.row[field] ?? null] as const
  const nested = [...layout.lists.values()].filter(({ contract }) => contract.parent?.list === list.list)
  return {
    id: (view: RowView) => view.row.id,
    eventAt: (view: RowView) => view.row['eventAt'] ?? null,
    provenance: (view: RowView) => provenanceOf(view.row as AnyRow, layout.contract),
    sensitivity: (view: RowView) => [list.type.label, ...asList(view.row['sensitivity'])],
    withheld: (view: RowView) => withheldOfRecord(labelled, view.grant, layout.contract),
    ...Object.fromEntries([...list.columns.keys()].map(read)),
    ...Object.fromEntries(Object.keys(computed[list.type.name] ?? {}).map(read)),
    ...Object.fromEntries(
      nested.map((under) => [
        under.contract.parent?.field ?? under.list,
        (view: RowView, part?: ListPart) => rowViews(view.record, under, part, view.row.id),
      ]),
    ),
  }
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
