import { FileFault, type ReadRecords } from '../incoming.ts'
import { dayIn } from '../localTime.ts'
import { elementsAt, elementsIn, textAt, type XmlElement } from '../xmlElements.ts'
import { ReturnRecords, sexOf, upnOf } from './returnRecords.ts'

/** A row of one of the tables of the return, by the names of its columns. */
export interface TableRow {
  readonly line: number
  readonly cells: Readonly<Record<string, string | undefined>>
}

type Take = (row: TableRow, person: string, into: ReturnRecords) => void

interface ReturnTable {
  /** Columns by which it is told from the others. */
  readonly marks: readonly string[]
  readonly take: Take
}

/** Tables of the return on looked after children: DfE, SSDA903 guide and specification. Each is told by its columns. */
const tables: Readonly<Record<string, ReturnTable>> = {
  episodes: { marks: ['CHILD', 'DECOM', 'LS'], take: takeEpisode },
  header: { marks: ['CHILD', 'SEX', 'DOB', 'ETHNIC'], take: takeHeader },
  reviews: { marks: ['CHILD', 'REVIEW', 'REVIEW_CODE'], take: takeReview },
  missing: { marks: ['CHILD', 'MISSING', 'MIS_START'], take: takeMissing },
  uasc: { marks: ['CHILD', 'DUC'], take: takeUnaccompanied },
  oc2: { marks: ['CHILD', 'SDQ_SCORE'], take: takeOutcomes },
  oc3: { marks: ['CHILD', 'IN_TOUCH', 'ACTIV'], take: takeCareLeaver },
  ad1: { marks: ['CHILD', 'DATE_INT'], take: takeAdoption },
  prevPerm: { marks: ['CHILD', 'PREV_PERM'], take: takePreviousPermanence },
  placedAdoption: { marks: ['CHILD', 'DATE_PLACED'], take: takePlacedForAdoption },
  dolo: { marks: ['CHILD', 'DOLO_START'], take: takeDeprivationOfLiberty },
  // Who was the social worker when: by a number, which nobody can ring.
  swEpisodes: { marks: ['CHILD', 'SW_ID', 'SW_DECOM'], take: () => {} },
}

/** Name of the table with these columns; undefined where it is none of the return. */
export const tableOf = (columns: readonly string[]): string | undefined => {
  const upper = new Set(columns.map((column) => column.toUpperCase()))
  return Object.keys(tables).find((name) => tables[name]?.marks.every((mark) => upper.has(mark)))
}

/** Rows of one table. */
export function readSsda903Table(table: string, rows: readonly TableRow[], file: string): ReadRecords {
  const into = new ReturnRecords('903', file)
  const take = tables[table]?.take
  for (const row of rows) {
    into.beginRow()
    const person = row.cells['CHILD']
    if (person === undefined || person === '') into.refuse(row.line, 'NO_PERSON', table)
    else take?.(row, person, into)
  }
  return into.read
}

export const isSsda903 = (root: XmlElement): boolean => /SSDA903$/i.test(root.name)

/** The same return as one XML file. @throws FileFault where it has no children. */
export function readSsda903Xml(root: XmlElement, file: string): ReadRecords {
  const children = elementsIn(root, 'CHILD', 'Child')
  if (children.length === 0) throw new FileFault(`${file} is a return of no children.`)
  const into = new ReturnRecords('903', file)
  for (const child of children) {
    into.beginRow()
    const [header] = elementsIn(child, 'HEADER')
    const person = header && textAt(header, 'CHILDID', 'CHILD')
    if (!header || person === undefined) {
      into.refuse(child.line, 'NO_PERSON', 'CHILD')
      continue
    }
    const take = (table: Take, elements: readonly XmlElement[], more: TableRow['cells'] = {}) => {
      for (const element of elements) {
        into.beginRow()
        table({ line: element.line, cells: { ...cellsOf(element), ...more } }, person, into)
      }
    }
    const has = (name: string) => textAt(header, name) !== undefined
    take(takeHeader, [header])
    if (textAt(header, 'UASC') === '1') take(takeUnaccompanied, [header])
    take(takeReview, elementsAt(header, 'AREVIEW'))
    take(takeMissing, repeated(child, header, 'AMISSING', 'MISSING'))
    take(takeOutcomes, elementsAt(header, 'OC2'))
    take(takeCareLeaver, [...elementsAt(header, 'OC3'), ...(has('IN_TOUCH') ? [header] : [])])
    take(takeAdoption, [...elementsAt(header, 'AD1'), ...(has('DATE_INT') ? [header] : [])])
    take(takePreviousPermanence, [...repeated(child, header, 'PERMANENCE'), ...(has('PREV_PERM') ? [header] : [])])
    take(takePlacedForAdoption, repeated(child, header, 'AD_PLACED'))
    for (const episode of elementsIn(child, 'EPISODE')) {
      const place = textAt(episode, 'PLACE', 'PL')
      take(takeEpisode, [episode], place === undefined ? {} : { PLACE: place })
    }
  }
  return into.read
}

/** What a child may have several of: programs put it into the header, or beside it. */
const repeated = (child: XmlElement, header: XmlElement, ...names: readonly string[]): readonly XmlElement[] =>
  [...elementsIn(header, ...names), ...elementsIn(child, ...names)].filter(({ children }) => children.length > 0)

const cellsOf = (element: XmlElement): TableRow['cells'] =>
  Object.fromEntries(
    element.children.filter(({ children }) => children.length === 0).map(({ name, text }) => [name, text]),
  )

function takeHeader({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  into.add({
    ...{ line, list: 'person', person, kind: 'header' },
    fields: {
      laChildId: person,
      upn: upnOf(cells['UPN']),
      dateOfBirth: cells['DOB'],
      sex: sexOf(cells['SEX']),
      ethnicity: cells['ETHNIC'],
    },
    codes: { ethnicity: 'ethnicity' },
  })
}

/** Reasons why an episode ceased that say that the child was adopted. */
const adopted = new Set(['E11', 'E12'])

/**
 * The collection that an episode was first returned in, whose codes are meant: that of the year that ends on 31 March.
 */
function collectionOf(from: string | undefined): string | undefined {
  const day = from === undefined ? null : dayIn(from.trim())
  if (day === null) return undefined
  return String(Number(day.slice(0, 4)) + (day.slice(5) > '03-31' ? 1 : 0))
}

/** One row of episodes is a legal status and a placement, of which either may have gone on from the row before. */
function takeEpisode({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const { DECOM: from, DEC: to, REC: ended, PLACE: place, LS: status } = cells
  const episode = { line, person, eventAt: from }
  into.addDated({
    ...{ ...episode, list: 'placements', kind: `placement ${place ?? ''}` },
    fields: {
      code: place,
      collectionYear: collectionOf(from),
      providerCode: cells['PLACE_PROVIDER'],
      ofstedUrn: cells['URN'],
      from,
      to,
      changeReason: cells['REASON_PLACE_CHANGE'],
    },
    codes: { changeReason: 'placementChange' },
  })
  if (from === undefined || dayIn(from.trim()) === null) return
  into.addDated({
    ...{ ...episode, list: 'legalStatuses', kind: `status ${status ?? ''}` },
    fields: { code: status, from, to, endReason: ended },
    codes: { endReason: 'episodeCeased' },
  })
  into.addDated({
    ...{ ...episode, list: 'plans', kind: 'LOOKED_AFTER' },
    fields: { level: 'LOOKED_AFTER', from, to },
  })
  if (adopted.has(ended?.trim().toUpperCase() ?? '') && to !== undefined && to !== '')
    into.addDated({
      ...{ line, person, eventAt: to, list: 'adoption', kind: 'adopted' },
      fields: { relation: 'CHILD', adoptedOn: to },
    })
}

function takeReview({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const code = cells['REVIEW_CODE']?.trim().toUpperCase() ?? ''
  const outcome = participation[code]
  into.addDated({
    ...{ line, list: 'meetings', person, kind: 'CLA_REVIEW', eventAt: cells['REVIEW'] },
    fields: { type: 'CLA_REVIEW', status: 'HELD', outcome },
    unread: code !== '' && outcome === undefined ? ['outcome'] : [],
  })
}

/** How the child took part in a review. */
const participation: Readonly<Record<string, string>> = {
  PN0: 'Child under four at the time',
  PN1: 'Child attended and spoke',
  PN2: 'Child attended, and an advocate spoke',
  PN3: 'Child attended and conveyed views without words',
  PN4: 'Child attended without conveying views',
  PN5: 'Child did not attend and asked an advocate to speak',
  PN6: 'Child did not attend and conveyed views otherwise',
  PN7: 'Child did not attend and conveyed no views',
}

function takeMissing({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const from = cells['MIS_START'] ?? cells['MISSINGSTART']
  into.addDated({
    ...{ line, list: 'missing', person, kind: `missing ${cells['MISSING'] ?? ''}`, eventAt: from },
    fields: {
      kind: cells['MISSING'] ?? cells['MISSING_CODE'],
      from,
      to: cells['MIS_END'] ?? cells['MISSINGEND'],
      loggedBy: 'LA',
    },
  })
}

function takeUnaccompanied({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const until = dayIn(cells['DUC']?.trim() ?? '')
  into.add({
    ...{ line, list: 'person', person, kind: 'uasc' },
    fields: {
      laChildId: person,
      dateOfBirth: cells['DOB'],
      sex: sexOf(cells['SEX']),
      immigration: until === null ? 'UASC' : `UASC until ${until}`,
    },
  })
}

function takeOutcomes({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const score = cells['SDQ_SCORE']?.trim()
  if (score === undefined || score === '') return
  // Twenty answers of 0 to 2.
  const isScore = /^\d{1,2}$/.test(score) && Number(score) <= 40
  into.add({
    ...{ line, list: 'assessments', person, kind: 'SDQ', labels: ['HEALTH_MENTAL'] },
    fields: { kind: 'SDQ', factors: isScore ? [score] : undefined },
    unread: isScore ? [] : ['factors'],
  })
}

function takeCareLeaver({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const isInTouch = cells['IN_TOUCH']
  if (isInTouch === undefined || isInTouch === '') return
  into.add({ line, list: 'plans', person, kind: 'CARE_LEAVER', fields: { level: 'CARE_LEAVER' } })
}

function takeAdoption({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const decided = cells['DATE_INT']
  if (decided === undefined || decided === '') return
  into.addDated({ line, list: 'adoption', person, kind: 'decision', eventAt: decided, fields: { relation: 'CHILD' } })
}

function takePreviousPermanence({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const option = cells['PREV_PERM']
  // Z1: never before.
  if (option === undefined || option === '' || option === 'Z1') return
  into.add({
    ...{ line, list: 'orders', person, kind: `permanence ${option}`, labels: ['ADOPTION'] },
    // A date of which the day or the month is not known is written with a z in its place, and is not known.
    fields: { type: option, from: cells['DATE_PERM'] },
  })
}

function takePlacedForAdoption({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const placed = cells['DATE_PLACED']
  if (placed === undefined || placed === '') return
  into.addDated({ line, list: 'adoption', person, kind: 'placed', eventAt: placed, fields: { relation: 'CHILD' } })
}

function takeDeprivationOfLiberty({ line, cells }: TableRow, person: string, into: ReturnRecords): void {
  const from = cells['DOLO_START']
  into.addDated({
    ...{ line, list: 'orders', person, kind: 'DEPRIVATION_OF_LIBERTY', eventAt: from },
    fields: { type: 'DEPRIVATION_OF_LIBERTY', from, to: cells['DOLO_END'] },
  })
}
