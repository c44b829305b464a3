import { quoted, type Table } from './csv.ts'
import { DataFault } from './fault.ts'

/** What a column may say of a person. */
export const roles = [
  'given',
  'middle',
  'family',
  'fullName',
  'birth',
  'sex',
  'postcode',
  'house',
  'nhsNumber',
  'upn',
  'otherFamily',
  'previousPostcodes',
  'protected',
  'verified',
  'superseded',
  'expected',
  'motherNhs',
] as const
export type ColumnRole = (typeof roles)[number]

/** Usual names of columns, normalised to letters. What is more particular stands first. */
const usual: Readonly<Record<ColumnRole, RegExp>> = {
  given: /^(given|givennames?|firstnames?|forenames?|fname|first|prename|forename1|vorname)$/,
  middle: /^(middle|middlenames?|secondname|mname|forename2)$/,
  family: /^(family|familynames?|surnames?|lastnames?|lname|sname|last|nachname)$/,
  fullName: /^(name|fullname|personname|firstandsurname|nameinfull|displayname)$/,
  birth: /^(dob|dateofbirth|birthdate|birthday|birth|born|dateborn|bday)$/,
  sex: /^(sex|gender|sexatbirth)$/,
  postcode: /^(postcode|postalcode|zip|zipcode|postcodefake|pcode|postcodeno)$/,
  house: /^(house|housenumber|houseno|streetnumber|streetno|buildingnumber)$/,
  nhsNumber: /^(nhs|nhsnumber|nhsno)$/,
  upn: /^(upn|uniquepupilnumber)$/,
  otherFamily:
    /^(otherfamily|otherfamilynames?|othernames?|alias(es)?|formernames?|formersurnames?|previoussurnames?|maidenname|knownas|birthname)$/,
  previousPostcodes: /^(previouspostcodes?|formerpostcodes?|prevpostcodes?|oldpostcodes?|postcodehistory)$/,
  protected: /^(protected|isprotected|restricted|isrestricted|sensitive|shielded|addressprotected|donotdisclose)$/,
  verified: /^(verified|nhsverified|nhsnumberverified|nhsnumberstatus|nhstraced|traced)$/,
  superseded: /^(superseded|nhssuperseded|nhsnumberissuperseded|localnhsnumberissuperseded)$/,
  expected: /^(expected|expecteddate|edd|expecteddateofdelivery|expecteddeliverydate|duedate)$/,
  motherNhs: /^(mothernhs|mothernhsnumber|mothersnhsnumber|motheridentifier|nhsnumbermother)$/,
}

/** Columns that name the row, or the answer, and nothing of the person. */
const rowNames =
  /^(id|uniqueid|recid|recordid|rowid|rownumber|row|index|source|sourcedataset|dataset|cluster|clusterid|entity|entityid|trueid|truth|label|group|matchid|ismatch|duplicate|personid|unnamed0)$/

export interface Mapping {
  readonly truth: string
  readonly id: string | null
  readonly byRole: Readonly<Partial<Record<ColumnRole, string>>>
  /** Columns of names in full, from which a missing given or family name is taken. */
  readonly fullNames: readonly string[]
  /** Further columns, compared as text. */
  readonly extra: readonly string[]
}

export interface MappingWish {
  readonly truth: string
  readonly map?: Readonly<Record<string, string>>
  readonly ignore?: readonly string[]
  readonly id?: string
}

/** More columns than this add cost and hardly evidence. */
const mostExtra = 10

/** Roles that say something of a row and nothing that is compared as text. */
export const isYes = (cell: string): boolean =>
  /^(y|yes|true|t|1|x|01|number present and verified|verified|traced|protected|restricted)$/i.test(cell.trim())

/** Which column says what: as asked, else by its name. Refuses a wish for a column that is not there. */
export function mapColumns(table: Table, wish: MappingWish, name: string): Mapping {
  const there = (column: string) => {
    if (!table.columns.includes(column)) {
      throw new DataFault(
        'COLUMN_MISSING',
        `${name} has no column ${quoted(column)}. It has ${table.columns.slice(0, 20).map(quoted).join(', ')}${table.columns.length > 20 ? ' and others' : ''}.`,
      )
    }
    return column
  }
  const truth = there(wish.truth)
  const ignored = new Set((wish.ignore ?? []).map(there))
  const byRole: Partial<Record<ColumnRole, string>> = {}
  for (const [role, column] of Object.entries(wish.map ?? {})) {
    if (!isRole(role))
      throw new DataFault(
        'FACT_UNKNOWN',
        `${quoted(role)} is nothing a column can be mapped to. Choose from ${roles.join(', ')}.`,
      )
    byRole[role] = there(column)
  }
  const taken = new Set([truth, ...ignored, ...Object.values(byRole)])
  const free = table.columns.filter((column) => !taken.has(column))
  const left = free.filter((column) => {
    const role = roles.find((role) => byRole[role] === undefined && usual[role].test(lettersOf(column)))
    if (role === undefined || role === 'fullName') return true
    byRole[role] = column
    return false
  })
  const fullNames = [
    ...(byRole.fullName ? [byRole.fullName] : []),
    ...left.filter((column) => usual.fullName.test(lettersOf(column))),
  ]
  const extra = left.filter((column) => !rowNames.test(lettersOf(column)) && !fullNames.includes(column))
  if (!byRole.given && !byRole.family && fullNames.length === 0) {
    throw new DataFault(
      'NO_NAMES',
      `${name} has no column that looks like a name. Say which one is, for example --map given=first_name,family=surname.`,
    )
  }
  const id = wish.id
    ? there(wish.id)
    : (free.find((column) => /^(id|uniqueid|recid|recordid)$/.test(lettersOf(column))) ?? null)
  return { truth, id, byRole, fullNames, extra: extra.filter((column) => column !== id).slice(0, mostExtra) }
}

const lettersOf = (column: string): string => column.toLowerCase().replace(/[^a-z0-9]/g, '')

const isRole = (text: string): text is ColumnRole => roles.some((role) => role === text)
